"""Files that somebody sent and has not confirmed yet, and the originals of what was imported.

They lie outside of what is served, under names of our own. A file is reached only through the
signed token that its sender got, within a day.
"""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from aop.tenancy.models import NAME_LENGTH, Membership
from planning.models import Plan

WAITS = timedelta(days=1)
_SALT = "tracking.uploads"


class UploadGone(LookupError):
    """There is no such file for this member and plan, or it waited for too long."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as it was sent."""

    name: str
    content: bytes

    @property
    def sha256(self) -> str:
        """The sum by which equal files are known."""
        return hashlib.sha256(self.content).hexdigest()


def keep_upload(plan: Plan, file: SentFile, *, actor: Membership, now: datetime) -> str:
    """Keep a file until it is confirmed, and return its token; older ones are thrown away."""
    _throw_away(_waiting(plan), now)
    stored = default_storage.save(f"{_waiting(plan)}/{uuid.uuid4().hex}", ContentFile(file.content))
    about = [PurePosixPath(stored).name, plan.pk, actor.pk, file.name[-NAME_LENGTH:]]
    return signing.dumps(about, salt=_SALT, compress=True)


def kept_upload(plan: Plan, token: str, *, actor: Membership) -> SentFile:
    """Return the file behind a token.

    Raises:
        UploadGone: The token is not of this member and plan, or the file is gone.
    """
    stored, name = _read_token(plan, token, actor)
    try:
        with default_storage.open(stored) as file:
            return SentFile(name, file.read())
    except FileNotFoundError as error:
        raise UploadGone(token) from error


def keep_original(plan: Plan, token: str, *, actor: Membership) -> None:
    """Keep what was imported for good, under its sum; it waits no longer."""
    file = kept_upload(plan, token, actor=actor)
    original = f"imports/{plan.company_id}/{plan.pk}/{file.sha256}"
    if not default_storage.exists(original):
        default_storage.save(original, ContentFile(file.content))
    default_storage.delete(_read_token(plan, token, actor)[0])


def _read_token(plan: Plan, token: str, actor: Membership) -> tuple[str, str]:
    try:
        stored, plan_id, member_id, name = signing.loads(token, salt=_SALT, max_age=WAITS)
    except (signing.BadSignature, ValueError) as error:
        raise UploadGone(token) from error
    if (plan_id, member_id) != (plan.pk, actor.pk):
        raise UploadGone(token)
    return f"{_waiting(plan)}/{stored}", str(name)


def _waiting(plan: Plan) -> str:
    return f"imports/{plan.company_id}/{plan.pk}/waiting"


def _throw_away(folder: str, now: datetime) -> None:
    if not default_storage.exists(folder):
        return
    for name in default_storage.listdir(folder)[1]:
        if default_storage.get_modified_time(f"{folder}/{name}") < now - WAITS:
            default_storage.delete(f"{folder}/{name}")
