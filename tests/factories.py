"""Builders of rows with fixed, sensible values: `make_x(parent, **values)`.

Each takes the row it hangs on, fills what the test does not care about, and returns the
saved row. Codes and positions count up among the siblings, so nothing is random.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from django.db.models import Manager, Model
from django.utils import timezone

from aop.calc.months import FiscalYear, Month
from aop.tenancy.models import Channel, Company, Invitation, Membership, User
from aop.tenancy.roles import Role
from budgets.models import (
    Adjustment,
    AdjustmentMove,
    BudgetLine,
    Commitment,
    LineMonth,
    PlanMonth,
)
from planning.models import (
    Allocation,
    Assumption,
    Goal,
    Initiative,
    InitiativeBudget,
    InitiativeGoal,
    Kpi,
    KpiGoal,
    KpiMonth,
    Milestone,
    NotDoing,
    Person,
    Plan,
    Priority,
    Risk,
    RiskGoal,
)
from tracking.models import Decision, Entry, ManualForecast, Review

PASSWORD = "correct-horse-battery-staple"
TODAY = date(2026, 11, 22)
JANUARY, JULY = Month(2026, 1), Month(2026, 7)
NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)

Row = TypeVar("Row", bound=Model)


def _next(siblings: "Manager[Any]") -> int:
    return siblings.count() + 1


def _create(model: type[Row], defaults: dict[str, Any], values: dict[str, Any]) -> Row:
    return model._default_manager.create(**(defaults | values))


def make_user(email: str = "owner@babycare.example", **values: Any) -> User:
    """Create somebody who can sign in with `PASSWORD`."""
    return User.objects.create_user(email, PASSWORD, **values)


def make_company(slug: str = "babycare-house", **values: Any) -> Company:
    """Create a company in Hồ Chí Minh City that counts in đồng."""
    defaults = {
        "slug": slug,
        "name": "BabyCare House",
        "industry": "Mẹ và bé",
        "currency": "VND",
        "language": "vi",
    }
    return _create(Company, defaults, values)


def make_member(
    company: Company, role: Role = Role.OWNER, user: User | None = None, **values: Any
) -> Membership:
    """Create a member; without `user`, a new one called after the role and the company."""
    user = user or make_user(f"{role}@{company.slug}.example", name=f"{role.value.capitalize()}")
    return _create(Membership, {"company": company, "user": user, "role": role}, values)


def make_channel(company: Company, code: str = "ONLINE", **values: Any) -> Channel:
    defaults = {"company": company, "code": code, "name": code.capitalize()}
    return _create(Channel, defaults, values)


def make_invitation(company: Company, **values: Any) -> Invitation:
    """Create an open invitation of a staff member; its token is unknown."""
    defaults = {
        "company": company,
        "role": Role.STAFF,
        "token_digest": f"{Invitation.objects.count():064d}",
        "expires_at": timezone.now() + timedelta(days=14),
    }
    return _create(Invitation, defaults, values)


def make_plan(
    company: Company, fiscal_year: int = 2026, first_month: Month = JANUARY, **values: Any
) -> Plan:
    """Create a draft plan with its twelve open months."""
    defaults = {
        "company": company,
        "fiscal_year": fiscal_year,
        "first_month": first_month.first_day,
        "opening_cash_amount": 320_000_000,
        "minimum_cash_amount": 200_000_000,
    }
    plan = _create(Plan, defaults, values)
    for month in FiscalYear(first_month):
        PlanMonth.objects.create(company=company, plan=plan, first_day=month.first_day)
    return plan


def close_month(plan: Plan, month: Month) -> PlanMonth:
    """Mark a month as closed, without any of the checks of the real close."""
    row = PlanMonth.objects.for_company(plan.company).get(plan=plan, first_day=month.first_day)
    row.closed_at = timezone.now()
    row.save()
    return row


def make_priority(plan: Plan, text: str = "Kênh online", **values: Any) -> Priority:
    defaults = _part(plan, plan.priorities) | {"text": text}
    return _create(Priority, defaults, values)


def make_not_doing(plan: Plan, what: str = "Không mở cửa hàng thứ hai", **values: Any) -> NotDoing:
    defaults = _part(plan, plan.not_doing) | {"what": what, "why": "Dồn tiền cho hàng và online"}
    return _create(NotDoing, defaults, values)


def make_assumption(
    plan: Plan, what: str = "Giá nhập không tăng quá 3 %", **values: Any
) -> Assumption:
    """Create an assumption that nobody has checked yet."""
    defaults = _part(plan, plan.assumptions) | {"what": what}
    return _create(Assumption, defaults, values)


def _part(plan: Plan, siblings: "Manager[Any]", letter: str = "") -> dict[str, Any]:
    position = siblings.count()
    code = {"code": f"{letter}{position + 1}"} if letter else {}
    return {"company": plan.company, "plan": plan, "position": position, **code}


def make_person(plan: Plan, name: str = "Nguyễn Thu Hà", **values: Any) -> Person:
    """Create a person of the plan who works 40 hours a week."""
    defaults = _part(plan, plan.people, "P") | {
        "name": name,
        "hours_per_week": Decimal(40),
    }
    return _create(Person, defaults, values)


def make_kpi(plan: Plan, name: str = "Tổng doanh thu", **values: Any) -> Kpi:
    """Create a KPI that is logged by hand, in money, where higher is better."""
    defaults = _part(plan, plan.kpis, "K") | {
        "name": name,
        "unit": "money",
        "better": "higher",
        "measure": {"manual": True},
    }
    return _create(Kpi, defaults, values)


def make_kpi_month(kpi: Kpi, month: Month = JANUARY, **values: Any) -> KpiMonth:
    """Create the month of a KPI; both its values are unknown unless given."""
    defaults = {"company": kpi.company, "kpi": kpi, "first_day": month.first_day}
    return _create(KpiMonth, defaults, values)


def make_goal(plan: Plan, name: str = "Tăng tổng doanh thu", **values: Any) -> Goal:
    """Create a goal to grow to 7.2 bn over the full year; it has no KPI yet."""
    defaults = _part(plan, plan.goals, "G") | {
        "rank": plan.goals.count() + 1,
        "name": name,
        "kind": "grow",
        "baseline": Decimal(6_000_000_000),
        "target": Decimal(7_200_000_000),
        "basis": "full_year",
    }
    return _create(Goal, defaults, values)


def make_initiative(
    plan: Plan, name: str = "Gian hàng online chính", *, goals: tuple[Goal, ...] = (), **values: Any
) -> Initiative:
    """Create an initiative from February to June that serves `goals`, the main one first."""
    defaults = _part(plan, plan.initiatives, "A") | {
        "name": name,
        "start": Month.of(plan.first_month).plus(1).first_day,
        "end": Month.of(plan.first_month).plus(5).last_day,
    }
    initiative = _create(Initiative, defaults, values)
    for position, goal in enumerate(goals):
        InitiativeGoal.objects.create(
            company=plan.company, initiative=initiative, goal=goal, position=position
        )
    return initiative


def make_initiative_budget(
    initiative: Initiative, line_code: str = "MKT-SOCIAL", amount: int = 60_000_000, **values: Any
) -> InitiativeBudget:
    defaults = {
        "company": initiative.company,
        "initiative": initiative,
        "line_code": line_code,
        "amount": amount,
        "position": initiative.budgets.count(),
    }
    return _create(InitiativeBudget, defaults, values)


def make_milestone(
    initiative: Initiative, name: str = "Mở gian hàng", due: date = date(2026, 3, 31), **values: Any
) -> Milestone:
    """Create a milestone that was never pushed out."""
    defaults = {
        "company": initiative.company,
        "initiative": initiative,
        "name": name,
        "due": due,
        "first_due": due,
        "position": initiative.milestones.count(),
    }
    return _create(Milestone, defaults, values)


def make_allocation(
    person: Person,
    initiative: Initiative | None = None,
    month: Month = JANUARY,
    percent: int = 50,
    **values: Any,
) -> Allocation:
    """Create a share of a person's month; without an initiative it is daily business."""
    defaults = {
        "company": person.company,
        "person": person,
        "initiative": initiative,
        "first_day": month.first_day,
        "percent": Decimal(percent),
    }
    return _create(Allocation, defaults, values)


def make_risk(
    plan: Plan, name: str = "Giá nhập tăng", *, goals: tuple[Goal, ...] = (), **values: Any
) -> Risk:
    """Create a risk of 3 × 4 without a trigger that hits `goals`."""
    defaults = _part(plan, plan.risks, "R") | {
        "name": name,
        "likelihood": 3,
        "impact": 4,
    }
    risk = _create(Risk, defaults, values)
    for position, goal in enumerate(goals):
        RiskGoal.objects.create(company=plan.company, risk=risk, goal=goal, position=position)
    return risk


def link_kpi(kpi: Kpi, goal: Goal) -> KpiGoal:
    return KpiGoal.objects.create(
        company=kpi.company, kpi=kpi, goal=goal, position=kpi.goal_links.count()
    )


def make_line(plan: Plan, name: str = "Quảng cáo mạng xã hội", **values: Any) -> BudgetLine:
    """Create a marketing line that is paid in the same month."""
    number = _next(plan.lines)
    defaults = _part(plan, plan.lines) | {
        "code": f"L{number:03d}",
        "name": name,
        "kind": "marketing",
        "cash_lag": "1",
    }
    return _create(BudgetLine, defaults, values)


def make_month(
    line: BudgetLine, month: Month = JANUARY, planned_amount: int | None = 10_000_000, **values: Any
) -> LineMonth:
    """Create one month of a line; without an actual, none is known."""
    defaults = {
        "company": line.company,
        "line": line,
        "first_day": month.first_day,
        "planned_amount": planned_amount,
    }
    return _create(LineMonth, defaults, values)


def make_year(line: BudgetLine, monthly_amount: int = 10_000_000) -> list[LineMonth]:
    """Create the twelve months of a line with the same plan in each."""
    return [make_month(line, month, monthly_amount) for month in line.plan.year]


def make_commitment(
    line: BudgetLine, month: Month = NOVEMBER, amount: int = 5_000_000, **values: Any
) -> Commitment:
    defaults = _part(line.plan, line.plan.commitments, "C") | {
        "line": line,
        "first_day": month.first_day,
        "amount": amount,
        "note": "Tiền thuê tháng sau",
    }
    return _create(Commitment, defaults, values)


def make_adjustment(plan: Plan, **values: Any) -> Adjustment:
    """Create a proposed adjustment from July on, without moves."""
    defaults = {
        "company": plan.company,
        "plan": plan,
        "number": _next(plan.adjustments),
        "proposed_on": date(2026, 6, 28),
        "effective_from": date(2026, 7, 1),
        "reason": "Biên gộp dưới 35 % hai tháng liền",
        "trade_off": "Bớt quảng cáo mạng xã hội",
    }
    return _create(Adjustment, defaults, values)


def make_move(
    adjustment: Adjustment,
    line: BudgetLine,
    month: Month = JULY,
    amount: int = 1_000_000,
    **values: Any,
) -> AdjustmentMove:
    """Create a move of money onto `line`; the rows of months stay as they are."""
    defaults = {
        "company": adjustment.company,
        "adjustment": adjustment,
        "line": line,
        "first_day": month.first_day,
        "amount": amount,
    }
    return _create(AdjustmentMove, defaults, values)


def make_entry(
    line: BudgetLine, day: date = date(2026, 1, 15), amount: int = 2_000_000, **values: Any
) -> Entry:
    """Create an entry; the kept total of its line-month stays as it is."""
    defaults = {
        "company": line.company,
        "plan": line.plan,
        "code": f"E{_next(line.plan.entries)}",
        "line": line,
        "date": day,
        "first_day": day.replace(day=1),
        "amount": amount,
    }
    return _create(Entry, defaults, values)


def make_forecast(
    line: BudgetLine, month: Month = DECEMBER, amount: int = 9_000_000, **values: Any
) -> ManualForecast:
    defaults = {
        "company": line.company,
        "line": line,
        "first_day": month.first_day,
        "amount": amount,
        "author": "Nguyễn Thu Hà",
        "typed_on": TODAY,
    }
    return _create(ManualForecast, defaults, values)


def make_decision(
    plan: Plan, title: str = "Mua thêm tã trước khi tăng giá", **values: Any
) -> Decision:
    defaults = _part(plan, plan.decisions) | {
        "date": date(2026, 4, 10),
        "title": title,
        "decision": "Mua cho hai tháng",
        "reason": "Nhà cung cấp báo tăng 6 %",
    }
    return _create(Decision, defaults, values)


def make_review(plan: Plan, month: Month = JANUARY, **values: Any) -> Review:
    """Create a monthly review that was held on the fifth of the next month."""
    defaults = {
        "company": plan.company,
        "plan": plan,
        "first_day": month.first_day,
        "held_on": month.plus(1).first_day.replace(day=5),
    }
    return _create(Review, defaults, values)
