"""What the bank keeps of the gene diversity, computed once for a book and its stock."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from pedigree.banking import BankDiversity, gene_diversity_with_bank, kept_by_bank
from pedigree.errors import NumericalError, RelatedFoundersError
from pedigree.stake import carried_genes, genomes_carried
from studbook.population.analysis import Analysis, NoFiguresError
from studbook.population.bank.stock import ACCOUNTS, Donor, donors_of, numbers_of
from studbook.population.basis import Basis, Key
from studbook.population.cache import Kept
from studbook.population.numbers import or_none
from studbook.population.pair.stakes import DROPS, SEED, UNDROPPED
from studbook.population.wider import analysis_with
from studbook.reproduction.models import Sample

MOST_KEPT = 8


@dataclass(frozen=True, slots=True)
class Diversity:
    """Gene diversity of some living and some donors; None where there is nobody to measure."""

    donors: int
    without: float | None
    with_bank: float | None
    plain: float | None

    @classmethod
    def of(cls, found: BankDiversity, donors: int) -> Self:
        return cls(donors, or_none(found.without), or_none(found.with_bank), or_none(found.plain))

    @property
    def gain(self) -> float | None:
        """What the bank adds, from 0 up."""
        if self.without is None or self.with_bank is None:
            return None
        return self.with_bank - self.without


@dataclass(frozen=True, slots=True)
class Genomes:
    """Founder genomes that the living carry, and that the living and the bank do, with standard errors."""

    without: float
    without_error: float
    with_bank: float
    with_error: float

    @property
    def added(self) -> float:
        return self.with_bank - self.without


@dataclass(frozen=True, slots=True)
class DonorRow:
    """A donor: `count` is how much it counts with the bank (None for the living, who count once), `kept` what its samples keep."""

    donor: Donor
    living: bool
    mean_kinship: float | None
    count: float | None
    kept: float | None


@dataclass(frozen=True, slots=True)
class Share:
    """One account of the bank, by itself."""

    account: str
    label: str
    diversity: Diversity


@dataclass(frozen=True, slots=True)
class BankGenes:
    """What the bank keeps: today, by account, and were every living donor dead; without a gene drop `undropped` says why."""

    today: Diversity
    accounts: list[Share]
    donors_dead: Diversity
    genomes: Genomes | None
    undropped: str
    rows: list[DonorRow]

    @property
    def living_donors(self) -> int:
        return sum(row.living for row in self.rows)


Stock = tuple[tuple[str, frozenset[str]], ...]
_kept: Kept[tuple[Key, Stock], "_Figures"] = Kept(MOST_KEPT, edition=lambda key: key[0][:2])


@dataclass(frozen=True, slots=True, eq=False)
class _Figures:
    today: BankDiversity
    accounts: dict[str, BankDiversity]
    donors_dead: BankDiversity
    kept: NDArray[np.float64]
    genomes: Genomes | None


def bank_genes(basis: Basis) -> BankGenes:
    """Return what the bank keeps on a basis; one query beside those of an analysis not kept yet.

    Raises NoFiguresError with a sentence, as analysis_on.
    """
    donors = donors_of(basis.programme)
    analysis = analysis_with(basis, numbers_of(donors))
    # Who came into the book since the analysis waits for the next one.
    known = set(analysis.pedigree.ids)
    donors = [donor for donor in donors if donor.number in known]
    stock = tuple((donor.number, frozenset(each.account for each in donor.samples)) for donor in donors)
    try:
        found = _kept.get((basis.key, stock), lambda: _figures(analysis, donors))
    except NumericalError as error:
        raise NoFiguresError(str(error)) from error
    return BankGenes(
        today=Diversity.of(found.today, len(donors)),
        accounts=[
            Share(account, str(Sample.Account(account).label), Diversity.of(found.accounts[account], held))
            for account in ACCOUNTS
            for held in [sum(account in accounts for _, accounts in stock)]
        ],
        donors_dead=Diversity.of(found.donors_dead, len(donors)),
        genomes=found.genomes,
        undropped="" if found.genomes else UNDROPPED,
        rows=_rows(analysis, donors, found),
    )


def _figures(analysis: Analysis, donors: Sequence[Donor]) -> _Figures:
    kinship, living = analysis.kinship, analysis.measured
    every = _mask(analysis, donors)
    accounts = {
        str(account): gene_diversity_with_bank(
            kinship, living, _mask(analysis, [donor for donor in donors if donor.units_in(account)])
        )
        for account in ACCOUNTS
    }
    return _Figures(
        today=gene_diversity_with_bank(kinship, living, every),
        accounts=accounts,
        donors_dead=gene_diversity_with_bank(kinship, living & ~every, every),
        kept=kept_by_bank(kinship, living, every),
        genomes=_genomes(analysis, every),
    )


def _mask(analysis: Analysis, donors: Collection[Donor]) -> NDArray[np.bool_]:
    return analysis.population.mask(numbers_of(donors))


def _genomes(analysis: Analysis, donors: NDArray[np.bool_]) -> Genomes | None:
    population, living = analysis.population, analysis.measured
    try:
        carried = carried_genes(population, living | donors, drops=DROPS, seed=SEED)
    except RelatedFoundersError:
        return None
    alive, everyone = (
        [population.ids[row] for row in np.flatnonzero(mask)] for mask in (living, living | donors)
    )
    return Genomes(*genomes_carried(carried, alive), *genomes_carried(carried, everyone))


def _rows(analysis: Analysis, donors: Sequence[Donor], found: _Figures) -> list[DonorRow]:
    rows = []
    for donor in donors:
        row = analysis.population.row(donor.number)
        living = bool(analysis.measured[row])
        rows.append(
            DonorRow(
                donor,
                living,
                or_none(analysis.mean_kinships[row]),
                None if living else float(found.today.counts[row]),
                or_none(found.kept[row]),
            )
        )
    return sorted(rows, key=lambda row: -(row.kept or 0.0))
