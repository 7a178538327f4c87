"""Says amounts of money in words, Vietnamese and English, any size (METHODS.md §18)."""

from functools import lru_cache
from typing import NamedTuple

from aop.calc.currencies import Currency
from aop.calc.writing import is_vietnamese

_GROUP = 1_000
_MILLION = 1_000_000
_TY = 1_000_000_000
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_UNIT_WORDS = ((_MILLION, "triệu"), (_GROUP, "nghìn"), (1, ""))

_TO_NINETEEN = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_POWERS = ("", "thousand", "million", "billion", "trillion", "quadrillion")


class MoneyNames(NamedTuple):
    """What one and many of a currency, and of its minor unit, are called in one language."""

    one: str
    many: str
    one_minor: str
    many_minor: str


_ENGLISH_NAMES = {
    "VND": MoneyNames("đồng", "đồng", "", ""),
    "USD": MoneyNames("US dollar", "US dollars", "cent", "cents"),
    "EUR": MoneyNames("euro", "euros", "cent", "cents"),
    "GBP": MoneyNames("pound", "pounds", "penny", "pence"),
    "JPY": MoneyNames("yen", "yen", "", ""),
    "CNY": MoneyNames("yuan", "yuan", "fen", "fen"),
    "KRW": MoneyNames("won", "won", "", ""),
    "THB": MoneyNames("baht", "baht", "satang", "satang"),
    "SGD": MoneyNames("Singapore dollar", "Singapore dollars", "cent", "cents"),
    "AUD": MoneyNames("Australian dollar", "Australian dollars", "cent", "cents"),
    "KWD": MoneyNames("Kuwaiti dinar", "Kuwaiti dinars", "fils", "fils"),
}
_VIETNAMESE_NAMES = {
    "VND": ("đồng", ""),
    "USD": ("đô la Mỹ", "xu"),
    "EUR": ("euro", "xu"),
    "GBP": ("bảng Anh", "xu"),
    "JPY": ("yên Nhật", ""),
    "CNY": ("nhân dân tệ", "phân"),
    "KRW": ("won Hàn Quốc", ""),
    "THB": ("baht", "satang"),
    "SGD": ("đô la Singapore", "xu"),
    "AUD": ("đô la Úc", "xu"),
    "KWD": ("dinar Kuwait", "fils"),
}


def amount_in_words(amount: int, currency: Currency, language: str | None) -> str:
    """Say an amount in words (METHODS.md §18).

    Args:
        amount: Minor units; below zero it starts with `âm` or `minus`.
        currency: A currency without known names is called by its code, its decimals then
            are hundredths or thousandths: `and 50/100`.
        language: `vi`, or else English.

    >>> amount_in_words(12_500_000, Currency.of("VND"), "vi")
    'mười hai triệu năm trăm nghìn đồng'
    >>> amount_in_words(-1_250, Currency.of("USD"), "en")
    'minus twelve US dollars and fifty cents'
    """
    vietnamese = is_vietnamese(language)
    in_words = vietnamese_words if vietnamese else english_words
    whole, part = divmod(abs(amount), currency.minor_units)
    names = money_names(currency, language)
    said = [f"{in_words(whole)} {names.one if whole == 1 else names.many}"]
    if part and names.one_minor:
        said.append(f"{in_words(part)} {names.one_minor if part == 1 else names.many_minor}")
    elif part:
        said.append(f"{part:0{currency.decimals}d}/{currency.minor_units}")
    if part and not whole and names.one_minor:
        said = said[1:]
    sign = ("âm " if vietnamese else "minus ") if amount < 0 else ""
    return sign + (" và " if vietnamese else " and ").join(said)


@lru_cache(maxsize=64)
def money_names(currency: Currency, language: str | None) -> MoneyNames:
    """Return what a currency is called in that language; its code where it has no name.

    >>> money_names(Currency.of("USD"), "en").many_minor, money_names(Currency.of("CHF"), "vi").one
    ('cents', 'CHF')
    """
    if is_vietnamese(language):
        name, minor = _VIETNAMESE_NAMES.get(currency.code, (currency.code, ""))
        return MoneyNames(name, name, minor, minor)
    unnamed = MoneyNames(currency.code, currency.code, "", "")
    return _ENGLISH_NAMES.get(currency.code, unnamed)


def vietnamese_words(number: int) -> str:
    """Say a whole number that is not negative in Vietnamese, as spoken.

    >>> vietnamese_words(21), vietnamese_words(105), vietnamese_words(1_015)
    ('hai mươi mốt', 'một trăm lẻ năm', 'một nghìn không trăm mười lăm')
    """
    return " ".join(_vietnamese(number, follows=False)) or _DIGITS[0]


def _vietnamese(number: int, *, follows: bool) -> list[str]:
    """Say a number in groups of three; `follows` names the empty hundreds too."""
    said: list[str] = []
    billions, rest = divmod(number, _TY)
    if billions:
        said += [*_vietnamese(billions, follows=follows), "tỷ"]
    for size, word in _UNIT_WORDS:
        group, rest = divmod(rest, size)
        if group:
            said += _vietnamese_group(group, follows=follows or bool(said))
            said += [word] if word else []
    return said


def _vietnamese_group(group: int, *, follows: bool) -> list[str]:
    hundreds, below = divmod(group, 100)
    tens, ones = divmod(below, 10)
    names_hundreds = bool(hundreds) or follows
    said = [_DIGITS[hundreds], "trăm"] if names_hundreds else []
    if tens > 1:
        said += [_DIGITS[tens], "mươi"]
    elif tens == 1:
        said.append("mười")
    elif ones and names_hundreds:
        said.append("lẻ")
    if ones == 1 and tens > 1:
        said.append("mốt")
    elif ones == 5 and tens:
        said.append("lăm")
    elif ones:
        said.append(_DIGITS[ones])
    return said


def english_words(number: int) -> str:
    """Say a whole number that is not negative in English, without "and".

    >>> english_words(121), english_words(12_500_000)
    ('one hundred twenty-one', 'twelve million five hundred thousand')
    """
    return " ".join(_english(number)) or _TO_NINETEEN[0]


def _english(number: int) -> list[str]:
    largest = _GROUP ** (len(_POWERS) - 1)
    said: list[str] = []
    if number >= _GROUP * largest:
        beyond, number = divmod(number, largest)
        said = [*_english(beyond), _POWERS[-1]]
    for power in reversed(range(len(_POWERS))):
        group, number = divmod(number, _GROUP**power)
        if group:
            said += _english_group(group)
            said += [_POWERS[power]] if power else []
    return said


def _english_group(group: int) -> list[str]:
    hundreds, below = divmod(group, 100)
    said = [_TO_NINETEEN[hundreds], "hundred"] if hundreds else []
    if below >= len(_TO_NINETEEN):
        tens, ones = divmod(below, 10)
        said.append(_TENS[tens] + (f"-{_TO_NINETEEN[ones]}" if ones else ""))
    elif below:
        said.append(_TO_NINETEEN[below])
    return said
