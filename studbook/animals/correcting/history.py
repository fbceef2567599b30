"""The history of an animal: every deed on it and on what belongs to it, each fact before and after in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Model, Prefetch

from studbook.animals.correcting.states import MODELS, Key, changes_on, state_now
from studbook.animals.correcting.undoing import undoable_among
from studbook.animals.models import Animal
from studbook.core.columns import columns_of
from studbook.core.models import AuditChange, AuditEntry
from studbook.core.wording import Wording

NOUNS = {"holding": "stay", "ownership": "ownership", "parentcandidate": "possible parent"}
UNSAID = object()
MADE, REMOVED, CHANGED = "new", "removed", "changed"


@dataclass(frozen=True, slots=True)
class History:
    """The records that are or were an animal's, and the deeds on them, newest first."""

    keys: frozenset[Key]
    deeds: tuple[int, ...]

    @property
    def newest(self) -> int:
        return self.deeds[0] if self.deeds else 0


@dataclass(frozen=True, slots=True)
class FactChange:
    fact: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RecordChange:
    """What became of one record: its noun and kind, whether it was made, removed or changed, and its facts."""

    noun: str
    kind: str
    what: str
    facts: tuple[FactChange, ...]


@dataclass(frozen=True, slots=True)
class DeedLine:
    """One deed: `is_now` for the newest, after which the animal is as it stands."""

    entry: AuditEntry
    changes: tuple[RecordChange, ...]
    is_now: bool
    can_be_undone: bool


def history_of(animal: Animal) -> History:
    """Return which deeds touched an animal and what belongs or belonged to it."""
    changes = changes_on(animal, state_now(animal))
    keys = frozenset((change.record, change.record_id) for change in changes)
    return History(keys, tuple(sorted({change.entry_id for change in changes}, reverse=True)))


def lines_of(history: History, deeds: Sequence[int]) -> list[DeedLine]:
    """Return some deeds of a history as they are shown; the same number of queries for any number of deeds."""
    shown = AuditChange.objects.filter(record_id__in={pk for _, pk in history.keys}).order_by("pk")
    entries = AuditEntry.objects.filter(pk__in=deeds).order_by("-pk")
    found = list(entries.prefetch_related(Prefetch("changes", shown, to_attr="shown")))
    told = {
        each.pk: [change for change in each.shown if (change.record, change.record_id) in history.keys]
        for each in found
    }
    wording = Wording(
        (MODELS[change.record], columns)
        for changes in told.values()
        for change in changes
        for columns in (change.before, change.after)
    )
    undoable = undoable_among(found)
    return [
        DeedLine(each, _in_words(told[each.pk], wording), each.pk == history.newest, each.pk in undoable)
        for each in found
    ]


def _in_words(changes: Sequence[AuditChange], wording: Wording) -> tuple[RecordChange, ...]:
    lines = [record_change(each, MODELS[each.record], wording) for each in _collapsed(changes)]
    return tuple(each for each in lines if each.facts or each.what != CHANGED)


def _collapsed(changes: Iterable[AuditChange]) -> list[AuditChange]:
    """Return one change for each record that a deed touched more than once: from its first state to its last."""
    whole: dict[tuple[str, int], AuditChange] = {}
    for change in changes:
        first = whole.setdefault((change.record, change.record_id), change)
        first.after = change.after
    return [each for each in whole.values() if each.before is not None or each.after is not None]


def record_change(change: AuditChange, model: type[Model], wording: Wording) -> RecordChange:
    """Return what a deed did to a record of a model, in words."""
    before, after = wording.said(model, change.before), wording.said(model, change.after)
    kind = {**before, **after}.get("kind", "")
    what = MADE if change.before is None else REMOVED if change.after is None else CHANGED
    # Of a whole record only what somebody said of it is told.
    usual = {} if what == CHANGED else wording.said(model, columns_of(model())) | {"kind": kind}
    facts = tuple(
        FactChange(fact, before.get(fact, ""), after.get(fact, ""))
        for fact in {**before, **after}
        if before.get(fact, "") != after.get(fact, "")
        and usual.get(fact, UNSAID) not in (before.get(fact), after.get(fact))
    )
    noun = NOUNS.get(model._meta.model_name or "", str(model._meta.verbose_name))
    return RecordChange(noun, kind, what, facts)
