"""The currencies a plan can be kept in: decimals by ISO 4217 and signs (METHODS.md §18)."""

from dataclasses import dataclass

THOUSAND, MILLION = 1_000, 1_000_000

# ISO 4217, currencies in use in 2026; funds, metals and test codes are left out.
_WITHOUT_DECIMALS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_WITH_THREE = "BHD IQD JOD KWD LYD OMR TND"
_WITH_TWO = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL
HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT
MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB
SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH
USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
"""
_SYMBOLS = {
    "VND": "₫", "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "CNY": "CN¥", "KRW": "₩",
    "INR": "₹", "THB": "฿", "PHP": "₱", "MYR": "RM", "IDR": "Rp", "LAK": "₭", "KHR": "៛",
    "AUD": "A$", "CAD": "C$", "SGD": "S$", "HKD": "HK$", "NZD": "NZ$", "TWD": "NT$",
    "MXN": "MX$", "BRL": "R$", "UAH": "₴", "RUB": "₽", "TRY": "₺", "ILS": "₪", "NGN": "₦",
    "KZT": "₸", "GEL": "₾", "BDT": "৳", "MNT": "₮", "PLN": "zł", "CZK": "Kč", "HUF": "Ft",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Currency:
    """The money that a plan is kept in; amounts are whole minor units of it.

    `decimals` is how many of an amount's digits lie behind the decimal mark: 0, 2 or 3.
    `symbol` is its sign, or its code where it has none.

    >>> Currency.of("KWD").decimals, Currency.of("VND").symbol
    (3, '₫')
    """

    code: str
    decimals: int
    symbol: str

    @staticmethod
    def of(code: str) -> "Currency":
        """Return the currency with that ISO 4217 code; raises ValueError for any other text.

        >>> Currency.of("ECU")
        Traceback (most recent call last):
        ValueError: 'ECU' is no currency in use; a code such as VND is
        """
        try:
            return CURRENCIES[code]
        except KeyError:
            raise ValueError(f"{code!r} is no currency in use; a code such as VND is") from None

    @property
    def minor_units(self) -> int:
        """How many minor units make one: 1 for đồng, 100 for dollars, 1,000 for dinars."""
        return int(10**self.decimals)

    @property
    def units(self) -> tuple[int, ...]:
        """The units that tables of it can be shown in: one, a thousand, and a million where
        it has no decimals.

        >>> Currency.of("VND").units, Currency.of("USD").units
        ((1, 1000, 1000000), (1, 1000))
        """
        return (1, THOUSAND) if self.decimals else (1, THOUSAND, MILLION)

    @property
    def table_unit(self) -> int:
        """The unit of tables: the largest of `units`."""
        return self.units[-1]


def _table() -> dict[str, Currency]:
    groups = ((0, _WITHOUT_DECIMALS), (2, _WITH_TWO), (3, _WITH_THREE))
    decimals_of = {code: decimals for decimals, codes in groups for code in codes.split()}
    return {
        code: Currency(code, decimals, _SYMBOLS.get(code, code))
        for code, decimals in sorted(decimals_of.items())
    }


CURRENCIES = _table()
