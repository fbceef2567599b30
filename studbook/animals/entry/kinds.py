"""Every kind of entry, by the name its address has."""

from django.urls import reverse

from studbook.animals.entry.entry_kind import GROUPS, Entry, EntryKind, OfferedEntry
from studbook.animals.entry.life_kinds import LIFE_KINDS, NEWCOMER_KINDS
from studbook.animals.entry.observation_kinds import OBSERVATION_KINDS
from studbook.animals.models import Animal

KINDS: dict[str, EntryKind] = {**OBSERVATION_KINDS, **LIFE_KINDS}
GONE = (Animal.Status.RELEASED, Animal.Status.LOST)
# What is offered only of an animal in such a state; an earlier one can still be logged by its address.
STATUS_FOR: dict[str, tuple[str, ...]] = {
    "found": GONE,
    "release": (Animal.Status.LIVING,),
    "lost": (Animal.Status.LIVING,),
    "death": (Animal.Status.LIVING, *GONE),
}


def kind_of(slug: str, *, needs_animal: bool) -> EntryKind | None:
    """Return the kind of that name, of an animal in the book or of one that is new to it."""
    return (KINDS if needs_animal else NEWCOMER_KINDS).get(slug)


_offered_above: list[Entry] = []


def offer_entry(entry: Entry) -> None:
    """Let a room above offer a form of its own among the entries of an animal. Called once, from `ready`."""
    _offered_above.append(entry)


def entries_in_groups(animal: Animal, code: str) -> list[tuple[str, list[OfferedEntry]]]:
    """Return what can be logged of an animal of a programme as it is now, grouped as a person looks for it."""
    number = animal.studbook_number
    found = [
        (
            kind.group,
            OfferedEntry(kind.slug, kind.label, reverse("log_event", args=[code, number, kind.slug])),
        )
        for kind in KINDS.values()
        if _fits(kind, animal)
    ]
    found += [
        (entry.group, OfferedEntry(entry.slug, entry.label, entry.url(code, number)))
        for entry in _offered_above
        if entry.fits(animal)
    ]
    grouped = [(group, [entry for its, entry in found if its == group]) for group in GROUPS]
    return [(group, entries) for group, entries in grouped if entries]


def _fits(kind: EntryKind, animal: Animal) -> bool:
    if kind.slug == "birth":
        return animal.sex != Animal.Sex.MALE
    return animal.status in STATUS_FOR.get(kind.slug, Animal.Status.values)


def kinds_without_animal() -> list[EntryKind]:
    """Return what brings an animal into the book that is not in it yet."""
    return list(NEWCOMER_KINDS.values())
