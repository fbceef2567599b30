"""Every kind of entry, by the name its address has."""

from studbook.animals.entry.entry_kind import GROUPS, EntryKind
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


def kinds_in_groups(animal: Animal) -> list[tuple[str, list[EntryKind]]]:
    """Return what can be logged of an animal as it is now, grouped as a person looks for it."""
    fitting = [kind for kind in KINDS.values() if _fits(kind, animal)]
    grouped = [(group, [kind for kind in fitting if kind.group == group]) for group in GROUPS]
    return [(group, kinds) for group, kinds in grouped if kinds]


def _fits(kind: EntryKind, animal: Animal) -> bool:
    if kind.slug == "birth":
        return animal.sex != Animal.Sex.MALE
    return animal.status in STATUS_FOR.get(kind.slug, Animal.Status.values)


def kinds_without_animal() -> list[EntryKind]:
    """Return what brings an animal into the book that is not in it yet."""
    return list(NEWCOMER_KINDS.values())
