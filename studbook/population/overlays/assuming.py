"""To assume something in an overlay, and to stop assuming it."""

from collections.abc import Callable
from decimal import Decimal

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.errors import StudbookError
from studbook.population.models import AssumedParent, Assumption, Overlay
from studbook.population.overlays import rules
from studbook.population.overlays.drafts import AssumptionDraft, ParentDraft
from studbook.population.overlays.parties import Party, animal_named, parent_named, party_named
from studbook.population.set_beside import refuse_archived, refuse_empty
from studbook.programmes.changes import changing, columns_of, save_unless_stale

NO_REASON = "An assumption needs a reason. Write what it rests on."
NO_REASON_TO_REMOVE = "To remove an assumption needs a reason. Write why it is not assumed any more."
NO_PARENT = "Name the {role}: a studbook number, a hypothetical animal, “wild” or “unknown”."


def assume(overlay: Overlay, draft: AssumptionDraft, *, by: User | None, opened_version: int) -> Assumption:
    """Add an assumption, unless the book under it would be no pedigree."""
    reason = draft.reason.strip()
    refuse_empty(reason, NO_REASON, field="reason")
    verb = f"assume {Assumption.Kind(draft.kind).label}"
    with changing(
        overlay.programme, verb, by=by, right=Right.PLAN, reason=reason, alters_numbers=False
    ) as trail:
        overlay.refresh_from_db()
        refuse_archived(overlay)
        before = columns_of(overlay)
        save_unless_stale(overlay, opened_version=opened_version, fields=[])
        rules.refuse_many(overlay)
        assumption, parents = _drafted(overlay, draft)
        rules.refuse_again(overlay, assumption)
        assumption.save()
        for parent in parents:
            parent.save()
        rules.refuse_no_pedigree(overlay)
        trail.changed(overlay, before)
        trail.created([assumption, *parents])
    return assumption


def remove_assumption(assumption: Assumption, *, by: User | None, reason: str, opened_version: int) -> None:
    """Take an assumption out of its overlay; the trail keeps it."""
    reason, overlay = reason.strip(), assumption.overlay
    refuse_empty(reason, NO_REASON_TO_REMOVE, field="reason")
    with changing(
        overlay.programme, "remove assumption", by=by, right=Right.PLAN, reason=reason, alters_numbers=False
    ) as trail:
        overlay.refresh_from_db()
        refuse_archived(overlay)
        before = columns_of(overlay)
        save_unless_stale(overlay, opened_version=opened_version, fields=[])
        rules.refuse_in_use(assumption)
        trail.changed(overlay, before)
        trail.removed([*assumption.parents.all(), assumption])
        assumption.delete()
        rules.refuse_no_pedigree(overlay)


Drafted = tuple[Assumption, list[AssumedParent]]


def _drafted(overlay: Overlay, draft: AssumptionDraft) -> Drafted:
    assumption = Assumption(overlay=overlay, kind=draft.kind, reason=draft.reason.strip())
    parents = _MAKERS[Assumption.Kind(draft.kind)](assumption, draft)
    return assumption, parents


def _parent(assumption: Assumption, draft: AssumptionDraft) -> list[AssumedParent]:
    assumption.animal = animal_named(assumption.overlay, draft.animal, field="animal")
    assumption.role = draft.role
    parents = _parents(assumption, draft, "parents")
    rules.refuse_recorded(assumption.animal, draft.role, parents)
    return parents


def _hypothetical(assumption: Assumption, draft: AssumptionDraft) -> list[AssumedParent]:
    rules.refuse_label(assumption.overlay, draft.label)
    assumption.label, assumption.sex = draft.label, draft.sex
    return _parents(assumption, draft)


def _related(assumption: Assumption, draft: AssumptionDraft) -> list[AssumedParent]:
    first, second = (
        party_named(assumption.overlay, words, field=field)
        for words, field in ((draft.animal, "animal"), (draft.other, "other"))
    )
    assumption.animal, assumption.hypothetical = first.animal, first.hypothetical
    assumption.other_animal, assumption.other_hypothetical = second.animal, second.hypothetical
    assumption.kinship = draft.kinship
    return []


def _twins(assumption: Assumption, draft: AssumptionDraft) -> list[AssumedParent]:
    assumption.animal = animal_named(assumption.overlay, draft.animal, field="animal")
    assumption.other_animal = animal_named(assumption.overlay, draft.other, field="other")
    rules.refuse_apart(assumption.animal, assumption.other_animal)
    return []


def _sex(assumption: Assumption, draft: AssumptionDraft) -> list[AssumedParent]:
    assumption.animal = animal_named(assumption.overlay, draft.animal, field="animal")
    assumption.sex = draft.sex
    rules.refuse_recorded_sex(assumption.animal, draft.sex)
    rules.refuse_turned(assumption.overlay, assumption.animal, draft.sex)
    return []


def _excluded(assumption: Assumption, draft: AssumptionDraft) -> list[AssumedParent]:
    assumption.animal = animal_named(assumption.overlay, draft.animal, field="animal")
    rules.refuse_gone(assumption.animal)
    return []


_MAKERS: dict[Assumption.Kind, Callable[[Assumption, AssumptionDraft], list[AssumedParent]]] = {
    Assumption.Kind.PARENT: _parent,
    Assumption.Kind.HYPOTHETICAL: _hypothetical,
    Assumption.Kind.RELATED: _related,
    Assumption.Kind.TWINS: _twins,
    Assumption.Kind.SEX: _sex,
    Assumption.Kind.EXCLUDED: _excluded,
}


def _parents(assumption: Assumption, draft: AssumptionDraft, field: str = "") -> list[AssumedParent]:
    return [
        parent
        for role, drafts in draft.parents
        for parent in _parents_of(assumption, role, drafts, field=field or role)
    ]


def _parents_of(
    assumption: Assumption, role: str, drafts: tuple[ParentDraft, ...], *, field: str
) -> list[AssumedParent]:
    if not drafts:
        raise StudbookError(NO_PARENT.format(role=role), field=field)
    overlay = assumption.overlay
    parties = [parent_named(overlay, each.words, field=field) for each in drafts]
    _refuse_twice(role, parties, field=field)
    for party in parties:
        rules.refuse_wrong_sex(overlay, party, role, field=field)
    shares = _shares(role, drafts, field=field)
    rules.refuse_odd_shares(role, shares, field=field)
    return [
        AssumedParent(
            assumption=assumption,
            role=role,
            kind=party.kind,
            animal=party.animal,
            hypothetical=party.hypothetical,
            probability=share,
        )
        for party, share in zip(parties, shares, strict=True)
    ]


def _refuse_twice(role: str, parties: list[Party], *, field: str) -> None:
    named = [(party.kind, party.animal, party.hypothetical) for party in parties]
    twice = next((party for party, key in zip(parties, named, strict=True) if named.count(key) > 1), None)
    if twice is not None:
        raise StudbookError(f"{twice} is named twice as a possible {role}. Name it once.", field=field)


def _shares(role: str, drafts: tuple[ParentDraft, ...], *, field: str) -> list[Decimal]:
    """Return the probabilities: as given, or equal where all were left open."""
    given = [each.probability for each in drafts if each.probability]
    if not given:
        return [(Decimal(1) / len(drafts)).quantize(Decimal("1e-9"))] * len(drafts)
    if len(given) < len(drafts):
        raise StudbookError(
            f"Some possible {role}s have a probability and some have none. Give each one, or leave all of them empty.",
            field=field,
        )
    return given
