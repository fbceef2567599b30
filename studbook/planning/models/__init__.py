"""Plans, what they say of pairs and animals, what the zoos answer, and what came of it."""

from studbook.planning.models.answer import Answer, AnswerLink
from studbook.planning.models.optimal import OptimalPlan, OptimalPlanQuerySet
from studbook.planning.models.outcome import Outcome
from studbook.planning.models.plan import Plan, PlanAnimal, PlanVersion
from studbook.planning.models.recommendation import Recommendation, RecommendationQuerySet

__all__ = [
    "Answer",
    "AnswerLink",
    "OptimalPlan",
    "OptimalPlanQuerySet",
    "Outcome",
    "Plan",
    "PlanAnimal",
    "PlanVersion",
    "Recommendation",
    "RecommendationQuerySet",
]
