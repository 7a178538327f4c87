"""Where a plan folder lies: a directory, or a zip archive that a stranger may have made."""

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePosixPath

from aop.calc.reading.folder_fields import shown
from aop.calc.reading.folder_files import LARGEST_FILE
from aop.calc.reading.folder_problems import FolderRefused, Problem
from tracking.folders.whole import FILES

LARGEST_ARCHIVE = 20 * 1024 * 1024
MOST_MEMBERS = 200
LARGEST_TOTAL = 100 * 1024 * 1024
LARGEST_RATIO = 200
SMALL_MEMBER = 1024 * 1024  # nothing of this size is a bomb, however well it packs
_MEGABYTE = 1024 * 1024
_JUNK = ("__MACOSX", "Thumbs.db", "desktop.ini")
_FIRST_DAY_OF_ZIP = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1


def read_directory(path: Path) -> dict[str, bytes]:
    """Return the files of a directory by name; what is no part of a plan folder stays unread.

    Raises:
        FolderRefused: There is no such directory, or a file of it cannot be read.
    """
    if not path.is_dir():
        raise _refused("no_folder", found=path.name)
    found = {}
    for each in sorted(path.iterdir()):
        if each.is_file() and not _is_junk(each.name):
            found[each.name] = _bytes_of(each) if each.name in FILES else b""
    return found


def write_directory(path: Path, files: Mapping[str, bytes]) -> None:
    """Write the files into a directory, which is made when it is not there."""
    path.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (path / name).write_bytes(data)


def read_zip(data: bytes) -> dict[str, bytes]:
    """Return the files of an archive by name; they may lie inside one folder of it.

    Sizes are bound before anything is unpacked, and nothing is ever written to a disk.

    Raises:
        FolderRefused: It is no archive, it is broken or encrypted, or it unpacks to too much.
    """
    if len(data) > LARGEST_ARCHIVE:
        raise _refused("zip_too_large", limit=LARGEST_ARCHIVE // _MEGABYTE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = [m for m in archive.infolist() if not m.is_dir() and not _is_junk(m.filename)]
            _check(members)
            top = _top_folder([member.filename for member in members])
            return {
                member.filename.removeprefix(top): _unpacked(archive, member, top)
                for member in members
            }
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        raise _refused("bad_zip") from None


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """Return the files as an archive, the same bytes for the same files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            member = zipfile.ZipInfo(name, _FIRST_DAY_OF_ZIP)
            archive.writestr(member, data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _check(members: Sequence[zipfile.ZipInfo]) -> None:
    total = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS:
        raise _refused("zip_too_many", limit=MOST_MEMBERS)
    if total > LARGEST_TOTAL:
        raise _refused("zip_unpacks_too_large", limit=LARGEST_TOTAL // _MEGABYTE)
    names = [member.filename for member in members]
    for member in members:
        if _is_unsafe(member.filename) or names.count(member.filename) > 1:
            raise _refused("zip_bad_name", found=shown(member.filename))
        if member.flag_bits & _ENCRYPTED:
            raise _refused("zip_encrypted", found=shown(member.filename))
        if member.file_size > max(SMALL_MEMBER, LARGEST_RATIO * member.compress_size):
            raise _refused("zip_bomb", found=shown(member.filename))


def _is_unsafe(name: str) -> bool:
    return "\\" in name or name.startswith("/") or ".." in PurePosixPath(name).parts


def _is_junk(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not parts or parts[0] in _JUNK or parts[-1] in _JUNK or parts[-1].startswith(".")


def _top_folder(names: Sequence[str]) -> str:
    tops = {name.split("/", 1)[0] for name in names}
    return f"{tops.pop()}/" if len(tops) == 1 and all("/" in name for name in names) else ""


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, top: str) -> bytes:
    if member.filename.removeprefix(top) not in FILES:
        return b""
    with archive.open(member) as file:
        return file.read(LARGEST_FILE + 1)


def _bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError:
        raise FolderRefused([Problem(path.name, None, "", "unreadable")]) from None


def _refused(code: str, **params: object) -> FolderRefused:
    texts = {name: str(value) for name, value in params.items()}
    return FolderRefused([Problem("", None, "", code, texts)])
