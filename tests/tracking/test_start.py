from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from aop.calc.months import Month
from aop.tenancy.models import AuditEntry, Company, Membership, User
from aop.tenancy.roles import Role
from planning.models import Goal, Person, Plan, PlanStatus
from tests.factories import make_line, make_month, make_user
from tracking.folders.storage import LARGEST_ARCHIVE, read_directory, zip_bytes
from tracking.forms.start import StartForm, usual_first_month
from tracking.models import Entry
from tracking.services.companies import SAMPLE

VALUES = {
    "name": "Đại Phát Print",
    "industry": "Print shop",
    "currency": "USD",
    "language": "en",
    "first_month": "2026-04",
    "fiscal_year": "2026",
    "time_zone": "America/New_York",
}


@pytest.fixture
def stranger(db: None) -> User:
    return make_user("lan@example.com")


@pytest.fixture
def browser(stranger: User) -> Client:
    client = Client()
    client.force_login(stranger)
    return client


def upload(content: bytes) -> dict[str, SimpleUploadedFile]:
    return {"archive": SimpleUploadedFile("plan.zip", content, "application/zip")}


def sample_files() -> dict[str, bytes]:
    return read_directory(SAMPLE)


@pytest.mark.parametrize(
    ("today", "first"),
    [
        (date(2026, 1, 1), Month(2026, 1)),
        (date(2026, 9, 30), Month(2026, 1)),
        (date(2026, 10, 1), Month(2027, 1)),
        (date(2026, 12, 31), Month(2027, 1)),
    ],
)
def test_it_suggests_the_year_that_people_plan_for(today: date, first: Month) -> None:
    assert usual_first_month(today) == first


@pytest.mark.parametrize(
    ("first_month", "label", "expected"),
    [("2026-04", "", 2026), ("2026-10", "", 2027), ("2026-10", "2026", 2026)],
)
def test_a_year_without_a_name_gets_the_usual_one(
    first_month: str, label: str, expected: int
) -> None:
    values = VALUES | {"first_month": first_month, "fiscal_year": label}
    form = StartForm(values, first=Month(2027, 1))

    assert form.is_valid(), form.errors
    assert form.year.label == expected


def test_a_stranger_starts_a_company_from_nothing(browser: Client, stranger: User) -> None:
    response = browser.post("/start/company/", VALUES)

    plan = Plan.objects.get()
    assert response.headers["Location"] == "/c/dai-phat-print/2026/direction/"
    assert (plan.status, plan.first_month, plan.months.count()) == ("draft", date(2026, 4, 1), 12)
    company = plan.company
    assert (company.currency, company.time_zone) == ("USD", "America/New_York")
    member = Membership.objects.for_company(company).get()
    assert (member.user, member.role) == (stranger, Role.OWNER)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("currency", "XXX"),
        ("currency", ""),
        ("language", "fr"),
        ("first_month", "2026-13"),
        ("first_month", "1999-01"),
        ("fiscal_year", "2031"),
        ("fiscal_year", "twenty"),
        ("time_zone", "Mars/Olympus"),
    ],
)
def test_it_refuses_what_makes_no_company(field: str, value: str, browser: Client) -> None:
    response = browser.post("/start/company/", VALUES | {field: value})

    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Company.objects.exists()
    assert not Plan.objects.exists()


def test_the_form_offers_the_dong_first(browser: Client) -> None:
    form = browser.get("/start/company/").context["form"]

    currencies = list(form.fields["currency"].choices)
    assert currencies[0] == ("VND", "Đồng Việt Nam (VND)")
    assert form["currency"].value() == "VND"
    assert form["time_zone"].value() == "Asia/Ho_Chi_Minh"


@pytest.mark.parametrize(
    ("state", "status", "has_entries"),
    [("as_it_is", PlanStatus.APPROVED, True), ("as_draft", PlanStatus.DRAFT, False)],
)
def test_a_stranger_gets_a_private_copy_of_the_sample(
    state: str, status: str, has_entries: bool, browser: Client, stranger: User
) -> None:
    response = browser.post("/start/sample/", {"state": state, "name": "Thử nghiệm"})

    company = Company.objects.get()
    assert response.headers["Location"] == "/c/thu-nghiem/"
    plan = Plan.objects.for_company(company).get()
    assert plan.status == status
    assert Goal.objects.for_company(company).count() == 3
    assert Entry.objects.for_company(company).exists() is has_entries
    assert Membership.objects.for_company(company).get().user == stranger


def test_the_copy_lets_its_owner_play_the_owner(browser: Client, stranger: User) -> None:
    browser.post("/start/sample/", {"state": "as_it_is", "name": "Copy"})

    company = Company.objects.get()
    people = Person.objects.for_company(company).exclude(email="")
    assert [person.email for person in people] == [stranger.email]
    actions = AuditEntry.objects.for_company(company).values_list("action", flat=True)
    assert "tracking.company.copied" in actions


def test_two_copies_do_not_touch_each_other(browser: Client) -> None:
    for _ in range(2):
        browser.post("/start/sample/", {"state": "as_draft", "name": "Copy"})

    assert sorted(Company.objects.values_list("slug", flat=True)) == ["copy", "copy-2"]


@pytest.mark.parametrize("values", [{}, {"state": "as_it_is", "name": ""}, {"name": "x"}])
def test_it_refuses_a_copy_without_name_or_state(values: dict[str, str], browser: Client) -> None:
    assert browser.post("/start/sample/", values).status_code == 422
    assert not Company.objects.exists()


def test_a_plan_folder_comes_in_as_a_zip(browser: Client, stranger: User) -> None:
    response = browser.post("/start/import/", upload(zip_bytes(sample_files())))

    company = Company.objects.get()
    assert response.headers["Location"] == f"/c/{company.slug}/"
    assert company.name == "BabyCare House"
    assert Membership.objects.for_company(company).get().user == stranger
    assert Plan.objects.for_company(company).get().lines.count() == 24


def test_a_broken_folder_is_refused_with_all_its_problems(browser: Client) -> None:
    files = sample_files()
    del files["plan.json"]
    files["lines.csv"] = files["lines.csv"].replace(b",marketing,", b",magic,")

    response = browser.post("/start/import/", upload(zip_bytes(files)))

    assert response.status_code == 422
    problems = response.context["problems"]
    assert any("plan.json" in problem for problem in problems)
    assert sum("lines.csv" in problem for problem in problems) == 4
    assert not Company.objects.exists()


@pytest.mark.parametrize("content", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_what_is_no_zip_is_refused(content: bytes, browser: Client) -> None:
    response = browser.post("/start/import/", upload(content))

    assert response.status_code == 422
    assert len(response.context["problems"]) == 1


def test_a_huge_file_is_refused_unread(browser: Client) -> None:
    response = browser.post("/start/import/", upload(BytesIO(bytes(LARGEST_ARCHIVE + 1)).read()))

    assert response.status_code == 422
    assert response.context["form"].errors["archive"]


def test_no_file_is_refused(browser: Client) -> None:
    assert browser.post("/start/import/").status_code == 422


def test_the_next_year_is_suggested_and_made(plan: Plan, as_owner: Client) -> None:
    url = f"/c/{plan.company.slug}/plans/new/"
    form = as_owner.get(url).context["form"]
    assert (form["first_month"].value(), form["fiscal_year"].value()) == ("2027-01", 2027)

    response = as_owner.post(url, {"first_month": "2027-01", "fiscal_year": "2027"})

    assert response.headers["Location"] == f"/c/{plan.company.slug}/2027/direction/"
    assert Plan.objects.for_company(plan.company).count() == 2


def test_the_same_year_is_not_made_twice(plan: Plan, as_owner: Client) -> None:
    values = {"first_month": "2026-01", "fiscal_year": "2026"}

    response = as_owner.post(f"/c/{plan.company.slug}/plans/new/", values)

    assert response.status_code == 422
    assert response.context["form"].errors["fiscal_year"]


def test_the_currency_changes_while_nothing_is_counted(company: Company, as_owner: Client) -> None:
    response = as_owner.post(f"/c/{company.slug}/settings/currency/", {"currency": "USD"})

    company.refresh_from_db()
    assert response.headers["Location"] == f"/c/{company.slug}/settings/"
    assert company.currency == "USD"


def test_the_currency_stays_once_there_are_amounts(plan: Plan, as_owner: Client) -> None:
    Plan.objects.for_company(plan.company).update(
        opening_cash_amount=None, minimum_cash_amount=None
    )
    make_month(make_line(plan), planned_amount=0)

    url = f"/c/{plan.company.slug}/settings/currency/"
    response = as_owner.post(url, {"currency": "USD"})

    plan.company.refresh_from_db()
    assert response.status_code == 422
    assert plan.company.currency == "VND"


def test_a_company_without_a_plan_leads_to_its_start(company: Company, as_owner: Client) -> None:
    response = as_owner.get(f"/c/{company.slug}/")

    assert response.headers["Location"] == f"/c/{company.slug}/plans/new/"
