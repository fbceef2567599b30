"""Which males the plan names for a dam, as the form of a birth proposes them."""

from collections.abc import Iterable

from studbook.animals.models import Animal
from studbook.planning.models import Recommendation


def recommended_mates(dam: Animal) -> Iterable[int | None]:
    """Return the males recommended for a dam, the latest first; one query."""
    standing = Recommendation.objects.standing().filter(dam=dam).order_by("-made_at", "-pk")
    return standing.values_list("sire", flat=True)
