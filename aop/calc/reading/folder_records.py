"""One row of a plan folder's file: hands out typed values and notes what is wrong."""

import re
from collections.abc import Collection, Hashable, Mapping, MutableMapping
from typing import TypeVar

from aop.calc.reading.folder_fields import (
    CODE_LENGTH,
    NAME,
    NOTE,
    Cell,
    Code,
    FieldKind,
    Reference,
    Refused,
    shown,
    unguarded,
)
from aop.calc.reading.folder_problems import Findings

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)
_POSITION = re.compile(r"\[[0-9]+\]")


class Record:
    """One row of a CSV file, or one object of a JSON file.

    A value that is missing, null or an empty text counts as missing. `is_sound` turns false
    with the first problem: checks that compare several values look at it first.
    """

    __slots__ = ("_asked", "_findings", "_parent", "_values", "file", "is_sound", "path", "row")

    def __init__(
        self,
        findings: Findings,
        file: str,
        row: int | None,
        values: Mapping[str, object],
        *,
        has_free_keys: bool = True,
    ) -> None:
        self._findings = findings
        self._values = values
        self._asked: set[str] | None = set() if has_free_keys else None
        self._parent: Record | None = None
        self.file = file
        self.row = row
        self.path = ""
        self.is_sound = True

    # --- One value -------------------------------------------------------------------------

    def required(self, name: str, kind: FieldKind[T]) -> T:
        """Return a value that has to be there."""
        value = self._value(name)
        if value is None:
            self.refuse(name, "required")
            return kind.stand_in
        return self._read(name, kind, value)

    def optional(self, name: str, kind: FieldKind[T]) -> T | None:
        """Return a value; None when it is missing, which is not 0."""
        value = self._value(name)
        return None if value is None else self._read(name, kind, value)

    def get(self, name: str, kind: FieldKind[T], default: T) -> T:
        """Return a value, `default` when it is missing."""
        value = self._value(name)
        return default if value is None else self._read(name, kind, value)

    def name(self, name: str = "name") -> str:
        """Return a text of one line that has to say something."""
        text = self.required(name, NAME)
        if text.isspace():
            self.refuse(name, "required")
        return text

    def text(self, name: str) -> str:
        """Return a text of one line, empty when missing."""
        return self.get(name, NAME, "")

    def note(self, name: str) -> str:
        """Return a longer text, empty when missing."""
        return self.get(name, NOTE, "")

    def code(
        self, taken: MutableMapping[str, int | None], name: str = "code", limit: int = CODE_LENGTH
    ) -> str:
        """Return the code that names this record; `taken` remembers those of earlier ones."""
        code = self.required(name, Code(limit))
        if code:
            self._once(name, code, taken, code)
        return code

    def reference(self, name: str, known: Collection[str] | None, sort: str) -> str:
        """Return a code that another file gives, empty when missing."""
        return self.get(name, Reference(known, sort), "")

    def once(
        self, name: str, key: K, taken: MutableMapping[K, int | None], found: object = None
    ) -> None:
        """Note a problem when an earlier record had the same `key`; nothing while not sound."""
        if self.is_sound:
            self._once(name, key, taken, found or key)

    def peek(self, name: str) -> str:
        """Return a text as it is, empty when there is none; notes nothing."""
        value = self._values.get(name)
        if isinstance(value, Cell):
            return unguarded(value)
        return value if isinstance(value, str) else ""

    # --- Lists and objects of JSON files ---------------------------------------------------

    def records(self, name: str) -> "list[Record]":
        """Return the objects of a list, none when it is missing."""
        inner = self._list(name)
        return [found for place in inner.places if (found := inner.record(place)) is not None]

    def record(self, name: str, *, is_needed: bool = True) -> "Record | None":
        """Return an object; None when there is none, with a problem where it `is_needed`."""
        value = self._value(name)
        if isinstance(value, Mapping):
            return self._inside(f"{name}.", value)
        if value is not None:
            self.refuse(name, "not_object")
        elif is_needed:
            self.refuse(name, "required")
        return None

    def glance(self, name: str) -> "list[Record]":
        """Return the objects of a list as they are; notes nothing."""
        values = self._values.get(name)
        found = values if isinstance(values, list) else []
        return [self._inside(name, value) for value in found if isinstance(value, Mapping)]

    def list_of(self, name: str, kind: FieldKind[T]) -> tuple[T, ...]:
        """Return the values of a list, none when it is missing."""
        inner = self._list(name)
        return tuple(inner.required(place, kind) for place in inner.places)

    def cells(self, name: str, kind: FieldKind[T], length: int) -> tuple[T | None, ...] | None:
        """Return a list of exactly `length` values or nulls; None when it is missing."""
        if self._value(name) is None:
            return None
        inner = self._list(name)
        found = tuple(inner.optional(place, kind) for place in inner.places)
        if self.is_sound and len(found) != length:
            self.refuse(name, "wrong_length", found=len(found), length=length)
        return found

    def references(self, name: str, known: Collection[str] | None, sort: str) -> tuple[str, ...]:
        """Return a list of codes that another file gives, each at most once."""
        codes = self.list_of(name, Reference(known, sort))
        for place, code in enumerate(codes):
            if code and code in codes[:place]:
                self.refuse(f"{name}[{place + 1}]", "duplicate_value", found=shown(code))
        return codes

    @property
    def places(self) -> tuple[str, ...]:
        """The names of the values, in order."""
        return tuple(self._values)

    # --- What is wrong ---------------------------------------------------------------------

    def refuse(self, name: str, code: str, **params: object) -> None:
        """Note a problem of one field."""
        self._findings.refuse(self.file, self.row, f"{self.path}{name}", code, **params)
        spoilt: Record | None = self
        while spoilt is not None:
            spoilt.is_sound = False
            spoilt = spoilt._parent

    def ignore(self, name: str) -> None:
        """Note a field that is not used."""
        self._findings.ignore(self.file, self.row, _POSITION.sub("[]", f"{self.path}{name}"))

    def finish(self) -> None:
        """Note the keys of a JSON object that nobody asked for."""
        for name in self._values:
            if self._asked is not None and name not in self._asked:
                self.ignore(name)

    # --- Inside ----------------------------------------------------------------------------

    def _value(self, name: str) -> object:
        if self._asked is not None:
            self._asked.add(name)
        value = self._values.get(name)
        return None if value == "" else value

    def _once(self, name: str, key: K, taken: MutableMapping[K, int | None], found: object) -> None:
        if key not in taken:
            taken[key] = self.row
        elif self._parent is not None:
            self.refuse(name, "duplicate_value", found=shown(str(found)))
        else:
            self.refuse(name, "duplicate", found=shown(str(found)), first=taken[key])

    def _read(self, name: str, kind: FieldKind[T], value: object) -> T:
        try:
            return kind.read(value)
        except Refused as refused:
            self.refuse(name, refused.code, **refused.params)
            return kind.stand_in

    def _list(self, name: str) -> "Record":
        value = self._value(name)
        if value is not None and not isinstance(value, list):
            self.refuse(name, "not_list")
            value = None
        return self._inside(name, {f"[{i}]": inner for i, inner in enumerate(value or (), start=1)})

    def _inside(self, name: str, values: Mapping[str, object]) -> "Record":
        inner = Record(self._findings, self.file, self.row, values)
        inner.path = f"{self.path}{name}"
        inner._parent = self
        return inner
