"""What a book may never say, whatever people did to it: each function returns sentences, none where the book is sound."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.db.models import Model, Q, Sum

from studbook.animals.keeping import _findings, _rules
from studbook.animals.models import (
    Animal,
    Event,
    Holding,
    Identifier,
    NotSame,
    Observation,
    Ownership,
    ParentCandidate,
    ParentKind,
)
from studbook.animals.retelling import _events, _same, _stored, _told
from studbook.core.columns import columns_of
from studbook.core.models import AuditChange
from studbook.institutions.models import Participation
from studbook.programmes.models import Programme
from studbook.transfers.machine import MOVING
from studbook.transfers.models import Document, Permit, Transfer, TransferAnimal, TransferStep

Key = tuple[str, int]
Tables = dict[Key, dict[str, Any]]

TRAILED: tuple[type[Model], ...] = (
    Animal, Event, Observation, Identifier, Holding, Ownership, ParentCandidate, NotSame, Participation,
    Transfer, TransferAnimal, TransferStep, Permit, Document,
)  # fmt: skip
# An event that is taken out leaves its transfer standing, without it; the trail has the event.
UNLINKED = {TransferAnimal._meta.label_lower: "event_id"}


def tables_now() -> Tables:
    """Return every row of which the trail keeps the changes."""
    return {
        (model._meta.label_lower, row.pk): columns_of(row)
        for model in TRAILED
        for row in model._base_manager.all()
    }


def replayed(start: Tables, after: int) -> tuple[Tables, list[str]]:
    """Return the tables as the trail tells them from a start on, and where it does not tell one story."""
    tables, wrong = dict(start), []
    for change in AuditChange.objects.filter(pk__gt=after).order_by("pk"):
        key = (change.record, change.record_id)
        if key[0] not in {model._meta.label_lower for model in TRAILED}:
            continue
        if not _alike(key[0], tables.get(key), change.before):
            wrong.append(
                f"the trail says {key} was {change.before} before {change.entry}, it was {tables.get(key)}"
            )
        if change.after is None:
            tables.pop(key, None)
        else:
            tables[key] = change.after
    return tables, wrong


def untold(start: Tables, after: int) -> list[str]:
    """Say which rows are not what the trail tells."""
    told, wrong = replayed(start, after)
    now = tables_now()
    return wrong + [
        f"{key} is {now.get(key)}, and the trail tells {told.get(key)}"
        for key in sorted({*told, *now})
        if not _alike(key[0], told.get(key), now.get(key))
    ]


def _alike(record: str, told: dict[str, Any] | None, is_now: dict[str, Any] | None) -> bool:
    free = UNLINKED.get(record)
    if told is None or is_now is None or free is None:
        return told == is_now
    return {**told, free: None} == {**is_now, free: None}


def contradictions(programme: Programme) -> list[str]:
    """Say where the book contradicts itself."""
    animals = list(Animal.every.filter(programme=programme).select_related("programme", "sire", "dam"))
    told = [sentence for animal in animals for sentence in _of_animal(animal)]
    return [*told, *_of_transfers(programme), *_of_rules(programme), *_of_candidates(programme)]


def _of_animal(animal: Animal) -> Iterable[str]:
    stays, owners = list(animal.holdings.order_by("start", "pk")), list(animal.ownerships.all())
    is_open = [each for each in stays if each.end is None]
    if animal.status == Animal.Status.VOID:
        if stays or owners:
            yield f"void {animal} has stays or owners"
        if animal.identifiers.filter(active=True).exists():
            yield f"void {animal} bears a mark"
        return
    # A living animal whose last arrival was taken out is nowhere: the book warns of it (C5), and lets it stand.
    if len(is_open) > (animal.status == Animal.Status.LIVING) or not (is_open or _is_nowhere(animal)):
        yield f"{animal} is {animal.status} with {len(is_open)} open stays"
    if sum(each.end is None for each in owners) > 1:
        yield f"{animal} has two owners"
    if any(before.end is None or before.end > after.start for before, after in pairwise(stays)):
        yield f"{animal} is in two places: {stays}"
    events = _events(animal)
    if not _same(_told(events), _stored(animal)):
        yield f"{animal}: {_stored(animal)} does not follow from {events}: {_told(events)}"
    if problems := _told(events).problems:
        yield f"{animal}: {problems}"
    yield from _of_life(animal, events)
    for role, wrong_sex in (("sire", "F"), ("dam", "M")):
        parent = getattr(animal, role)
        if parent and (parent.sex == wrong_sex or parent.status == Animal.Status.VOID):
            yield f"{animal} has the {role} {parent}: {parent.sex} {parent.status}"


def _is_nowhere(animal: Animal) -> bool:
    if animal.status != Animal.Status.LIVING:
        return True
    return any(each.code == "C5" for each in _findings(animal.programme, [animal.pk], _rules))


def _of_life(animal: Animal, events: list[Event]) -> Iterable[str]:
    death = next((each for each in events if each.kind == Event.Kind.DEATH), None)
    if (death and death.date) != animal.death or bool(death) != (animal.status == Animal.Status.DEAD):
        yield f"{animal} is {animal.status}, died {animal.death}, and its event says {death}"
    birth = next((each for each in events if each.kind == Event.Kind.BIRTH), None)
    if birth and birth.date != animal.birth:
        yield f"{animal} was born {animal.birth}, its event says {birth.date}"


def _of_transfers(programme: Programme) -> Iterable[str]:
    for line in TransferAnimal.objects.filter(transfer__programme=programme).select_related(
        "transfer", "animal"
    ):
        moving = line.transfer.state in MOVING and not line.left_out
        if line.open != moving:
            yield f"{line} is open={line.open} in a transfer that is {line.transfer.state} ({line.left_out})"
        if line.open and line.animal.status != Animal.Status.LIVING:
            yield f"{line} is open, and the animal is {line.animal.status}"
        if line.event and line.event.animal_id != line.animal_id:
            yield f"{line} has an event of {line.event.animal}"


def _of_rules(programme: Programme) -> Iterable[str]:
    every = set(programme.animals.values_list("pk", flat=True))
    return [
        f"{each.code} {each.sentence}"
        for each in _findings(programme, every, _rules)
        if each.level == "reject"
    ]


def _of_candidates(programme: Programme) -> Iterable[str]:
    for animal in programme.animals.all():
        for role in ("sire", "dam"):
            found = animal.parent_candidates.filter(role=role)
            several = getattr(animal, f"{role}_kind") == ParentKind.SEVERAL
            if several != found.exists():
                yield f"{animal} has {found.count()} possible {role}s and is {getattr(animal, f'{role}_kind')}"
            if several and abs(found.aggregate(sum=Sum("probability"))["sum"] - 1) > 1e-6:
                yield f"the possible {role}s of {animal} do not add up to one: {list(found)}"
    wrong = Q(role="sire", parent__sex="F") | Q(role="dam", parent__sex="M") | Q(parent__status="void")
    for each in ParentCandidate.objects.filter(wrong, animal__programme=programme).exclude(
        animal__status="void"
    ):
        yield f"{each} cannot be: {each.parent.sex} {each.parent.status}"
