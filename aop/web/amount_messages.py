"""Sentences about numbers that cannot be taken: what was found, what it may mean, what to type."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from aop.calc.amount_grammar import LONGEST_TEXT, AmbiguousNumber, NotANumber, Refusal
from aop.calc.currencies import THOUSAND, Currency
from aop.calc.money import LARGEST_AMOUNT
from aop.calc.money_text import format_input, format_money
from aop.calc.writing import is_vietnamese

_EXAMPLE = 12_500


class AmountWords:
    """Speaks about amounts of one currency, typed in one unit and language."""

    def __init__(self, currency: Currency, language: str, unit: int = 1) -> None:
        self.currency, self.language, self.unit = currency, language, unit

    def shown(self, amount: int) -> str:
        """Write an amount in full, with the currency's sign."""
        return format_money(amount, self.currency, self.language)

    def typed(self, amount: int) -> str:
        """Write an amount the way it can be typed in this field."""
        return format_input(amount, self.currency, self.language, unit=self.unit)

    @property
    def examples(self) -> dict[str, str]:
        """A short and a full way to type the same amount."""
        vietnamese, currency = is_vietnamese(self.language), self.currency
        amount = _EXAMPLE * (currency.minor_units if currency.decimals else THOUSAND)
        brief = ("12,5k" if vietnamese else "12.5k") if currency.decimals else ""
        brief = brief or ("12tr5" if vietnamese else "12.5m")
        if self.unit == 1:
            return {"example": brief, "full": self.typed(amount)}
        return {"example": self.typed(amount), "full": self.shown(amount)}

    def refused(self, error: NotANumber) -> str:
        """Say why a text is no amount, and what to type."""
        return _REFUSALS.get(error.refusal, _not_an_amount)(self, error.found[:LONGEST_TEXT])

    def asked(self, error: AmbiguousNumber) -> str:
        """Name the readings of a text and how to type each of them."""
        readings = [int(reading) for reading in error.readings]
        if not readings:
            return _not_an_amount(self, error.found)
        return asked_sentence(
            error.found, [(self.shown(reading), self.typed(reading)) for reading in readings]
        )


def asked_sentence(found: str, readings: list[tuple[str, str]]) -> str:
    """Ask which of one or two readings is meant; each is a pair of shown and typed text."""
    first, type_first = readings[0]
    if len(readings) == 1:
        return _("Does “%(found)s” mean %(first)s? Then type %(type_first)s.") % {
            "found": found,
            "first": first,
            "type_first": type_first,
        }
    second, type_second = readings[1]
    return _(
        "“%(found)s” can mean %(first)s or %(second)s. Type %(type_first)s or %(type_second)s."
    ) % {
        "found": found,
        "first": first,
        "second": second,
        "type_first": type_first,
        "type_second": type_second,
    }


def _not_an_amount(words: AmountWords, found: str) -> str:
    return _("“%(found)s” is not an amount. Type %(example)s or %(full)s.") % {
        "found": found,
        **words.examples,
    }


def _grouping(words: AmountWords, found: str) -> str:
    return _(
        "The marks in “%(found)s” do not part groups of three digits. Type it like %(full)s."
    ) % {"found": found, **words.examples}


def _decimals(words: AmountWords, found: str) -> str:
    return _("“%(found)s” is finer than %(smallest)s. Type it like %(example)s or %(full)s.") % {
        "found": found,
        "smallest": words.shown(1),
        **words.examples,
    }


def _other_currency(words: AmountWords, found: str) -> str:
    return _(
        "“%(found)s” is not in %(currency)s, which this plan is kept in. Type it like %(full)s."
    ) % {"found": found, "currency": words.currency.code, **words.examples}


def _percent(words: AmountWords, found: str) -> str:
    return _("“%(found)s” is a percentage. An amount is needed here, such as %(full)s.") % {
        "found": found,
        **words.examples,
    }


def _other_digits(words: AmountWords, found: str) -> str:
    return _("Type “%(found)s” with the digits 0 to 9, such as %(full)s.") % {
        "found": found,
        **words.examples,
    }


def _too_long(words: AmountWords, _found: str) -> str:
    return _("This is too long for an amount. Type %(example)s or %(full)s.") % words.examples


def _too_large(words: AmountWords, found: str) -> str:
    return _("“%(found)s” is more than %(largest)s, the most that can be kept.") % {
        "found": found,
        "largest": words.shown(LARGEST_AMOUNT),
    }


_REFUSALS: dict[Refusal, Callable[[AmountWords, str], str]] = {
    Refusal.GROUPING: _grouping,
    Refusal.DECIMALS: _decimals,
    Refusal.OTHER_CURRENCY: _other_currency,
    Refusal.PERCENT: _percent,
    Refusal.OTHER_DIGITS: _other_digits,
    Refusal.TOO_LONG: _too_long,
    Refusal.TOO_LARGE: _too_large,
}
