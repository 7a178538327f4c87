"""CSV and JSON of a plan folder: exact both ways, with a clear refusal of everything else."""

import csv
import io
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aop.calc.months import FiscalYear, Month
from aop.calc.reading.folder_csv import Columns, csv_bytes, csv_rows, header_faults
from aop.calc.reading.folder_fields import (
    Cell,
    JsonNumber,
    Number,
    Refused,
    Text,
    Whole,
    guarded,
    plain,
    unguarded,
)
from aop.calc.reading.folder_json import json_bytes, json_value, with_point

TEXTS = st.text(st.characters(blacklist_categories=["Cs"]))
COLUMNS = Columns(named=("code", "note"), needed=("code",))


@given(TEXTS)
def test_it_takes_off_exactly_the_guard_it_put_on(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@SUM(A1)", "\tx", "\rx", "\n=x", "'=1"])
def test_it_guards_what_a_spreadsheet_would_run(text: str) -> None:
    written = io.StringIO(csv_bytes(COLUMNS, [(text, 1)]).decode(), newline="")

    assert list(csv.reader(written)) == [["code", "note"], [f"'{text}", "1"]]


def test_it_never_guards_a_number() -> None:
    assert csv_bytes(COLUMNS, [(-5, Decimal("-0.50"))]) == b"code,note\n-5,-0.5\n"


@given(st.lists(st.tuples(TEXTS.filter(bool), TEXTS)))
def test_a_csv_file_gives_back_its_texts(rows: list[tuple[str, str]]) -> None:
    found = csv_rows(csv_bytes(COLUMNS, rows).decode())[1:]

    assert [tuple(map(unguarded, row.cells)) for row in found] == rows


def test_a_row_is_counted_where_it_starts() -> None:
    rows = csv_rows('code,note\r\n\r\nA,"two\r\nlines"\r\nB,\r\n')

    assert [(row.row, row.cells) for row in rows] == [
        (1, ["code", "note"]),
        (3, ["A", "two\r\nlines"]),
        (5, ["B", ""]),
    ]


@pytest.mark.parametrize("text", ['a,b\n"open,1\n', 'a\n"x"y\n', f"a\n{'x' * 100_001}\n"])
def test_it_refuses_broken_csv_with_its_row(text: str) -> None:
    with pytest.raises(Refused) as refused:
        csv_rows(text)

    assert (refused.value.code, refused.value.params["row"]) == ("bad_csv", 2)


YEAR = FiscalYear(Month(2026, 4))
MONTHS = [str(month) for month in YEAR]


@pytest.mark.parametrize(
    ("header", "faults"),
    [
        (["code", *MONTHS], []),
        (["code", *reversed(MONTHS)], []),
        (["code", *MONTHS, "colour"], []),
        (["code", *MONTHS[1:]], [("", "months_missing")]),
        (["code", *MONTHS, "2027-04"], [("2027-04", "outside_year")]),
        (["code", *MONTHS, "2026-04"], [("2026-04", "column_twice")]),
        (MONTHS, [("code", "column_missing")]),
        ([";".join(["code", *MONTHS])], [("", "not_commas")]),
    ],
)
def test_it_names_what_is_wrong_with_a_header(
    header: list[str], faults: list[tuple[str, str]]
) -> None:
    columns = Columns(named=("code",), needed=("code",), has_months=True, months=YEAR)

    assert [(name, fault.code) for name, fault in header_faults(header, columns)] == faults


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)


def spelled(value: object) -> object:
    """Return a value as it is read back: numbers by their digits."""
    if isinstance(value, list):
        return [spelled(inner) for inner in value]
    if isinstance(value, dict):
        return {key: spelled(inner) for key, inner in value.items()}
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


@given(VALUES)
def test_a_json_file_gives_back_its_values(value: object) -> None:
    assert json_value(json_bytes(value).decode()) == spelled(value)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_a_number_keeps_every_digit(number: Decimal) -> None:
    assert Decimal(plain(number)) == number
    assert Decimal(str(json_value(json_bytes(number).decode()))) == number


def test_a_ratio_shows_its_point() -> None:
    numbers = [with_point(Decimal(text)) for text in ("-1", "0.00", "0.350", "1E+1")]

    assert json_bytes(numbers).decode().split() == ["[", "-1.0,", "0.0,", "0.35,", "10.0", "]"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[1,", "bad_json"),
        ("[1] 2", "bad_json"),
        ("[NaN]", "not_json_number"),
        ("[-Infinity]", "not_json_number"),
        ('{"a": 1, "a": 2}', "key_twice"),
        ("[" * 100_000, "json_too_deep"),
    ],
)
def test_it_refuses_broken_json(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        json_value(text)

    assert refused.value.code == code


def test_a_syntax_error_has_a_position() -> None:
    with pytest.raises(Refused) as refused:
        json_value('{\n "a": 1\n "b": 2\n}')

    assert refused.value.params == {"line": 3, "column": 2}


@pytest.mark.parametrize(
    "digits", ["1,000", "1.0", "1e3", "１", "١", "1_000", " 1", "+1", "", "0x1", "--1", "NaN"]
)
def test_a_whole_number_is_digits_only(digits: str) -> None:
    with pytest.raises(Refused, match="not_integer"):
        Whole(-9, 9999).read(Cell(digits))


@pytest.mark.parametrize("digits", ["1e99", "9" * 16, "-1000000000000001"])
def test_an_absurd_number_is_out_of_range(digits: str) -> None:
    with pytest.raises(Refused, match="out_of_range"):
        Number().read(JsonNumber(digits))


@pytest.mark.parametrize("digits", ["0.0000001", "1e-7", "1.0000000000000000000000001"])
def test_a_number_has_up_to_six_decimals(digits: str) -> None:
    with pytest.raises(Refused, match="too_precise"):
        Number().read(JsonNumber(digits))


def test_zeros_behind_the_point_are_no_decimals() -> None:
    assert Number().read(JsonNumber("0.35000000000")) == Decimal("0.35")


@pytest.mark.parametrize("text", ["a\x00b", "a\nb", "\ud800", "\x7f"])
def test_a_name_has_no_characters_that_cannot_be_shown(text: str) -> None:
    with pytest.raises(Refused, match="unprintable"):
        Text().read(text)


def test_a_text_from_a_cell_is_an_ordinary_text() -> None:
    assert type(Text().read(Cell("Tết 🍼"))) is str
