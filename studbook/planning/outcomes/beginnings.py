"""Since when a plan in force recommends something: from its publication, or from the change that added or altered it."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import cast

from django.utils import timezone

from studbook.planning.models import Plan, PlanAnimal, PlanVersion, Recommendation
from studbook.planning.outcomes.kinds import Kind, Subject
from studbook.planning.plans.lines import NO_BREEDING, Line, PlanLines
from studbook.planning.plans.versions import LINES, inputs_in
from studbook.population.cache import Kept

IN_FORCE = (PlanVersion.Kind.FINAL, PlanVersion.Kind.INTERIM)
MOST_KEPT = 128

Key = tuple[int, str]
Words = tuple[str, int | None, str]
Said = Mapping[int, Words] | None

_said: Kept[Key, Said] = Kept(MOST_KEPT)


@dataclass(frozen=True, slots=True)
class Sent:
    """A version that was in force, without what it holds."""

    key: Key
    kind: str
    frozen_at: datetime


@dataclass(frozen=True)
class Beginnings:
    """The versions of some plans in force, in their order. What they hold is read in one query, and only if it is asked for."""

    sent: Mapping[int, tuple[Sent, ...]]

    def published_at(self, plan: int) -> datetime | None:
        """Return when a plan was published; of plans from before this book no version tells."""
        finals = (each.frozen_at for each in self.sent.get(plan, ()) if each.kind == PlanVersion.Kind.FINAL)
        return next(finals, None)

    def of(self, kind: Kind, subject: Subject, plan: Plan) -> date:
        """Return since when a plan recommends something."""
        if isinstance(subject, Recommendation):
            return self._of_pair(subject, plan)
        return self._of_row(kind, subject, plan)

    def _of_pair(self, pair: Recommendation, plan: Plan) -> date:
        """Return the plan's publication, or the day on which a change of the plan in force added the pair."""
        published, began = cast(date, plan.published_on), self.published_at(plan.pk)
        if began and pair.made_at > began:
            return max(published, pair.made_at.date())
        return published

    def _of_row(self, kind: Kind, row: PlanAnimal, plan: Plan) -> date:
        """Return since when the versions say this of the row without a break.

        What no version says yet begins no earlier than now, or than it ended.
        """
        published, ended = cast(date, plan.published_on), row.removed_at
        sent = [each for each in self.sent.get(plan.pk, ()) if ended is None or each.frozen_at <= ended]
        if not sent:
            return published
        since = None
        for each in reversed(sent):
            if not self._may_say(each, kind, row):
                break
            since = published if each.kind == PlanVersion.Kind.FINAL else each.frozen_at.date()
        if since is None:
            ends = (ended.date() if ended else None, plan.closed_on, timezone.localdate())
            since = min(each for each in ends if each)
        return max(published, since)

    def _may_say(self, version: Sent, kind: Kind, row: PlanAnimal) -> bool:
        """Tell whether a version says this of a row; one that cannot be read speaks against nothing."""
        said = _said.get(version.key, lambda: _read(self._held[version.key]))
        if said is None:
            return True
        if row.pk not in said:
            return False
        disposition, destination, breeding = said[row.pk]
        if kind == Kind.NO_BREEDING:
            return breeding == NO_BREEDING
        return (disposition, destination) == (row.disposition, row.destination_id)

    @cached_property
    def _held(self) -> dict[Key, PlanVersion]:
        keys = [each.key[0] for versions in self.sent.values() for each in versions]
        held = PlanVersion.objects.filter(pk__in=keys).only("digest", "inputs")
        return {(each.pk, each.digest): each for each in held}


def beginnings_of(plans: Collection[int]) -> Beginnings:
    """Read which versions of plans were in force; one query."""
    sent: defaultdict[int, list[Sent]] = defaultdict(list)
    versions = PlanVersion.objects.filter(plan__in=plans, kind__in=IN_FORCE).order_by("number")
    for plan, key, digest, kind, at in versions.values_list("plan", "pk", "digest", "kind", "frozen_at"):
        sent[plan].append(Sent((key, digest), kind, at))
    return Beginnings({plan: tuple(found) for plan, found in sent.items()})


def _read(version: PlanVersion) -> Said:
    inputs = inputs_in(version)
    if LINES not in inputs:
        return None
    return {each.row: _words(each) for each in PlanLines.from_dict(inputs[LINES]).animals}


def _words(line: Line) -> Words:
    return line.disposition, line.destination, line.breeding
