"""The models of the year: actuals, decisions and reviews."""

from tracking.models.decisions import Decision, DecisionGoal, Review, SummaryLink
from tracking.models.entries import Entry, ManualForecast

__all__ = ["Decision", "DecisionGoal", "Entry", "ManualForecast", "Review", "SummaryLink"]
