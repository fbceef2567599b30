"""Add whole animals to a book: identity, parents, events, and the timelines that follow from them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import networkx as nx
from django.db.models import Model

from studbook.animals.ancestry import ancestry_of, refuse_loop
from studbook.animals.draft_rules import refuse_impossible
from studbook.animals.drafts import AnimalDraft, EventDraft, ParentDraft
from studbook.animals.models import Animal, Event, Holding, Identifier, Ownership, ParentCandidate
from studbook.animals.timeline import Period, Timeline, TimelineProblem, build_timeline
from studbook.core.dates import FIRST_DAY, DateInterval, interval_columns
from studbook.institutions.models import Institution, Participation
from studbook.programmes.changes import BATCH, Trail
from studbook.programmes.models import Programme

Record = TypeVar("Record", bound=Model)
Timelines = dict[str, Timeline[Institution]]
LARGEST_ORDER = 2**31 - 1


@dataclass(slots=True)
class AddedAnimals:
    """What came in, by studbook number, and what did not fit in the timelines of each animal."""

    animals: dict[str, Animal]
    problems: list[tuple[str, TimelineProblem]] = field(default_factory=list)


def add_animals(
    trail: Trail, programme: Programme, drafts: Sequence[AnimalDraft], *, historical: bool = False
) -> AddedAnimals:
    """Add these animals to a programme's book within the change whose trail is given; all of them or none.

    Refuses a number that is taken, a parent that is not in the book, possible parents whose probabilities do not
    add to one, an animal that would be its own ancestor, a second birth or death, and, unless the book is a
    `historical` one, a number of a form that new animals are not given.
    """
    known = {animal.studbook_number: animal for animal in Animal.every.filter(programme=programme)}
    refuse_impossible(drafts, known, historical=historical)
    _refuse_loops(programme, drafts)
    timelines = {
        draft.studbook_number: build_timeline(draft.events_for_timeline(), as_of=programme.as_of)
        for draft in drafts
    }
    for generation in _generations(drafts):
        animals = [_animal(programme, draft, timelines[draft.studbook_number], known) for draft in generation]
        known |= {animal.studbook_number: animal for animal in _create(trail, Animal, animals)}
    _add_events_and_periods(trail, drafts, timelines, known)
    _create(trail, ParentCandidate, _candidates(drafts, known))
    _create(trail, Identifier, _identifiers(drafts, known))
    add_participations(trail, programme, [each for draft in drafts for each in _institutions(draft)])
    added = {draft.studbook_number: known[draft.studbook_number] for draft in drafts}
    return AddedAnimals(
        added, [(number, each) for number in timelines for each in timelines[number].problems]
    )


def add_participations(trail: Trail, programme: Programme, institutions: Iterable[Institution]) -> None:
    """Note that these institutions take part in a programme, where that is not noted yet."""
    noted = set(programme.participations.values_list("institution_id", flat=True))
    new = {each.pk: each for each in institutions if each.pk not in noted}
    _create(
        trail, Participation, [Participation(programme=programme, institution=new[pk]) for pk in sorted(new)]
    )


def number_order(studbook_number: str) -> int:
    """Return the first run of digits, so that 9 sorts before 10, and T12 beside 12."""
    digits = re.search(r"[0-9]+", studbook_number)
    return min(int(digits[0]), LARGEST_ORDER) if digits else 0


def _refuse_loops(programme: Programme, drafts: Sequence[AnimalDraft]) -> None:
    graph = ancestry_of(programme)
    for draft in drafts:
        graph.add_node(draft.studbook_number)
        graph.add_edges_from((draft.studbook_number, parent) for parent in draft.parent_numbers)
    refuse_loop(graph, [draft.studbook_number for draft in drafts])


def _generations(drafts: Sequence[AnimalDraft]) -> Iterator[list[AnimalDraft]]:
    # The database refuses a known parent without its row, so parents go in before their offspring.
    by_number = {draft.studbook_number: draft for draft in drafts}
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(by_number)
    graph.add_edges_from(
        (parent, draft.studbook_number)
        for draft in drafts
        for parent in (draft.sire.studbook_number, draft.dam.studbook_number)
        if parent in by_number
    )
    for generation in nx.topological_generations(graph):
        yield [by_number[number] for number in generation]


def _animal(
    programme: Programme, draft: AnimalDraft, timeline: Timeline[Institution], known: dict[str, Animal]
) -> Animal:
    return Animal(
        programme=programme,
        studbook_number=draft.studbook_number,
        number_order=number_order(draft.studbook_number),
        house_name=draft.house_name,
        sex=draft.sex,
        birth_type=draft.birth_type,
        rearing=draft.rearing,
        status=timeline.status,
        note=draft.note,
        **interval_columns("birth", draft.birth),
        **interval_columns("death", _death_of(programme, draft, timeline)),
        **_parent_columns("sire", draft.sire, known),
        **_parent_columns("dam", draft.dam, known),
    )


def _death_of(
    programme: Programme, draft: AnimalDraft, timeline: Timeline[Institution]
) -> DateInterval | None:
    if timeline.status != Animal.Status.DEAD:
        return None
    told = draft.death or next((event.date for event in draft.events if event.kind == Event.Kind.DEATH), None)
    # A death on a day nobody wrote down lies between the birth and the day of the book.
    earliest = draft.birth.earliest if draft.birth else FIRST_DAY
    return told or DateInterval(earliest, max(earliest, programme.as_of), "on an unknown day")


def _parent_columns(role: str, parent: ParentDraft, known: dict[str, Animal]) -> dict[str, Any]:
    animal = known[parent.studbook_number] if parent.studbook_number else None
    return {f"{role}_kind": parent.kind, role: animal}


def _add_events_and_periods(
    trail: Trail, drafts: Sequence[AnimalDraft], timelines: Timelines, known: dict[str, Animal]
) -> None:
    rows = [(known[draft.studbook_number], draft, timelines[draft.studbook_number]) for draft in drafts]
    events = (
        _event(animal, sequence, event)
        for animal, draft, _ in rows
        for sequence, event in enumerate(draft.events, 1)
    )
    _create(trail, Event, list(events))
    stays = (_holding(animal, stay) for animal, _, timeline in rows for stay in timeline.holdings)
    _create(trail, Holding, list(stays))
    periods = (_ownership(animal, each) for animal, _, timeline in rows for each in timeline.ownerships)
    _create(trail, Ownership, list(periods))


def _event(animal: Animal, sequence: int, draft: EventDraft) -> Event:
    return Event(
        animal=animal,
        sequence=sequence,
        kind=draft.kind,
        institution=draft.institution,
        from_institution=draft.from_institution,
        local_id=draft.local_id,
        terms=draft.terms,
        cause=draft.cause,
        note=draft.note,
        raw_code=draft.raw_code,
        physical=draft.physical,
        ownership=draft.ownership,
        direction=draft.direction,
        **interval_columns("date", draft.date),
    )


def _holding(animal: Animal, stay: Period[Institution]) -> Holding:
    return Holding(
        animal=animal, institution=stay.place, start=stay.start, end=stay.end, local_id=stay.local_id
    )


def _ownership(animal: Animal, period: Period[Institution]) -> Ownership:
    return Ownership(animal=animal, institution=period.place, start=period.start, end=period.end)


def _candidates(drafts: Sequence[AnimalDraft], known: dict[str, Animal]) -> list[ParentCandidate]:
    return [
        ParentCandidate(
            animal=known[draft.studbook_number], role=role, parent=known[number], probability=probability
        )
        for draft in drafts
        for role, parent in (("sire", draft.sire), ("dam", draft.dam))
        for number, probability in parent.candidates
    ]


def _identifiers(drafts: Sequence[AnimalDraft], known: dict[str, Animal]) -> list[Identifier]:
    return [
        Identifier(
            animal=known[draft.studbook_number],
            kind=each.kind,
            value=each.value,
            institution=each.institution,
            active=each.active,
        )
        for draft in drafts
        for each in draft.identifiers
    ]


def _institutions(draft: AnimalDraft) -> Iterator[Institution]:
    for event in draft.events:
        yield from (each for each in (event.institution, event.from_institution) if each)


def _create(trail: Trail, model: type[Record], records: list[Record]) -> list[Record]:
    created = model._default_manager.bulk_create(records, batch_size=BATCH)
    trail.created(created)
    return created
