"""What is wrong with a plan folder, as codes and values; sentences are made of them higher up."""

import dataclasses
from collections.abc import Mapping, Sequence


@dataclasses.dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a plan folder from being read.

    `row` is the physical row of a CSV file from 1, or the position in a JSON list from 1;
    None means the file as a whole. `field` names the column or the path to the key, such as
    `moves[2].month`. `code` and `params` say what is wrong; `file` is empty where no single
    file of the folder is to blame.
    """

    file: str
    row: int | None
    field: str
    code: str
    params: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Ignored:
    """A file, column or key that the format does not know; first seen in `row`."""

    file: str
    row: int | None = None
    field: str = ""


class FolderRefused(Exception):
    """The folder is not read because of `problems`: all of them, in the order of the files."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(f"{len(problems)} problems")
        self.problems = tuple(problems)


class Findings:
    """Collects what a reader of a plan folder has to say, so that all is said at once.

    >>> findings = Findings()
    >>> findings.refuse("lines.csv", 4, "kind", "required")
    >>> findings.problems
    [Problem(file='lines.csv', row=4, field='kind', code='required', params={})]
    """

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.ignored: dict[tuple[str, str], Ignored] = {}

    def refuse(self, file: str, row: int | None, field: str, code: str, **params: object) -> None:
        """Note a problem; the values of `params` are kept as text."""
        texts = {name: str(value) for name, value in params.items()}
        self.problems.append(Problem(file, row, field, code, texts))

    def ignore(self, file: str, row: int | None = None, field: str = "") -> None:
        """Note something unknown once per file and name."""
        self.ignored.setdefault((file, field), Ignored(file, row, field))
