"""Founders' genes that only a pair still carries, and what a litter of theirs would save."""

from dataclasses import dataclass

from pedigree.errors import RelatedFoundersError
from pedigree.founders import founder_table
from pedigree.stake import CarriedGenes, carried_genes, genes_at_stake
from studbook.animals.models import Animal
from studbook.population.basis import Basis, Key, analysis_on
from studbook.population.cache import Kept

DROPS, SEED = 2048, 1
MOST_KEPT = 4
LITTERS = (1, 2, 4)
SHOWN = 0.0005  # of a gene, what is not nought in three decimals
UNDROPPED = (
    "Founders are taken as related, and a gene drop must know which of their genes are copies of one, which a kinship "
    "does not tell. Without that assumption there is an answer."
)


@dataclass(frozen=True, slots=True)
class FounderStake:
    """One founder: of its two genes how many only the pair carries, and how many litters of `LITTERS` young would save."""

    label: str
    animal: Animal | None
    only: float
    saved: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Stakes:
    """The founders with genes at stake, the most first, and the totals. Without a gene drop `reason` says why."""

    rows: list[FounderStake]
    only: float = 0.0
    only_error: float = 0.0
    saved: tuple[float, ...] = ()
    reason: str = ""


_kept: Kept[Key, CarriedGenes | None] = Kept(MOST_KEPT, edition=lambda key: key[:2])


def stakes_of(basis: Basis, sire: Animal, dam: Animal) -> Stakes:
    """Return what is at stake with two of the living; one query, and the genes are dropped once for a basis."""
    carried = _kept.get(basis.key, lambda: _carried(basis))
    if carried is None:
        return Stakes([], reason=UNDROPPED)
    pair = sire.studbook_number, dam.studbook_number
    if not all(number in carried.place for number in pair):
        return Stakes([], reason="One of the two is not among the living measured.")
    found = [genes_at_stake(carried, *pair, litter=litter) for litter in LITTERS]
    analysis = analysis_on(basis)
    labels = founder_table(analysis.pedigree, analysis.living).labels(analysis.pedigree)
    shown = [at for at, only in enumerate(found[0].only) if only >= SHOWN]
    animals = {
        each.studbook_number: each
        for each in basis.programme.animals.filter(studbook_number__in=[labels[at] for at in shown])
    }
    rows = [
        FounderStake(
            labels[at],
            animals.get(labels[at]),
            float(found[0].only[at]),
            tuple(float(each.saved[at]) for each in found),
        )
        for at in shown
    ]
    return Stakes(
        sorted(rows, key=lambda row: -row.only),
        float(found[0].only.sum()),
        found[0].only_error,
        tuple(float(each.saved.sum()) for each in found),
    )


def _carried(basis: Basis) -> CarriedGenes | None:
    analysis = analysis_on(basis)
    try:
        return carried_genes(analysis.pedigree, analysis.living, drops=DROPS, seed=SEED)
    except RelatedFoundersError:
        return None
