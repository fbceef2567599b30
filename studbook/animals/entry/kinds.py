"""Every kind of entry, by the name its address has."""

from studbook.animals.entry.entry_kind import GROUPS, EntryKind
from studbook.animals.entry.observation_kinds import OBSERVATION_KINDS

KINDS: dict[str, EntryKind] = {**OBSERVATION_KINDS}


def kinds_in_groups() -> list[tuple[str, list[EntryKind]]]:
    """Return what can be logged of an animal, grouped as a person looks for it."""
    of_animals = [kind for kind in KINDS.values() if kind.needs_animal]
    grouped = [(group, [kind for kind in of_animals if kind.group == group]) for group in GROUPS]
    return [(group, kinds) for group, kinds in grouped if kinds]


def kinds_without_animal() -> list[EntryKind]:
    """Return what brings an animal into the book that is not in it yet."""
    return [kind for kind in KINDS.values() if not kind.needs_animal]
