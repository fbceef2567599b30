"""Two records of one animal made one: one keeps its number and all that is known, the other becomes void."""

from collections.abc import Iterable, Mapping

import networkx as nx

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.ancestry import ancestry_of
from studbook.animals.correcting.actions import clear_places
from studbook.animals.correcting.checking import refuse_impossible_parents
from studbook.animals.correcting.facts import FACT_COLUMNS, OTHER, PARENTS
from studbook.animals.correcting.pointing import follow_merge
from studbook.animals.correcting.reasons import needed
from studbook.animals.correcting.rewriting import rewrite, take_out
from studbook.animals.correcting.uniting import unite_events, unite_rows
from studbook.animals.keeping import keeping, locked
from studbook.animals.models import Animal, Identifier, Observation, ParentCandidate, ParentKind
from studbook.animals.retelling import retelling
from studbook.core.errors import StudbookError
from studbook.core.findings import rejected
from studbook.programmes.changes import Trail, columns_of, refuse_stale, save_unless_stale

NOTE = "note"
BOTH = "both"


def merge_animals(
    kept: Animal,
    other: Animal,
    *,
    choices: Mapping[str, str],
    by: User | None,
    reason: str,
    opened_version: int,
    other_version: int,
    acknowledged: Iterable[str] = (),
) -> None:
    """Merge a record into another of the same animal.

    `choices` says for a fact on which the two differ whose value stays, FACT_COLUMNS names the facts; without a choice
    it is that of the record that is kept. Events, marks and observations are united. Offspring and what other rooms say of
    the animal follow. The trail has all of it, and `undo_deed` takes it back.
    """
    with keeping(
        kept.programme,
        "merge records",
        by=by,
        right=Right.CORRECT,
        about=[kept, other, *offspring_of_record(other)],
        reason=needed(reason),
        acknowledged=acknowledged,
    ) as trail:
        one, two = _both_locked(kept, other)
        refuse_stale(two, opened_version=other_version)
        _take_facts(trail, one, two, choices, opened_version)
        with retelling(trail, one):
            unite_events(trail, one, two, choices)
        clear_places(trail, two)
        unite_rows(trail, Identifier, one, two)
        unite_rows(trail, Observation, one, two)
        _follow_offspring(trail, one, two)
        follow_merge(trail, one, two)
        _void(trail, two, one)
        refuse_impossible_parents(locked(one))
    kept.refresh_from_db()


def offspring_of_record(animal: Animal) -> list[Animal]:
    """Return the standing animals of which an animal is a parent or may be one; three queries."""
    possible = ParentCandidate.objects.filter(parent=animal).values("animal")
    found = [
        *Animal.objects.filter(sire=animal),
        *Animal.objects.filter(dam=animal),
        *Animal.objects.filter(pk__in=possible),
    ]
    return list({each.pk: each for each in found}.values())


def _both_locked(kept: Animal, other: Animal) -> tuple[Animal, Animal]:
    found = Animal.every.select_related("programme", "sire", "dam").in_bulk([kept.pk, other.pk])
    if len(found) < 2:
        raise StudbookError(f"{kept} cannot be merged with itself. Choose another record.")
    one, two = found[kept.pk], found[other.pk]
    if one.programme_id != two.programme_id:
        raise StudbookError(f"{two} is in another book than {one}. Choose a record of the same book.")
    for each in (one, two):
        if each.status == Animal.Status.VOID:
            raise StudbookError(f"The record {each} is void already. Choose one that stands in the book.")
    _refuse_kin(one, two)
    return one, two


def _refuse_kin(one: Animal, two: Animal) -> None:
    graph, numbers = ancestry_of(one.programme), (one.studbook_number, two.studbook_number)
    graph.add_nodes_from(numbers)
    for young, old in (numbers, numbers[::-1]):
        if nx.has_path(graph, young, old):
            sentence = (
                f"{old} is, or may be, an ancestor of {young}, so the two are not one animal. Choose another record, or "
                "correct the parents first."
            )
            raise rejected("D6", (old, young), sentence)


def _take_facts(
    trail: Trail, one: Animal, two: Animal, choices: Mapping[str, str], opened_version: int
) -> None:
    before = columns_of(one)
    taken = [name for fact, names in FACT_COLUMNS.items() if choices.get(fact) == OTHER for name in names]
    for name in taken:
        setattr(one, name, getattr(two, name))
    if choices.get(NOTE) == BOTH:
        one.note = "\n".join(filter(None, (one.note, two.note)))
    for role in PARENTS:
        if choices.get(role) == OTHER:
            _take_candidates(trail, one, two, role)
    save_unless_stale(one, opened_version=opened_version, fields=sorted({*taken, NOTE}))
    trail.changed(one, before)


def _take_candidates(trail: Trail, one: Animal, two: Animal, role: str) -> None:
    for each in one.parent_candidates.filter(role=role):
        take_out(trail, each)
    for each in two.parent_candidates.filter(role=role):
        rewrite(trail, each, animal=one)


def _follow_offspring(trail: Trail, one: Animal, two: Animal) -> None:
    for role in PARENTS:
        for young in Animal.objects.filter(**{role: two}):
            rewrite(trail, young, **{role: one})
    for candidate in ParentCandidate.objects.filter(parent=two).select_related("animal"):
        same = ParentCandidate.objects.filter(
            animal=candidate.animal, role=candidate.role, parent=one
        ).first()
        if same:
            take_out(trail, candidate)
            rewrite(trail, same, probability=same.probability + candidate.probability)
        else:
            rewrite(trail, candidate, parent=one)


def _void(trail: Trail, two: Animal, one: Animal) -> None:
    for each in two.parent_candidates.all():
        take_out(trail, each)
    unnamed = {
        f"{role}_kind": ParentKind.UNKNOWN
        for role in PARENTS
        if getattr(two, f"{role}_kind") == ParentKind.SEVERAL
    }
    rewrite(trail, two, status=Animal.Status.VOID, merged_into=one, **unnamed)
