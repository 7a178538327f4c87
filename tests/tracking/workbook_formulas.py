"""A small calculator for the formulas of our workbooks, to hold their stored values against."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries

TOKEN = re.compile(
    r"""\s*(?:(?P<number>\d+(?:\.\d+)?)|(?P<string>"[^"]*")
    |(?P<ref>(?:'[^']+'!)?\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)
    |(?P<name>[A-Z]+)(?=\()|(?P<mark>[-+*/=(),]))""",
    re.VERBOSE,
)
Value = Fraction | str | bool | None


@dataclass(frozen=True)
class Checked:
    """One formula: where it stands, what is stored beside it and what it really gives."""

    sheet: str
    cell: str
    formula: str
    stored: Value
    computed: Value

    @property
    def agrees(self) -> bool:
        """Whether both are the same; an empty text and an empty cell are both nothing."""
        if isinstance(self.stored, Fraction) and isinstance(self.computed, Fraction):
            slack = Fraction(1, 10**9) * max(Fraction(1), abs(self.stored))
            return abs(self.stored - self.computed) <= slack
        return (self.stored or None) == (self.computed or None)


class Calculator:
    """Computes cells of one workbook from its typed values alone."""

    def __init__(self, content: bytes) -> None:
        self.formulas: Any = openpyxl.load_workbook(BytesIO(content))
        self.stored: Any = openpyxl.load_workbook(BytesIO(content), data_only=True)
        self.known: dict[tuple[str, str], Value] = {}

    def checks(self) -> Iterator[Checked]:
        """Yield every formula of every sheet."""
        for sheet in self.formulas.worksheets:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        stored = self.stored[sheet.title][cell.coordinate].value
                        value = self.cell(sheet.title, cell.coordinate)
                        text = str(cell.value)
                        yield Checked(sheet.title, cell.coordinate, text, _plain(stored), value)

    def cell(self, sheet: str, place: str) -> Value:
        """Return what a cell gives."""
        key = (sheet, place)
        if key not in self.known:
            cell = self.formulas[sheet][place]
            is_formula = cell.data_type == "f"
            self.known[key] = (
                Reader(self, sheet, str(cell.value)[1:]).value()
                if is_formula
                else _plain(cell.value)
            )
        return self.known[key]


def _plain(value: Any) -> Value:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Fraction(str(value))
    return None if value is None else str(value)


class Reader:
    """Reads one formula from left to right."""

    def __init__(self, calculator: Calculator, sheet: str, formula: str) -> None:
        self.calculator, self.sheet = calculator, sheet
        self.tokens = [
            (found.lastgroup or "", found.group(found.lastgroup or 0))
            for found in TOKEN.finditer(formula)
        ]
        assert "".join(text for _kind, text in self.tokens) == formula, formula
        self.place = 0

    def value(self) -> Value:
        """Return the value of the whole formula."""
        found = self.comparison()
        assert self.place == len(self.tokens)
        return found[0]

    def peek(self) -> str:
        return self.tokens[self.place][1] if self.place < len(self.tokens) else ""

    def take(self) -> tuple[str, str]:
        self.place += 1
        return self.tokens[self.place - 1]

    def comparison(self) -> list[Value]:
        left = self.sum()
        if self.peek() != "=":
            return left
        self.take()
        first, second = left[0], self.sum()[0]
        return [(first if first is not None else "") == (second if second is not None else "")]

    def sum(self) -> list[Value]:
        found = self.product()
        while self.peek() in {"+", "-"}:
            sign = 1 if self.take()[1] == "+" else -1
            found = [_number(found[0]) + sign * _number(self.product()[0])]
        return found

    def product(self) -> list[Value]:
        found = self.atom()
        while self.peek() in {"*", "/"}:
            is_product = self.take()[1] == "*"
            other = _number(self.atom()[0])
            found = [_number(found[0]) * other if is_product else _number(found[0]) / other]
        return found

    def atom(self) -> list[Value]:
        kind, text = self.take()
        if kind == "number":
            return [Fraction(text)]
        if kind == "string":
            return [text[1:-1]]
        if kind == "ref":
            return self.cells(text)
        if kind == "name":
            return [self.call(text)]
        assert text == "("
        found = self.comparison()
        self.take()
        return found

    def cells(self, reference: str) -> list[Value]:
        sheet, _mark, places = reference.rpartition("!")
        name = sheet.strip("'") or self.sheet
        first, top, last, bottom = range_boundaries(places.replace("$", ""))
        assert None not in (first, top, last, bottom)
        table = self.calculator.formulas[name]
        return [
            self.calculator.cell(name, cell.coordinate)
            for row in table.iter_rows(top, bottom, first, last)
            for cell in row
        ]

    def call(self, name: str) -> Value:
        self.take()
        arguments = []
        if name == "IF":  # what is not chosen may not be computable
            return self.choice()
        while True:
            arguments.append(self.comparison())
            if self.take()[1] == ")":
                return FUNCTIONS[name](arguments)

    def choice(self) -> Value:
        condition = self.comparison()[0]
        self.take()
        branches = [self.skip(until=","), self.skip(until=")")]
        chosen, end = branches[0 if condition else 1], self.place
        self.place = chosen
        found = self.comparison()[0]
        self.place = end
        return found

    def skip(self, until: str) -> int:
        """Step over one branch and the mark behind it; return where it began."""
        begin, depth = self.place, 0
        while depth or self.peek() != until:
            text = self.take()[1]
            depth += (text == "(") - (text == ")")
        self.place += 1
        return begin


def _number(value: Value) -> Fraction:
    assert isinstance(value, Fraction), f"{value!r} is no number"
    return value


def _numbers(arguments: list[list[Value]]) -> list[Fraction]:
    return [value for found in arguments for value in found if isinstance(value, Fraction)]


FUNCTIONS: dict[str, Callable[[list[list[Value]]], Value]] = {
    "SUM": lambda arguments: sum(_numbers(arguments), Fraction(0)),
    "COUNT": lambda arguments: Fraction(len(_numbers(arguments))),
    "N": lambda arguments: next(iter(_numbers(arguments)), Fraction(0)),
    "ABS": lambda arguments: abs(_number(arguments[0][0])),
    "OR": lambda arguments: any(bool(found[0]) for found in arguments),
}
