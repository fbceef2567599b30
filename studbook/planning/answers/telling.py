"""The interim change that a plan in force was changed by last, and the institutions that are to be told of it with its note."""

from dataclasses import dataclass

from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.planning.answers.asked import Asked, asked_in
from studbook.planning.models import Plan, PlanVersion
from studbook.planning.plans.differences import places_concerned
from studbook.planning.plans.staleness import last_version
from studbook.planning.plans.versions import lines_in


@dataclass(frozen=True, slots=True)
class LastChange:
    """An interim change, and the keys of the institutions of whose animals it says something else than the version before."""

    version: PlanVersion
    places: frozenset[int]

    @property
    def note(self) -> str:
        return self.version.note

    def concerns(self, institution: Institution) -> bool:
        return institution.pk in self.places


def last_change(plan: Plan) -> LastChange | None:
    """Return the interim change that a plan stands at; None where its last version is another kind. Four queries at most."""
    version = last_version(plan)
    if version is None or version.kind != PlanVersion.Kind.INTERIM:
        return None
    former = plan.versions.defer("inputs", "figures").filter(number__lt=version.number).last()
    if former is None:
        return None
    return LastChange(version, places_concerned(lines_in(former), lines_in(version)))


def change_told_to(plan: Plan, institution: Institution) -> LastChange | None:
    """Return the change that an institution is told of; None where there is none or it concerns others."""
    change = last_change(plan)
    return change if change and change.concerns(institution) else None


def places_of(change: LastChange) -> list[Institution]:
    """Return the institutions that a change concerns, by name, without wild areas; one query."""
    found = Institution.objects.filter(pk__in=change.places).exclude(kind=Institution.Kind.WILD)
    return list(found.order_by("name", "pk"))


def asked_by_change(plan: Plan) -> list[Asked]:
    """Return what each institution that the last change concerns is asked; one whose animals were taken out is asked nothing."""
    change = last_change(plan)
    if change is None:
        raise StudbookError(
            f"The last version of {plan} is no interim change, so there is none to tell of. Send the plan instead."
        )
    asked: dict[int, Asked] = {each.institution.pk: each for each in asked_in(plan)}
    return [asked.get(place.pk, Asked(place, ())) for place in places_of(change)]
