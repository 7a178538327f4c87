from django.test import Client

from aop.tenancy.models import Membership
from planning.models import Plan
from planning.services.direction import update_direction
from tests.factories import make_assumption, make_not_doing, make_priority
from tests.planning.pages import approve, fragment, last_action, read_english, url_of

TYPED = {
    "version": "1",
    "where_we_are": "Bận quanh năm",
    "where_we_go": "Online 45 %",
    "opening_cash_amount": "320tr",
    "minimum_cash_amount": "200.000.000",
    "opening_stock_amount": "",
}
RHYTHM = {
    "version": "1",
    "review_every": "quarter",
    "review_day": "7",
    "review_rhythm": "20 phút",
    "materiality_amount": "5tr",
    "materiality_ratio": "7,5 %",
}


def test_it_shows_the_direction_with_its_lists(plan: Plan, as_viewer: Client) -> None:
    make_priority(plan, "Kênh online")
    make_not_doing(plan, "Không mở cửa hàng thứ hai")
    make_assumption(plan, "Giá nhập giữ nguyên")

    page = as_viewer.get(url_of(plan, "direction")).content.decode()

    for text in ["Kênh online", "Không mở cửa hàng thứ hai", "Giá nhập giữ nguyên"]:
        assert text in page
    assert 'id="plan-steps"' in page


def test_it_shows_no_controls_to_who_may_not_edit(plan: Plan, as_staff: Client) -> None:
    make_priority(plan)

    page = as_staff.get(url_of(plan, "direction")).content.decode()

    assert 'id="direction-form"' not in page
    assert "/priorities/" not in page


def test_it_saves_texts_and_sums(plan: Plan, as_owner: Client) -> None:
    answer = as_owner.post(url_of(plan, "direction_edit"), TYPED)

    plan.refresh_from_db()
    assert answer.headers["Location"] == url_of(plan, "direction")
    assert (plan.where_we_are, plan.version) == ("Bận quanh năm", 2)
    assert (plan.opening_cash_amount, plan.minimum_cash_amount) == (320_000_000, 200_000_000)
    assert plan.opening_stock_amount is None
    assert last_action(plan.company) == "planning.direction.updated"


def test_it_keeps_what_was_typed_beside_what_is_wrong(plan: Plan, as_owner: Client) -> None:
    wrong = TYPED | {"opening_cash_amount": "nhiều lắm"}

    answer = as_owner.post(url_of(plan, "direction_edit"), wrong)

    plan.refresh_from_db()
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "nhiều lắm" in page
    assert "Bận quanh năm" in page
    assert plan.where_we_are == ""


def test_it_shows_both_texts_when_somebody_else_was_faster(
    plan: Plan, owner: Membership, as_owner: Client
) -> None:
    read_english(owner)
    theirs = {"where_we_go": "Hai cửa hàng", "opening_cash_amount": 1_000}
    update_direction(plan.pk, theirs, version=1, actor=owner)

    answer = as_owner.post(url_of(plan, "direction_edit"), TYPED)

    page = answer.content.decode()
    plan.refresh_from_db()
    assert answer.status_code == 409
    assert "Online 45 %" in page
    assert "Hai cửa hàng" in page
    assert "1,000" in page
    assert "saved this page" in page
    assert plan.where_we_go == "Hai cửa hàng"


def test_it_saves_over_theirs_once_that_was_seen(
    plan: Plan, owner: Membership, as_owner: Client
) -> None:
    update_direction(plan.pk, {"where_we_go": "Hai cửa hàng"}, version=1, actor=owner)
    page = as_owner.post(url_of(plan, "direction_edit"), TYPED).content.decode()
    assert 'name="version" value="2"' in page

    as_owner.post(url_of(plan, "direction_edit"), TYPED | {"version": "2"})

    plan.refresh_from_db()
    assert plan.where_we_go == "Online 45 %"


def test_it_freezes_the_direction_of_an_approved_plan(plan: Plan, as_owner: Client) -> None:
    approve(plan)

    answer = as_owner.post(url_of(plan, "direction_edit"), TYPED)

    page = as_owner.get(url_of(plan, "direction")).content.decode()
    plan.refresh_from_db()
    assert answer.status_code == 422
    assert plan.where_we_are == ""
    assert 'id="direction-form"' not in page
    assert 'id="plan-steps"' not in page


def test_it_tells_what_is_frozen_and_why(plan: Plan, owner: Membership, as_owner: Client) -> None:
    read_english(owner)
    approve(plan)

    page = as_owner.get(url_of(plan, "direction")).content.decode()

    assert "Approved on 22" in page
    assert "Answers to assumptions go on." in page
    assert "/adjustments/" in page


def test_it_answers_htmx_with_the_form_alone(plan: Plan, as_owner: Client) -> None:
    text = fragment(as_owner, url_of(plan, "direction_edit"))

    assert text.strip().startswith("<form")
    assert "<html" not in text


def test_it_changes_the_rhythm_of_an_approved_plan(plan: Plan, as_owner: Client) -> None:
    approve(plan)

    as_owner.post(url_of(plan, "direction_rhythm"), RHYTHM)

    plan.refresh_from_db()
    assert (plan.review_every, plan.review_day, plan.review_rhythm) == ("quarter", 7, "20 phút")
    assert (plan.materiality_amount, str(plan.materiality_ratio)) == (5_000_000, "0.075000")


def test_it_refuses_a_review_on_day_29(plan: Plan, as_owner: Client) -> None:
    url = url_of(plan, "direction_rhythm")

    assert as_owner.post(url, RHYTHM | {"review_day": "29"}).status_code == 422
    assert fragment(as_owner, url).strip().startswith("<form")


def test_it_names_what_is_missing_with_the_way_to_mend_it(
    plan: Plan, owner: Membership, as_owner: Client
) -> None:
    read_english(owner)
    assumption = make_assumption(plan)
    plan.minimum_cash_amount = None
    plan.save()

    page = as_owner.get(url_of(plan, "direction")).content.decode()

    assert "No minimum cash" in page
    assert url_of(plan, "not_doing_add") in page
    assert url_of(plan, "assumption_edit", assumption_id=assumption.pk) in page
    assert url_of(plan, "goal_list") in page
