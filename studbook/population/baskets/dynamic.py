"""The dynamic mean-kinship list: whom to breed one after the other, on the book or after the steps of a basket."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from pedigree.dynamic import dynamic_mean_kinship_list
from studbook.core.downloads import Cell, Table, neutral
from studbook.population.basis import Basis
from studbook.population.baskets.proposals import Proposal, candidates_after
from studbook.population.baskets.reckoning import Reckoning, reckoned
from studbook.population.breeders import Breeder
from studbook.population.models import BasketStep

COLUMNS = (
    "place",
    "sire",
    "sire_name",
    "dam",
    "dam_name",
    "mk_sire",
    "mk_dam",
    "f_offspring",
    "delta_gd",
    "gene_diversity",
    "above_cap",
    "sire_barred_by",
    "dam_barred_by",
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How many pairs are wanted, how often one animal may be chosen, and the F that young must stay below; None for none.

    With `caps` nobody above the cap of a lineage is chosen; with `barred` also those who cannot breed today.
    """

    wanted: int
    per_sire: int | None = None
    per_dam: int | None = None
    inbreeding: float | None = None
    caps: bool = False
    barred: bool = False


@dataclass(frozen=True, slots=True)
class DynamicList:
    """The choices in their order, from where they start; fewer than wanted when no pair is left.

    `left_out` are those of breeding age who cannot breed today, where they were not asked for.
    """

    start: Reckoning
    limits: Limits
    rows: Sequence[Proposal]
    left_out: tuple[Breeder, ...] = ()

    @property
    def digest(self) -> str:
        """What tells whether another list names the same pairs in the same order."""
        pairs = [[row.choice.sire, row.choice.dam] for row in self.rows]
        return sha256(json.dumps(pairs).encode()).hexdigest()

    @property
    def short(self) -> bool:
        return len(self.rows) < self.limits.wanted


def dynamic_list(basis: Basis, limits: Limits, steps: Sequence[BasketStep] = ()) -> DynamicList:
    """Return the list on a basis after some steps, fetched whole; five queries once the analysis is kept."""
    start = reckoned(basis, steps)
    candidates = candidates_after(start, barred=limits.barred)
    if limits.caps:
        candidates = candidates.within_caps()
    choices = dynamic_mean_kinship_list(
        start.after,
        wanted=limits.wanted,
        sires=candidates.sires,
        dams=candidates.dams,
        per_sire=limits.per_sire,
        per_dam=limits.per_dam,
        inbreeding_limit=limits.inbreeding,
    )
    return DynamicList(start, limits, candidates.proposals(choices), candidates.left_out)


def dynamic_table(rows: Sequence[Proposal]) -> Table:
    """Return the list as a table, numbers in full."""
    return Table(COLUMNS, ([neutral(cell) for cell in _line(row)] for row in rows))


def _line(row: Proposal) -> list[Cell]:
    sides: list[Cell] = []
    for side in (row.sire, row.dam):
        sides += [side.label, side.breeder.animal.house_name if side.breeder else ""]
    choice = row.choice
    numbers = [choice.mk_sire, choice.mk_dam, choice.f_offspring, choice.delta_gd, choice.gene_diversity]
    bars = [side.breeder.barred_by if side.breeder else "" for side in (row.sire, row.dam)]
    return [row.place, *sides, *numbers, " ".join(row.above_caps), *bars]
