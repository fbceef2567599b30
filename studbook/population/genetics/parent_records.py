"""A pedigree as it would be if one animal had another sire or dam."""

from collections.abc import Iterator, Mapping

import networkx as nx

from pedigree.structure import UNKNOWN, WILD, Parent, Pedigree, Record


def with_parent(pedigree: Pedigree, animal: str, role: str, parent: Parent) -> Pedigree:
    """Return the pedigree with one parent changed; an identical twin changes with its twin.

    Raises PedigreeError where that cannot be, as when the parent descends from the animal.
    """
    genome = pedigree.genome[pedigree.row(animal)]
    changed = {pedigree.ids[row] for row in range(len(pedigree)) if pedigree.genome[row] == genome}
    related = {
        (pedigree.ids[one], pedigree.ids[other]): kinship
        for (one, other), kinship in pedigree.related.items()
    }
    records = _records(pedigree, changed, role, parent)
    return Pedigree.from_records(records, founder_kinship=related or None)


def _records(pedigree: Pedigree, changed: set[str], role: str, parent: Parent) -> Iterator[Record]:
    litters = _litters(pedigree)
    for row, animal in enumerate(pedigree.ids):
        parents = {each: recorded_parent(pedigree, row, each) for each in ("sire", "dam")}
        if animal in changed:
            parents[role] = parent
        genome = int(pedigree.genome[row])
        twin = pedigree.ids[genome] if genome != row else None
        yield Record(animal, **parents, sex=int(pedigree.sex[row]), twin_of=twin, litter=litters.get(row))


def recorded_parent(pedigree: Pedigree, row: int, role: str) -> Parent:
    """Return a parent of a row as a record holds it."""
    options = tuple(
        (pedigree.ids[parent] if parent >= 0 else parent, chance)
        for parent, chance in pedigree.possible(row, role)
    )
    return options[0][0] if len(options) == 1 else options


def parent_words(parent: Parent) -> str:
    """Return a parent as people write it, each of several with its probability."""
    if isinstance(parent, tuple):
        return " or ".join(f"{parent_words(each)} {100 * chance:.0f} %" for each, chance in parent)
    return {WILD: "WILD", UNKNOWN: "UNKNOWN"}.get(parent, str(parent)) if isinstance(parent, int) else parent


def _litters(pedigree: Pedigree) -> Mapping[int, str]:
    """Return a label for each row whose uncertain parent is drawn together with another's."""
    shared: nx.Graph[tuple[str, int]] = nx.Graph()
    for (row, _), draw in pedigree.draws.items():
        shared.add_edge(("row", row), ("draw", draw))
    labels: dict[int, str] = {}
    for label, together in enumerate(nx.connected_components(shared)):
        rows = [number for kind, number in together if kind == "row"]
        if len(rows) > 1:
            labels |= {row: str(label) for row in rows}
    return labels
