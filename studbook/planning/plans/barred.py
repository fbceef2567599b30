"""Which animals of a plan's pairs may breed no longer: contracepted, neutered or barred since a version was frozen."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone

from studbook.animals.models import Observation
from studbook.core.models import AuditChange
from studbook.planning.models import PlanVersion
from studbook.planning.plans.lines import BANKED, Line, PlanLines
from studbook.reproduction.status.standing import CONTRACEPTED, State, observed_by, standing_of

OBSERVATION = Observation._meta.label_lower
TOLD = ("kind", "what")  # what of an observation bars an animal; a corrected day or note does not bar it anew


def barred_since(version: PlanVersion, lines: PlanLines, known: Collection[int]) -> dict[str, str]:
    """Return by number why animals of pairs, that could breed when a version was frozen, cannot today.

    `known` are the pairs of the version. A bar counts that began since, or that was entered since whenever it began. Two queries
    at most. Banked semen outlives what its donor can, so of its pair the dam alone counts.
    """
    watched = _watched(lines, known)
    if not watched:
        return {}
    day, then = today(), timezone.localdate(version.frozen_at)
    observed = observed_by(day, Q(animal__in=list(watched)))
    now = {key: bars for key, rows in observed.items() if (bars := _bars(standing_of(rows, day).states))}
    if not now:
        return {}
    since = _entered_since([each for key in now for each in observed[key]], version.frozen_at)
    found = {}
    for key, bars in now.items():
        former = [
            each
            for each in observed[key]
            if each.pk not in since and (each.date is None or each.date.earliest <= then)
        ]
        if new := [
            each for what, each in bars.items() if what not in _bars(standing_of(former, then).states)
        ]:
            found[watched[key].number] = _sentence(watched[key], new[0])
    return found


def today() -> date:
    return timezone.localdate()


def _watched(lines: PlanLines, known: Collection[int]) -> dict[int, Line]:
    """Return the living animals, by key, that are to mate themselves in the pairs known."""
    numbers = set()
    for pair in lines.pairs:
        if pair.pair in known:
            numbers |= {pair.dam} if pair.method == BANKED else {pair.sire, pair.dam}
    return {line.animal: line for line in lines.animals if line.number in numbers and line.is_living}


def _bars(states: Iterable[State]) -> Mapping[str, State]:
    return {each.what: each for each in states if each.bars or each.what == CONTRACEPTED}


def _entered_since(observed: Iterable[Observation], moment: datetime) -> set[int]:
    changes = AuditChange.objects.filter(
        record=OBSERVATION, record_id__in=[each.pk for each in observed], entry__at__gt=moment
    )
    return {each.record_id for each in changes if _tells(each)}


def _tells(change: AuditChange) -> bool:
    before, after = change.before or {}, change.after or {}
    return any(before.get(name) != after.get(name) for name in TOLD)


def _sentence(line: Line, bar: State) -> str:
    may = "may no longer breed" if bar.bars else "may not breed for now"
    return f"{line.words} {may}: {bar.sentence.rstrip('.')}."
