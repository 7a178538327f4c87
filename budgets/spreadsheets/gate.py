"""The gate that every foreign file passes before anybody reads it: size, kind, directory."""

import io
import zipfile
from collections.abc import Callable
from enum import StrEnum
from pathlib import PurePosixPath

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aop.calc.reading.import_result import Code
from aop.errors import RuleViolation

MEGABYTE = 1024 * 1024
LARGEST_FILE = 10 * MEGABYTE
MOST_MEMBERS = 200
LARGEST_TOTAL = 100 * MEGABYTE
LARGEST_MEMBER = 60 * MEGABYTE
LARGEST_RATIO = 150
SMALL_MEMBER = MEGABYTE  # nothing of this size is a bomb, however well it packs
_ENCRYPTED = 0x1
_ZIP = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # .xls, and workbooks with a password
_NOT_TEXT = (
    b"PK",
    _OLD_OFFICE,
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"MZ",
    b"{\\rtf",
    b"\x1f\x8b",
)
_MARKUP = (b"<!doctype", b"<html", b"<?xml", b"<table")
_OTHER_SHEETS = {".xls", ".xlsm", ".xlsb", ".ods", ".xltx", ".numbers"}

ONLY_THESE = _("Only .xlsx and .csv files are read. Save it as one of these and send it again.")
SAVE_AS_XLSX = _(
    "This kind of spreadsheet is not read. Open it, choose Save as, take .xlsx, and send that."
)
DAMAGED = _("The file is damaged or no real .xlsx file. Open it in Excel, save it, send it again.")
TOO_MUCH = _(
    "The file is too large or damaged. Keep only the sheet that is needed and send it again."
)


class FileKind(StrEnum):
    """The two kinds of file that are read."""

    WORKBOOK = "workbook"
    TEXT = "text"


class FileRefused(RuleViolation):
    """A file that is not read at all; `code` is that of CONTRACT §5."""

    def __init__(self, message: str | Promise, code: Code = Code.UNSUPPORTED_FILE) -> None:
        super().__init__(message)
        self.code = code


def admit(name: str, content: bytes) -> FileKind:
    """Let a file through to its reader, or refuse it, without unpacking anything.

    Raises:
        FileRefused: Too large, another kind of file, or an archive that is no plain workbook.
    """
    if len(content) > LARGEST_FILE:
        raise FileRefused(
            _("The file is larger than %(limit)s MB. Keep only the sheet that is needed.")
            % {"limit": LARGEST_FILE // MEGABYTE},
            Code.TOO_LARGE,
        )
    suffix = PurePosixPath(name.lower().replace("\\", "/")).suffix
    if suffix in _OTHER_SHEETS:
        raise FileRefused(SAVE_AS_XLSX)
    if suffix == ".xlsx":
        _check_workbook(content)
        return FileKind.WORKBOOK
    if suffix == ".csv":
        _check_text(content)
        return FileKind.TEXT
    raise FileRefused(ONLY_THESE)


def _check_text(content: bytes) -> None:
    if not content.strip():
        raise FileRefused(_("The file is empty."))
    start = content[:64].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if content.startswith(_NOT_TEXT) or b"\0" in content or start.startswith(_MARKUP):
        raise FileRefused(_("This is no text file, whatever its name says. Save it as .csv."))


def _check_workbook(content: bytes) -> None:
    if content.startswith(_OLD_OFFICE):
        raise FileRefused(
            _("The file has a password, or is an old .xls. Save it as .xlsx without a password.")
        )
    if not content.startswith(_ZIP):
        raise FileRefused(DAMAGED)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise FileRefused(DAMAGED) from error
    _check_members(members)


def _check_members(members: list[zipfile.ZipInfo]) -> None:
    """Bound what unpacking can cost: readers stop at the sizes that the directory declares."""
    total = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or total > LARGEST_TOTAL:
        raise FileRefused(TOO_MUCH, Code.TOO_LARGE)
    for member in members:
        for is_bad, message, code in _FAULTS:
            if is_bad(member):
                raise FileRefused(message, code)
    if "xl/workbook.xml" not in {member.filename for member in members}:
        raise FileRefused(DAMAGED)


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    packed_well = member.file_size > max(SMALL_MEMBER, LARGEST_RATIO * member.compress_size)
    return packed_well or member.file_size > LARGEST_MEMBER


def _is_encrypted(member: zipfile.ZipInfo) -> bool:
    return bool(member.flag_bits & _ENCRYPTED)


def _has_macros(member: zipfile.ZipInfo) -> bool:
    return PurePosixPath(member.filename.lower()).name == "vbaproject.bin"


def _links_out(member: zipfile.ZipInfo) -> bool:
    return "externallinks" in PurePosixPath(member.filename.lower()).parts


def _is_unsafe(member: zipfile.ZipInfo) -> bool:
    name = member.filename
    return name.startswith("/") or "\\" in name or ".." in PurePosixPath(name).parts


_Fault = tuple[Callable[[zipfile.ZipInfo], bool], Promise, Code]
_FAULTS: tuple[_Fault, ...] = (
    (_is_unsafe, DAMAGED, Code.UNSUPPORTED_FILE),
    (
        _is_encrypted,
        _("The file has a password. Take it off and send the file again."),
        Code.UNSUPPORTED_FILE,
    ),
    (
        _has_macros,
        _("The file holds macros. Save it as .xlsx, which leaves them out."),
        Code.UNSUPPORTED_FILE,
    ),
    (
        _links_out,
        _("The file takes numbers from other files. Paste them as values and send it again."),
        Code.UNSUPPORTED_FILE,
    ),
    (_is_bomb, TOO_MUCH, Code.TOO_LARGE),
)
