from django.test import Client

from aop.tenancy.models import Company, Membership
from aop.tenancy.roles import Role
from tests.factories import make_company, make_member, make_user


def test_a_visitor_sees_the_landing_page(db: None) -> None:
    response = Client().get("/")

    assert response.status_code == 200
    assert b"/accounts/signup/" in response.content


def test_a_newcomer_is_led_to_the_start(db: None) -> None:
    client = Client()
    client.force_login(make_user("newcomer@example.com"))

    assert client.get("/").headers["Location"] == "/start/"


def test_a_member_of_one_company_is_led_to_it(company: Company, as_staff: Client) -> None:
    assert as_staff.get("/").headers["Location"] == f"/c/{company.slug}/"


def test_a_member_of_several_chooses(owner: Membership, as_owner: Client) -> None:
    make_member(make_company("second-shop", name="Second Shop"), Role.VIEWER, owner.user)

    assert as_owner.get("/").headers["Location"] == "/companies/"
    page = as_owner.get("/companies/").content.decode()
    assert "/c/babycare-house/" in page
    assert "/c/second-shop/" in page


def test_the_list_shows_no_company_of_others(outsider: Membership, as_owner: Client) -> None:
    assert outsider.company.name not in as_owner.get("/companies/").content.decode()


def test_a_visitor_has_no_list(db: None) -> None:
    response = Client().get("/companies/")

    assert response.headers["Location"] == "/accounts/login/?next=/companies/"
