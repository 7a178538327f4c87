"""Writing the amounts of a large page, beside grouping their digits and nothing else."""

from collections.abc import Iterator

from django.template import engines
from django.utils import translation

from aop.calc.currencies import Currency
from aop.calc.money_text import amount_writer, money_writer
from bench.measurement import Measurement, medians

ROWS, MONTHS, TIMES = 40, 14, 20
FLOOR = 'a bare f"{amount:,}".replace'
AMOUNTS = [[1_670_318_000 + 7_919 * row * month for month in range(MONTHS)] for row in range(ROWS)]
FLAT = [amount for row in AMOUNTS for amount in row] * TIMES
BY_ROW = """{% load aop_format %}{% for row in rows %}<tr>
{% amount_cells row "VND" %}</tr>{% endfor %}"""
BY_CELL = """{% load aop_format %}{% for row in rows %}<tr>
{% for amount in row %}<td>{{ amount|amount:"VND" }}</td>{% endfor %}</tr>{% endfor %}"""


def measure() -> Iterator[Measurement]:
    """Measure 560 amounts twenty times over: written alone, and within a template."""
    vnd = Currency.of("VND")
    write, write_money = amount_writer(vnd, "vi"), money_writer(vnd, "vi")
    by_row, by_cell = (engines["django"].from_string(source) for source in (BY_ROW, BY_CELL))
    with translation.override("vi"):
        floor, alone, with_sign, rows, cells = medians(
            lambda: [f"{amount:,}".replace(",", ".") for amount in FLAT],
            lambda: [write(amount) for amount in FLAT],
            lambda: [write_money(amount) for amount in FLAT],
            lambda: [by_row.render({"rows": AMOUNTS}) for _time in range(TIMES)],
            lambda: [by_cell.render({"rows": AMOUNTS}) for _time in range(TIMES)],
        )
    for name, taken in (
        ("amounts", alone),
        ("amounts with their sign", with_sign),
        ("a table, written by the row", rows),
        ("a table, written by the cell", cells),
    ):
        yield Measurement(f"{TIMES} x {ROWS * MONTHS} {name}", taken, FLOOR, floor)
