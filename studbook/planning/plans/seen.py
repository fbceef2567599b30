"""What a person saw before publishing, and what has changed since: a plan goes out as it was seen, or not at all."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from studbook.animals.models import Animal
from studbook.core.findings import NOTIFY, REJECT, Finding, RuleError
from studbook.core.keys import key_of
from studbook.core.models import AuditChange, AuditEntry
from studbook.planning.models import Plan, PlanAnimal, Recommendation
from studbook.planning.paper.frozen import inputs_of
from studbook.planning.paper.packing import written
from studbook.planning.plans.judging import judged
from studbook.planning.plans.lines import PlanLines

# These may move on and change nothing that the plan's rows or numbers are made of.
VOLATILE = ("revision", "software", "people", "read_on")
MOST_TOLD = 12


@dataclass(frozen=True, slots=True)
class Seen:
    """The last deed that a page could show, and a digest of all that its plan was made of."""

    entry: int
    digest: str

    def __str__(self) -> str:
        return f"{self.entry}-{self.digest}"

    @classmethod
    def from_words(cls, words: str) -> "Seen":
        """Return what a form says was seen; words that no page wrote fit no plan."""
        entry, _, digest = words.partition("-")
        return cls(key_of(entry) or 0, digest)


class PlanMovedOnError(RuleError):
    """The book or the plan changed between what was seen and what would be published; `changes` say what."""

    status = 409

    def __init__(self, plan: Plan, changes: tuple[str, ...]) -> None:
        told = "; ".join(changes) or "a number or a day that the plan stands on"
        sentence = f"Nothing was sent out: since you looked at {plan}, this has changed: {told}. Look again, then send it out."
        super().__init__([Finding("D9", REJECT, (), sentence)])
        self.changes = changes


@dataclass(frozen=True, slots=True)
class Look:
    """A plan as it is at one moment: what a version would freeze, its lines, what stands against it, a mark of all these."""

    inputs: Mapping[str, Any]
    lines: PlanLines
    findings: tuple[Finding, ...]
    seen: Seen


def look_at(plan: Plan) -> Look:
    """Return what a page shows of a plan before it is sent out; a fixed number of queries.

    The last deed is read first: what is done while the rest is read is told as a change. The lines are those of the inputs,
    so that what is shown is what the mark is of.
    """
    last = AuditEntry.objects.filter(programme=plan.programme_id).order_by("-pk").values_list("pk", flat=True)
    entry = last.first() or 0
    inputs = inputs_of(plan)
    lines = PlanLines.from_dict(inputs["lines"])
    findings = tuple(judged(plan, lines))
    return Look(inputs, lines, findings, Seen(entry, _digest(inputs, findings)))


def refuse_unseen(plan: Plan, look: Look, words: str) -> None:
    """Refuse to send out what is not what the person saw; asked under the lock (D9)."""
    seen = Seen.from_words(words)
    if seen.digest != look.seen.digest:
        raise PlanMovedOnError(plan, changes_since(plan, seen.entry))


def changes_since(plan: Plan, entry: int) -> tuple[str, ...]:
    """Return what was done to a plan and its animals after a deed, in words; five queries."""
    animals = set(plan.animals.values_list("animal", flat=True))
    names = {each.pk: str(each) for each in Animal.every.filter(pk__in=animals)}
    rows = set(plan.animals.values_list("pk", flat=True))
    pairs = set(plan.recommendations.values_list("pk", flat=True))
    touched = AuditChange.objects.filter(entry__programme=plan.programme_id, entry_id__gt=entry)
    told: dict[tuple[int, str], None] = {}
    others = False
    for change in touched.select_related("entry").order_by("pk"):
        label, key = change.record, change.record_id
        own = (
            (label == PlanAnimal._meta.label_lower and key in rows)
            or (label == Recommendation._meta.label_lower and key in pairs)
            or (label == Plan._meta.label_lower and key == plan.pk)
        )
        if own:
            told[change.entry_id, _deed(change.entry)] = None
        elif change.animal in animals:
            told[change.entry_id, f"{names.get(change.animal, 'an animal')}: {_deed(change.entry)}"] = None
        elif change.animal is not None:
            others = True
    words = [each for _, each in told]
    if others and len(words) < MOST_TOLD:
        words.append("other animals of the book, on which the numbers stand")
    return tuple(dict.fromkeys(words))[:MOST_TOLD]


def _deed(entry: AuditEntry) -> str:
    return f"{entry.verb}, by {entry.actor_name} at {timezone.localtime(entry.at):%H:%M}"


def _digest(inputs: Mapping[str, Any], findings: Iterable[Finding]) -> str:
    # A warning that came since was read by nobody, though nothing else moved.
    against = [each.sentence for each in findings if each.level != NOTIFY]
    return hashlib.sha256(written({"inputs": _lasting(inputs), "against": against})).hexdigest()


def _lasting(told: Any) -> Any:
    """Return plain values without those, at any depth, that say nothing of the plan itself."""
    if isinstance(told, Mapping):
        return {name: _lasting(value) for name, value in told.items() if name not in VOLATILE}
    return [_lasting(each) for each in told] if isinstance(told, list | tuple) else told
