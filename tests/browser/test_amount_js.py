"""The browser reads amounts by the same tables as the server, and says them back."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from playwright.sync_api import Page, Route, expect

from aop.calc.amount_grammar import names_of
from aop.calc.amount_words import money_names
from aop.calc.currencies import Currency
from aop.web.amounts import AmountField, AmountInput
from tests.spellings import Case, spellings

SCRIPTS = Path(settings.BASE_DIR) / "static" / "js"
ORIGIN = "http://amounts.test"
POLICY = "default-src 'none'; script-src 'self'"

READ = """async cases => {
  const { readAmount } = await import("/amount_reading.js");
  return cases.map(({ text, rules }) => {
    const found = readAmount(text, { ...rules, names: new Set(rules.names) });
    if (found.asked) return { asked: found.asked.map(Number) };
    return found.amount === undefined ? {} : { amount: Number(found.amount) };
  });
}"""
SHOW = """async cases => {
  const { formatMoney } = await import("/amount.js");
  const { amountInWords } = await import("/amount_words.js");
  return cases.map(({ amount, rules }) => ({
    money: formatMoney(BigInt(amount), rules),
    words: amountInWords(BigInt(amount), rules),
  }));
}"""


def rules_of(case: Case, unit: int) -> dict[str, Any]:
    currency = Currency.of(case["currency"])
    return {
        "language": case["language"],
        "unit": unit,
        "currency": currency.code,
        "decimals": currency.decimals,
        "symbol": currency.symbol,
        "names": sorted(names_of(currency)),
        "said": list(money_names(currency, case["language"])),
    }


def open_page(page: Page, body: str = "") -> Page:
    """Open a page of our own that loads the modules under the strict policy of the app."""

    def answer(route: Route) -> None:
        script = SCRIPTS / route.request.url.removeprefix(f"{ORIGIN}/")
        if script.is_file():
            route.fulfill(path=script, content_type="text/javascript")
            return
        html = f"<!doctype html><title>Amounts</title><body>{body}"
        html += '<script type="module" src="/amount.js"></script>'
        headers = {"Content-Security-Policy": POLICY}
        route.fulfill(body=html, content_type="text/html; charset=utf-8", headers=headers)

    page.route(f"{ORIGIN}/**", answer)
    page.goto(f"{ORIGIN}/")
    return page


def test_it_reads_every_spelling_as_the_server_does(page: Page) -> None:
    cases = spellings("amount_spellings")
    asked = [{"text": c["text"], "rules": rules_of(c, c["unit"])} for c in cases]

    found = open_page(page).evaluate(READ, asked)

    expected = [{key: c[key] for key in ("amount", "asked") if key in c} for c in cases]
    wrong = [c["text"] for c, f, e in zip(cases, found, expected, strict=True) if f != e]
    assert wrong == []
    assert len(found) == len(cases)


def test_it_reads_back_every_shown_amount(page: Page) -> None:
    cases = spellings("amount_shown")
    shown = [
        {"text": text, "rules": rules_of(case, int(unit)), "amount": case["amount"]}
        for case in cases
        for unit, text in [("1", case["money"]), *case["inputs"].items()]
    ]

    found = open_page(page).evaluate(READ, shown)

    assert found == [{"amount": case["amount"]} for case in shown]


def test_it_shows_and_says_amounts_as_the_server_does(page: Page) -> None:
    cases = spellings("amount_shown")
    asked = [{"amount": str(case["amount"]), "rules": rules_of(case, 1)} for case in cases]

    found = open_page(page).evaluate(SHOW, asked)

    assert found == [{"money": case["money"], "words": case["words"]} for case in cases]


def render(field: AmountField, language: str) -> str:
    assert isinstance(field.widget, AmountInput)
    with translation.override(language):
        return field.widget.render("amount", None, {"id": "id_amount"})


def test_it_says_back_what_is_typed(page: Page) -> None:
    open_page(page, render(AmountField(currency="VND"), "vi"))

    page.locator("#id_amount").fill("12tr5")

    said = page.locator("output")
    expect(said).to_have_text("12.500.000\xa0₫mười hai triệu năm trăm nghìn đồng")
    expect(said.locator("b")).to_have_text("12.500.000\xa0₫")
    page.locator("#id_amount").fill("")
    expect(said).to_be_hidden()


def test_it_asks_when_two_readings_are_possible(page: Page) -> None:
    open_page(page, render(AmountField(currency="VND", unit=1_000_000), "en"))

    page.locator("#id_amount").fill("1.250")

    said = page.locator("output")
    expect(said).to_have_text("Does it mean 1,250,000\xa0₫ or 1,250,000,000\xa0₫?")
    expect(said).to_have_class("read ask")
    page.locator("#id_amount").fill("1,250")
    expect(said.locator("b")).to_have_text("1,250,000,000\xa0₫")


def test_it_waits_for_a_pause_before_it_says_what_it_cannot_read(page: Page) -> None:
    open_page(page, render(AmountField(currency="VND"), "en"))
    amount, said = page.locator("#id_amount"), page.locator("output")

    amount.press_sequentially("12.")
    expect(said).to_contain_text("12\xa0₫")
    amount.fill("12x")

    expect(said).to_have_class("read bad")
    expect(said).to_have_text("Not understood yet. Type 12.5m or 12,500,000.")


def test_it_tells_the_page_what_it_reads(page: Page) -> None:
    open_page(page, render(AmountField(currency="USD"), "en"))
    page.evaluate(
        "() => document.addEventListener('amount:read', e => (window.heard = e.detail.amount))"
    )

    page.locator("#id_amount").fill("$12.50")

    assert page.evaluate("window.heard") == 1_250
    page.locator("#id_amount").fill("soon")
    assert page.evaluate("window.heard") is None
