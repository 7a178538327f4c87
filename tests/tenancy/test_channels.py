import pytest
from django.test import Client

from aop.errors import RuleViolation
from aop.tenancy.models import AuditEntry, Channel, Company, Membership
from aop.tenancy.services.channels import add_channel, remove_channel, rename_channel
from planning.models import Plan
from tests.factories import make_channel, make_line


def test_it_makes_a_code_of_the_name(owner: Membership) -> None:
    first = add_channel("Cửa hàng Đống Đa", "", actor=owner)
    second = add_channel("Cửa hàng đống đa", "", actor=owner)

    assert (first.code, second.code) == ("CUA-HANG-DONG-DA", "CUA-HANG-DONG-DA-2")
    assert (first.position, second.position) == (0, 1)


def test_it_refuses_a_code_twice(owner: Membership) -> None:
    add_channel("Online", "ONL", actor=owner)

    with pytest.raises(RuleViolation) as refused:
        add_channel("Sàn", "ONL", actor=owner)

    assert refused.value.field == "code"


def test_it_renames_but_keeps_the_code(owner: Membership, company: Company) -> None:
    channel = make_channel(company, "ONLINE")

    rename_channel(channel.pk, "Sàn", actor=owner)

    channel.refresh_from_db()
    assert (channel.code, channel.name) == ("ONLINE", "Sàn")
    assert AuditEntry.objects.for_company(company).get().changes == {"name": ["Online", "Sàn"]}


def test_it_keeps_a_channel_that_lines_belong_to(owner: Membership, plan: Plan) -> None:
    channel = make_channel(plan.company)
    make_line(plan, channel=channel)

    with pytest.raises(RuleViolation):
        remove_channel(channel.pk, actor=owner)

    assert Channel.objects.for_company(plan.company).exists()


def test_it_removes_a_channel_that_nothing_uses(owner: Membership, company: Company) -> None:
    remove_channel(make_channel(company).pk, actor=owner)

    assert not Channel.objects.for_company(company).exists()


def test_the_pages_add_rename_and_remove(company: Company, as_owner: Client) -> None:
    here = f"/c/{company.slug}/settings/"
    as_owner.post(f"{here}channels/new/", {"name": "Bán buôn", "code": "WHOLE"})
    channel = Channel.objects.for_company(company).get()
    as_owner.post(f"{here}channels/{channel.pk}/", {"name": "Đại lý"})
    assert "Đại lý" in as_owner.get(here).content.decode()

    response = as_owner.post(f"{here}channels/{channel.pk}/remove/")

    assert response.headers["Location"] == here
    assert not Channel.objects.for_company(company).exists()


@pytest.mark.parametrize("values", [{}, {"name": "x", "code": "đ"}, {"name": "x" * 201}])
def test_the_page_refuses_what_makes_no_channel(
    values: dict[str, str], company: Company, as_owner: Client
) -> None:
    response = as_owner.post(f"/c/{company.slug}/settings/channels/new/", values)

    assert response.status_code == 422
    assert not Channel.objects.for_company(company).exists()


def test_the_page_says_why_a_channel_stays(plan: Plan, as_owner: Client) -> None:
    channel = make_channel(plan.company)
    make_line(plan, channel=channel)

    response = as_owner.post(f"/c/{plan.company.slug}/settings/channels/{channel.pk}/remove/")

    assert response.status_code == 422
    assert response.context["form"].non_field_errors()
