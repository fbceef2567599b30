"""The founders of the living: what each gave, what of it survives, and what it should give at best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pedigree.founders import FounderTable, founder_equivalents, founder_representation
from pedigree.genedrop import GeneDrop
from pedigree.retention import (
    founder_genome_equivalents_1989,
    founder_genomes_surviving,
    potential_gene_diversity,
    target_contributions,
)
from pedigree.structure import UNKNOWN, WILD, Pedigree
from studbook.animals.models import Animal
from studbook.population.analysis import Analysis
from studbook.population.basis import Basis
from studbook.population.codes import SEX_OF_ROLE
from studbook.population.genetics.figures import Figures, figures_on
from studbook.population.genetics.founder_reach import SELF, living_descendants
from studbook.population.numbers import or_none

ORIGINS = {
    frozenset({WILD}): "wild",
    frozenset({UNKNOWN}): "not recorded",
    frozenset({WILD, UNKNOWN}): "wild and not recorded",
}
PARTLY = "one of several possible"


@dataclass(frozen=True, slots=True)
class FounderRow:
    """One founder. `animal` is the founder itself, or the animal whose missing `role` it is; None for a hypothetical one.

    Shares are of the living population's genes; what a gene drop tells is None where there is none.
    """

    number: str
    role: str
    animal: Animal | None
    sex: str
    origin: str
    living: bool
    descendants: int
    contribution: float
    representation: float
    target: float | None
    retention: float | None
    retention_error: float | None
    lost: float | None
    lost_error: float | None

    @property
    def label(self) -> str:
        return self.number if self.role == SELF else f"{self.role} of {self.number}"

    @property
    def difference(self) -> float | None:
        return None if self.target is None else self.contribution - self.target

    @property
    def difference_words(self) -> str:
        """The difference in hundredths, its sign always."""
        points = round(100 * (self.difference or 0.0), 2)
        return f"{points:+.2f}".replace("-", "−") if points else "0.00"


@dataclass(frozen=True, slots=True)
class Founders:
    """The founders with genes in the living, the dead lines, and their totals. Without a gene drop `reason` says why."""

    rows: list[FounderRow]
    dead_lines: list[FounderRow]
    known_only: bool
    equivalents: float | None
    reason: str
    surviving: float | None = None
    surviving_error: float | None = None
    potential_gene_diversity: float | None = None
    genome_equivalents_1989: float | None = None
    drops: int | None = None
    seed: int | None = None

    @property
    def contribution(self) -> float:
        return sum(row.contribution for row in self.rows)

    @property
    def target(self) -> float:
        return sum(row.target or 0.0 for row in (*self.rows, *self.dead_lines))

    @property
    def representation(self) -> float:
        return sum(row.representation for row in self.rows)


def founders_on(basis: Basis, *, known_only: bool) -> Founders:
    """Return every founder; one query beside those of the figures.

    Raises NoFiguresError where a figure is impossible; kinships of founders only leave out what a gene drop tells.
    """
    figures = figures_on(basis)
    table = figures.known_founders if known_only else figures.founders
    numbers = {figures.analysis.pedigree.ids[row] for row in table.rows}
    animals = basis.programme.animals.filter(studbook_number__in=numbers)
    return founders_of(figures, {each.studbook_number: each for each in animals}, known_only=known_only)


def founders_of(figures: Figures, animals: Mapping[str, Animal], *, known_only: bool) -> Founders:
    """Return every founder, given the animals by studbook number; no query."""
    analysis = figures.analysis
    table = figures.known_founders if known_only else figures.founders
    drop = figures.known_drop if known_only else figures.drop
    rows = _rows(animals, analysis, table, drop, known_only=known_only)
    founders = Founders(
        rows=[row for row in rows if row.contribution > 0],
        dead_lines=[row for row in rows if not row.contribution > 0],
        known_only=known_only,
        equivalents=or_none(founder_equivalents(table.contribution)),
        reason=figures.undropped,
    )
    return _with_drop(founders, table, drop) if drop else founders


def _with_drop(founders: Founders, table: FounderTable, drop: GeneDrop) -> Founders:
    return replace(
        founders,
        surviving=founder_genomes_surviving(drop.retention),
        surviving_error=drop.surviving_error,
        potential_gene_diversity=or_none(potential_gene_diversity(drop.retention)),
        genome_equivalents_1989=or_none(founder_genome_equivalents_1989(table.contribution, drop.retention)),
        drops=drop.drops,
        seed=drop.seed,
    )


def _rows(
    animals: Mapping[str, Animal],
    analysis: Analysis,
    table: FounderTable,
    drop: GeneDrop | None,
    *,
    known_only: bool,
) -> list[FounderRow]:
    pedigree, living = analysis.pedigree, analysis.living
    numbers = [pedigree.ids[row] for row in table.rows]
    copies = founder_representation(pedigree, living, unknown_as_founders=not known_only)
    descendants = living_descendants(pedigree, table, living)
    told = _told(drop, len(table))
    return [
        FounderRow(
            number,
            role,
            animals.get(number),
            SEX_OF_ROLE.get(role) or analysis.sex_of(number),
            _origin(pedigree, int(row), role),
            bool(living[row]) and role == SELF,
            int(descendants[at]),
            float(np.nan_to_num(table.contribution[at])),
            float(copies[at]),
            *(column[at] for column in told),
        )
        for at, (number, row, role) in enumerate(zip(numbers, table.rows, table.role, strict=True))
    ]


def _told(drop: GeneDrop | None, count: int) -> list[list[float | None]]:
    if drop is None:
        return [[None] * count] * 5
    columns: Sequence[NDArray[np.float64]] = (
        target_contributions(drop.retention),
        drop.retention,
        drop.retention_error,
        drop.lost,
        drop.lost_error,
    )
    return [[or_none(float(value)) for value in column] for column in columns]


def _origin(pedigree: Pedigree, row: int, role: str) -> str:
    roles = ("sire", "dam") if role == SELF else (role,)
    codes = [code for each in roles for code, _ in pedigree.possible(row, each)]
    return ORIGINS.get(frozenset(codes), PARTLY)
