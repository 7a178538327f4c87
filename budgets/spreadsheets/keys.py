"""The hidden keys by which a workbook of ours is known when it comes back."""

PREFIX = "aop:"
PLAN_KEY = "aop:plan:"
LINE_KEY = "aop:line_code"  # heads the hidden column of line codes, in the hidden row of months
YEAR_KEY = "aop:year"
GROUP_KEY, SUBTOTAL_KEY = "aop:group", "aop:subtotal"
TOTAL_KEY, PRIVATE_KEY = "aop:total", "aop:private"


def plan_key(slug: str, fiscal_year: int) -> str:
    """Name the plan that a workbook was made of; it stands in the first cell of its budget."""
    return f"{PLAN_KEY}{slug}:{fiscal_year}"
