"""Every kind of entry, by the name its address has."""

from studbook.animals.entry.entry_kind import GROUPS, EntryKind
from studbook.animals.entry.life_kinds import LIFE_KINDS, NEWCOMER_KINDS
from studbook.animals.entry.observation_kinds import OBSERVATION_KINDS

KINDS: dict[str, EntryKind] = {**OBSERVATION_KINDS, **LIFE_KINDS}


def kind_of(slug: str, *, needs_animal: bool) -> EntryKind | None:
    """Return the kind of that name, of an animal in the book or of one that is new to it."""
    return (KINDS if needs_animal else NEWCOMER_KINDS).get(slug)


def kinds_in_groups() -> list[tuple[str, list[EntryKind]]]:
    """Return what can be logged of an animal, grouped as a person looks for it."""
    grouped = [(group, [kind for kind in KINDS.values() if kind.group == group]) for group in GROUPS]
    return [(group, kinds) for group, kinds in grouped if kinds]


def kinds_without_animal() -> list[EntryKind]:
    """Return what brings an animal into the book that is not in it yet."""
    return list(NEWCOMER_KINDS.values())
