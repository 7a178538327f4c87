"""The budgets app."""

from django.apps import AppConfig


class BudgetsConfig(AppConfig):
    """See the map of the code in the README."""

    name = "budgets"
