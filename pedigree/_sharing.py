"""What animals share beyond their parents: a genome, one drawn parent, founders' ancestors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from pedigree._ingest import OUTSIDE, Candidates, Parent, Record, possible_parent
from pedigree.errors import FounderKinshipError, FounderKinshipsError, PedigreeError, TwinError

UNRELATED: Final = 0.0
NOT_INBRED: Final = 0.5
ROUNDING: Final = 1e-9


FounderKinship = Mapping[tuple[str, str], float]


def refused_twins(records: Iterable[Record]) -> Iterator[PedigreeError]:
    """Yield every reason why two animals cannot share one genome."""
    records = list(records)
    twins = [record for record in records if record.twin_of is not None]
    by_id = {record.id: record for record in records} if twins else {}
    for record in twins:
        fact = _refused_twin(record, by_id)
        if fact:
            yield TwinError(record.id, str(record.twin_of), *fact)


def _refused_twin(record: Record, by_id: Mapping[str, Record]) -> tuple[str, str] | None:
    other = by_id.get(str(record.twin_of))
    if other is None:
        return f"{record.twin_of} has no row", f"Add a row for {record.twin_of}"
    if other.id == record.id:
        return "these are one animal", "Name another animal"
    for field, one, two in (
        ("sire", _options(record.sire), _options(other.sire)),
        ("dam", _options(record.dam), _options(other.dam)),
        ("sex", record.sex, other.sex),
        ("litter", record.litter, other.litter),
    ):
        if one != two:
            return f"they do not have the same {field}", f"Give both the same {field}"
    return None


def _options(parent: Parent) -> dict[str | int, float]:
    if not possible_parent(parent):
        return {}
    return dict(parent) if isinstance(parent, tuple) else {parent: 1.0}


def genomes(twins: Iterable[tuple[int, int]], size: int) -> NDArray[np.int32]:
    """Return for each row the first row that has the same genome."""
    genome = np.arange(size, dtype=np.int32)
    for one, other in twins:
        low, high = sorted((int(genome[one]), int(genome[other])))
        genome[genome == high] = low
    return genome


def draws(
    several: Mapping[tuple[int, str], Candidates],
    litter: Mapping[int, str | None],
    genome: NDArray[np.int32],
) -> dict[tuple[int, str], int]:
    """Return a number for each place with several candidates, equal where one parent was drawn for all.

    Identical twins have one parent; so have litter-mates with the same candidates.
    """
    numbers: dict[object, int] = {}
    found = {}
    for (row, role), options in sorted(several.items()):
        key = (role, options, litter[row] if litter[row] is not None else int(genome[row]))
        found[row, role] = numbers.setdefault(key, len(numbers))
    return found


def refused_founder_kinship(given: FounderKinship, records: Iterable[Record]) -> Iterator[PedigreeError]:
    """Yield every reason why a kinship cannot be that of two founders."""
    by_id = {record.id: record for record in records} if given else {}
    for (one, other), value in given.items():
        yield from _refused_kinship(given, one, other, value, by_id)


def _refused_kinship(
    given: FounderKinship, one: str, other: str, value: float, by_id: Mapping[str, Record]
) -> Iterator[PedigreeError]:
    for animal in dict.fromkeys((one, other)):
        record = by_id.get(animal)
        if record is None:
            yield FounderKinshipError(one, other, f"{animal} has no row", f"Add a row for {animal}")
        elif record.sire not in OUTSIDE or record.dam not in OUTSIDE:
            remedy = "Give kinships of founders only; those of others follow from their parents"
            yield FounderKinshipError(
                one, other, f"{animal} has parents that are neither wild nor unknown", remedy
            )
    if one == other and not NOT_INBRED <= value <= 1:
        remedy = "Give (1 + F)/2, from 0.5 for an animal that is not inbred to 1"
        yield FounderKinshipError(one, other, f"{value:g} is no kinship of an animal with itself", remedy)
    elif not UNRELATED <= value <= 1:
        yield FounderKinshipError(one, other, f"{value:g} is no kinship", "Give a number from 0 to 1")
    if one < other and (other, one) in given and given[other, one] != value:
        fact = f"it is given twice, as {value:g} and as {given[other, one]:g}"
        yield FounderKinshipError(one, other, fact, "Give it once")


def contradictions(
    given: FounderKinship, rows: Mapping[str, int], genome: NDArray[np.int32]
) -> Iterator[PedigreeError]:
    """Yield the reasons why founders' kinships, each possible alone, cannot all be true."""
    if not given:
        return
    merged: dict[tuple[int, int], float] = {}
    for (one, other), value in given.items():
        pair = _genome_pair(rows[one], rows[other], genome)
        if merged.setdefault(pair, value) != value or (pair[0] == pair[1] and value < NOT_INBRED):
            fact = f"{value:g} cannot be true beside what is given for an identical twin"
            yield FounderKinshipError(one, other, fact, "Give the kinships of one of the twins only")
    names = {int(genome[rows[animal]]): animal for pair in given for animal in pair}
    yield from _impossible_together(merged, names)


def _impossible_together(
    merged: Mapping[tuple[int, int], float], names: Mapping[int, str]
) -> Iterator[PedigreeError]:
    founders = sorted({row for pair in merged for row in pair})
    place = {row: i for i, row in enumerate(founders)}
    kinship = np.diag(np.full(len(founders), NOT_INBRED))
    for (one, other), value in merged.items():
        kinship[place[one], place[other]] = kinship[place[other], place[one]] = value
    values, vectors = np.linalg.eigh(kinship)
    if len(founders) and values[0] < -ROUNDING:
        # The animals that make up the impossible direction are those to look at again.
        heavy = np.abs(vectors[:, 0]) > ROUNDING
        yield FounderKinshipsError(sorted(names[founders[i]] for i in np.flatnonzero(heavy)))


def related(
    given: FounderKinship, rows: Mapping[str, int], genome: NDArray[np.int32]
) -> dict[tuple[int, int], float]:
    """Return the founders' kinships by their rows, without those that every founder has; or refuse them."""
    for error in contradictions(given, rows, genome):
        raise error
    merged = {
        _genome_pair(rows[one], rows[other], genome): float(value) for (one, other), value in given.items()
    }
    usual = {
        pair: value
        for pair, value in merged.items()
        if value == (NOT_INBRED if pair[0] == pair[1] else UNRELATED)
    }
    return {pair: merged[pair] for pair in sorted(merged.keys() - usual.keys())}


def _genome_pair(one: int, other: int, genome: NDArray[np.int32]) -> tuple[int, int]:
    low, high = sorted((int(genome[one]), int(genome[other])))
    return low, high


def kept_genome(genome: NDArray[np.int32], kept: NDArray[np.intp]) -> NDArray[np.int32]:
    """Return the genomes of the rows kept: the first row that is kept stands for its twins."""
    _, first, which = np.unique(genome[kept], return_index=True, return_inverse=True)
    return np.asarray(first[which], dtype=np.int32)


def kept_related(
    related: Mapping[tuple[int, int], float], genome: NDArray[np.int32], kept: Sequence[int]
) -> dict[tuple[int, int], float]:
    """Return the founders' kinships among the rows kept, by their new rows."""
    first: dict[int, int] = {}
    for new, old in enumerate(kept):
        first.setdefault(int(genome[old]), new)
    pairs = {
        (first[one], first[other]): value
        for (one, other), value in related.items()
        if one in first and other in first
    }
    return dict(sorted((min(pair, pair[::-1]), value) for pair, value in pairs.items()))
