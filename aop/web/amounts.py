"""Form fields for amounts, ratios, quantities and months, read as people type them.

A field for amounts has to be told its currency: a form calls `use_currency(self, code)`.
What a field shows can always be typed back; what it cannot take, it answers in a sentence.
"""

import json
from collections.abc import Callable, Iterable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from aop.calc.amount_grammar import LONGEST_TEXT, AmbiguousNumber, NotANumber, Refusal, names_of
from aop.calc.amount_words import money_names
from aop.calc.calendar_text import format_month_year, parse_month
from aop.calc.currencies import Currency
from aop.calc.money import parse_typed
from aop.calc.months import Month
from aop.calc.quantities import parse_quantity, parse_ratio
from aop.calc.writing import format_exact_number, format_exact_ratio, is_vietnamese
from aop.web.amount_messages import AmountWords, asked_sentence

Bounded = TypeVar("Bounded", int, Decimal)

_EXAMPLE_RATIO = Decimal("0.125")
_EXAMPLE_QUANTITY = Decimal("37.5")


def use_currency(form: forms.BaseForm, code: str, *, unit: int = 1) -> None:
    """Tell every field for amounts of a form its currency and the unit it is typed in."""
    for field in form.fields.values():
        if isinstance(field, AmountField):
            field.use(code, unit=unit)


class AmountInput(forms.TextInput):
    """A text input that `static/js/amount.js` reads back while somebody types.

    With `reads_back=False` nothing is said back: for tables with many inputs.
    """

    template_name = "components/_amount_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, reads_back: bool = True) -> None:
        usual = {"inputmode": "text", "autocomplete": "off", "autocapitalize": "off"}
        super().__init__({**usual, "spellcheck": "false", "data-look": "money", **(attrs or {})})
        self.reads_back = reads_back
        self.currency: Currency | None = None
        self.unit = 1

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"]["reads_back"] = self.reads_back
        if self.currency is not None:
            context["widget"]["attrs"].update(self._rules(self.currency))
        return context

    def _rules(self, currency: Currency) -> dict[str, str]:
        """Return what the browser has to know to read an amount as the server does."""
        language = page_language()
        words = AmountWords(currency, language, self.unit)
        return {
            "data-amount": "",
            "data-language": language,
            "data-unit": str(self.unit),
            "data-currency": currency.code,
            "data-decimals": str(currency.decimals),
            "data-symbol": currency.symbol,
            "data-names": " ".join(sorted(names_of(currency))),
            "data-said": json.dumps(money_names(currency, language), ensure_ascii=False),
            "data-refused": _("Not understood yet. Type %(example)s or %(full)s.") % words.examples,
            "data-asked": _("Does it mean {first} or {second}?"),
            "data-asked-one": _("Does it mean {first}?"),
        }


class AmountField(forms.Field):
    """An amount of money; its value is an `int` of minor units, or None when left empty.

    `least` and `most` bound it, in minor units, both included.
    """

    widget: type[forms.Widget] | forms.Widget = AmountInput

    def __init__(
        self,
        *,
        currency: str = "",
        unit: int = 1,
        least: int | None = None,
        most: int | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.least, self.most = least, most
        self.currency: Currency | None = None
        self.unit = unit
        if currency:
            self.use(currency, unit=unit)

    def use(self, code: str, *, unit: int = 1) -> None:
        """Set the currency, and the unit that the field shows and takes."""
        self.currency, self.unit = Currency.of(code), unit
        if isinstance(self.widget, AmountInput):
            self.widget.currency, self.widget.unit = self.currency, unit

    @property
    def words(self) -> AmountWords:
        """What speaks about the amounts of this field, in the language of the page."""
        if self.currency is None:
            raise TypeError("A field for amounts needs its currency: call use_currency(form, …)")
        return AmountWords(self.currency, page_language(), self.unit)

    def prepare_value(self, value: Any) -> Any:
        return self.words.typed(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        text = "" if value is None else str(value)
        if not text.strip():
            return None
        words = self.words
        try:
            return parse_typed(text, words.currency, words.language, self.unit)
        except NotANumber as error:
            raise ValidationError(words.refused(error), code=error.refusal) from None
        except AmbiguousNumber as error:
            raise ValidationError(words.asked(error), code="ambiguous") from None

    def validate(self, value: int | None) -> None:
        super().validate(value)
        if value is not None:
            _check_bounds(value, self.least, self.most, self.words.shown)

    def has_changed(self, initial: int | None, data: Any) -> bool:
        return _has_changed(self, initial, data)


class _NumberField(forms.Field):
    """What fields for plain numbers share: a `Decimal`, or None when left empty.

    `least` and `most` bound it, both included.
    """

    def __init__(
        self, *, least: Decimal | None = None, most: Decimal | None = None, **options: Any
    ) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "data-look": "money"}
        super().__init__(**{"widget": forms.TextInput(attrs), **options})
        self.least, self.most = least, most

    def read(self, text: str, language: str) -> Decimal:
        """Read what was typed; raises NotANumber or AmbiguousNumber."""
        raise NotImplementedError

    def shown(self, value: Decimal) -> str:
        """Write a value the way it can be typed back."""
        raise NotImplementedError

    def refused(self, error: NotANumber) -> str:
        """Say why a text cannot be taken."""
        raise NotImplementedError

    def prepare_value(self, value: Any) -> Any:
        return self.shown(Decimal(value)) if isinstance(value, int | Decimal) else value

    def to_python(self, value: Any) -> Decimal | None:
        text = "" if value is None else str(value)
        if not text.strip():
            return None
        try:
            return self.read(text, page_language())
        except NotANumber as error:
            raise ValidationError(self.refused(error), code=error.refusal) from None
        except AmbiguousNumber as error:
            typed = [self.shown(Decimal(reading)) for reading in error.readings]
            sentence = asked_sentence(text, [(reading, reading) for reading in typed])
            raise ValidationError(sentence, code="ambiguous") from None

    def validate(self, value: Decimal | None) -> None:
        super().validate(value)
        if value is not None:
            _check_bounds(value, self.least, self.most, self.shown)

    def has_changed(self, initial: Decimal | None, data: Any) -> bool:
        return _has_changed(self, initial, data)


class RatioField(_NumberField):
    """A ratio typed in percent: `45`, `45%` and `45 %` are all `Decimal("0.45")`."""

    def read(self, text: str, language: str) -> Decimal:
        return parse_ratio(text, language)

    def shown(self, value: Decimal) -> str:
        return format_exact_ratio(value, page_language())

    def refused(self, error: NotANumber) -> str:
        given = {"found": error.found[:LONGEST_TEXT], "example": self.shown(_EXAMPLE_RATIO)}
        if error.refusal is Refusal.DECIMALS:
            return _("“%(found)s” has more than four decimals. Type it like %(example)s.") % given
        return _("“%(found)s” is not a percentage. Type it like %(example)s.") % given


class QuantityField(_NumberField):
    """A number that is no money, such as hours or orders, with at most `places` decimals."""

    def __init__(self, *, places: int = 2, **options: Any) -> None:
        super().__init__(**options)
        self.places = places

    def read(self, text: str, language: str) -> Decimal:
        return parse_quantity(text, language, places=self.places)

    def shown(self, value: Decimal) -> str:
        return format_exact_number(value, page_language(), places=self.places)

    def refused(self, error: NotANumber) -> str:
        given = {"found": error.found[:LONGEST_TEXT], "example": self.shown(_EXAMPLE_QUANTITY)}
        if error.refusal is Refusal.DECIMALS:
            return ngettext(
                "“%(found)s” has more than %(places)s decimal. Type it like %(example)s.",
                "“%(found)s” has more than %(places)s decimals. Type it like %(example)s.",
                self.places,
            ) % {**given, "places": self.places}
        return _("“%(found)s” is not a number. Type it like %(example)s.") % given


class MonthInput(forms.DateInput):
    """The browser's own month picker; where there is none, the month is typed."""

    input_type = "month"

    def format_value(self, value: Any) -> str | None:
        return str(value) if value else None


class MonthField(forms.Field):
    """A calendar month; its value is a `Month`, or None when left empty.

    Takes `2026-10`, `10/2026`, `T10/2026` and `October 2026`; `first` and `last` bound it,
    both included.
    """

    widget = MonthInput

    def __init__(
        self, *, first: Month | None = None, last: Month | None = None, **options: Any
    ) -> None:
        super().__init__(**options)
        self.first, self.last = first, last

    def prepare_value(self, value: Any) -> Any:
        return str(Month.of(value)) if isinstance(value, date) else value

    def to_python(self, value: Any) -> Month | None:
        if value is None or isinstance(value, Month):
            return value
        text = str(value).strip()
        if not text:
            return None
        try:
            return parse_month(text)
        except ValueError:
            sentence = _("“%(found)s” is not a month. Type it like %(example)s.") % {
                "found": text[:LONGEST_TEXT],
                "example": "10/2026",
            }
            raise ValidationError(sentence, code="invalid") from None

    def validate(self, value: Month | None) -> None:
        super().validate(value)
        if value is not None and self.first is not None and value < self.first:
            sentence = _("%(month)s or later is needed here.") % {"month": _shown(self.first)}
            raise ValidationError(sentence, code="least")
        if value is not None and self.last is not None and value > self.last:
            sentence = _("%(month)s or earlier is needed here.") % {"month": _shown(self.last)}
            raise ValidationError(sentence, code="most")

    def has_changed(self, initial: Month | date | None, data: Any) -> bool:
        before = Month.of(initial) if isinstance(initial, date) else initial
        return _has_changed(self, before, data)


class MonthChoiceField(forms.TypedChoiceField):
    """One month out of some: call `use_months` with those that may be chosen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"coerce": Month.parse, "empty_value": None, **options})

    def use_months(self, months: Iterable[Month]) -> None:
        """Offer these months, named in the language of the page."""
        offered = [(str(month), _shown(month)) for month in months]
        self.choices = offered if self.required else [("", "—"), *offered]

    def prepare_value(self, value: Any) -> Any:
        return str(Month.of(value) if isinstance(value, date) else value) if value else value


def page_language() -> str:
    """Return the language that numbers are typed and shown in: that of the page."""
    return "vi" if is_vietnamese(get_language()) else "en"


def _shown(month: Month) -> str:
    return format_month_year(month, page_language())


def _has_changed(field: forms.Field, initial: object, data: Any) -> bool:
    """Compare values, not texts: `1.500` and `1500` are the same amount."""
    if field.disabled:
        return False
    try:
        return bool(field.to_python(data) != initial)
    except ValidationError:
        return True


def _check_bounds(
    value: Bounded, least: Bounded | None, most: Bounded | None, shown: Callable[[Bounded], str]
) -> None:
    if least is not None and value < least:
        sentence = _("%(least)s or more is needed here.") % {"least": shown(least)}
        raise ValidationError(sentence, code="least")
    if most is not None and value > most:
        sentence = _("%(most)s is the most that is possible here.") % {"most": shown(most)}
        raise ValidationError(sentence, code="most")
