"""The interim changes of a plan in force, and the institutions that are to be told of them with their notes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise, takewhile

from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.planning.answers.asked import Asked, asked_in
from studbook.planning.models import AnswerLink, Plan, PlanVersion
from studbook.planning.plans.differences import places_concerned
from studbook.planning.plans.versions import lines_in


@dataclass(frozen=True, slots=True)
class InterimChange:
    """An interim change, and the keys of the institutions of whose animals it says something else than the version before."""

    version: PlanVersion
    places: frozenset[int]

    @property
    def note(self) -> str:
        return self.version.note


@dataclass(frozen=True, slots=True)
class ToTell:
    """The last interim change, whom a tap on the button tells, and those of them that were sent no link since what concerns them.

    `earlier` are told of a change before it alone.
    """

    version: PlanVersion
    places: tuple[Institution, ...]
    untold: tuple[Institution, ...]
    earlier: tuple[Institution, ...]


def changes_of(plan: Plan) -> tuple[InterimChange, ...]:
    """Return the interim changes of a plan in force, the newest first; none where its last version is another kind.

    A query, and two for each change that was not read before.
    """
    versions = list(plan.versions.defer("inputs", "figures").order_by("-number"))
    interim = list(takewhile(lambda each: each.kind == PlanVersion.Kind.INTERIM, versions))
    return tuple(
        InterimChange(version, places_concerned(lines_in(former), lines_in(version)))
        for version, former in pairwise(versions[: len(interim) + 1])
    )


def changes_told_to(plan: Plan, institution: Institution) -> tuple[InterimChange, ...]:
    """Return the changes that concern an institution, the newest first."""
    return tuple(each for each in changes_of(plan) if institution.pk in each.places)


def last_linked(plan: Plan, links: Iterable[AnswerLink] | None = None) -> dict[int, datetime]:
    """Return when each institution got its last link, of those made before some new ones; one query."""
    found = AnswerLink.objects.filter(plan=plan).exclude(pk__in=[each.pk for each in links or ()])
    return dict(found.order_by("made_at").values_list("institution", "made_at"))


def untold(
    changes: Iterable[InterimChange], linked: Mapping[int, datetime], place: int
) -> tuple[InterimChange, ...]:
    """Return the changes that concern an institution and came after its last link."""
    since = linked.get(place)
    return tuple(
        each for each in changes if place in each.places and (since is None or each.version.frozen_at > since)
    )


def to_tell(plan: Plan, linked: Mapping[int, datetime]) -> ToTell | None:
    """Return whom the changes concern: of the last one everybody, of those before it who was not told; None without a change.

    `linked` tells when each institution got its last link. A query beside those of the changes.
    """
    changes = changes_of(plan)
    if not changes:
        return None
    concerned = frozenset().union(*(each.places for each in changes))
    behind = {place for place in concerned if untold(changes, linked, place)}
    places = Institution.objects.filter(pk__in=changes[0].places | behind)
    found = tuple(places.exclude(kind=Institution.Kind.WILD).order_by("name", "pk"))
    return ToTell(
        changes[0].version,
        found,
        untold=tuple(each for each in found if each.pk in behind),
        earlier=tuple(each for each in found if each.pk not in changes[0].places),
    )


def asked_by_change(plan: Plan) -> list[Asked]:
    """Return what each institution that is to be told is asked; one whose animals were taken out is asked nothing."""
    told = to_tell(plan, last_linked(plan))
    if told is None:
        raise StudbookError(
            f"The last version of {plan} is no interim change, so there is none to tell of. Send the plan instead."
        )
    asked: dict[int, Asked] = {each.institution.pk: each for each in asked_in(plan)}
    return [asked.get(place.pk, Asked(place, ())) for place in told.places]
