"""From which founders an animal's genes come, and through which of them it is inbred."""

from dataclasses import dataclass

from pedigree.founders import founder_table
from pedigree.partial import partial_inbreeding
from studbook.animals.models import Animal
from studbook.population.genetics.figures import Figures
from studbook.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class FounderShare:
    """A founder of one animal: its share of the animal's genome and of the population's genes, its part of the animal's F.

    `animal` is None for a parent without a row and for an animal that only an overlay assumes; `label` names it. `bar` is how long its bar is beside that of the largest, in per cent.
    """

    label: str
    animal: Animal | None
    share: float
    partial_inbreeding: float
    contribution: float | None
    bar: float


def founder_shares(programme: Programme, figures: Figures, number: str) -> list[FounderShare]:
    """Return the founders of an animal, the largest share first; one query."""
    pedigree = figures.analysis.pedigree
    own = pedigree.pruned_to_ancestors(pedigree.mask([number]))
    table, partial = founder_table(own, own.mask([number])), partial_inbreeding(own)
    parts = dict(zip(partial.founders.labels(own), partial.matrix[own.row(number)].tolist(), strict=True))
    labels = table.labels(own)
    animals = {each.studbook_number: each for each in programme.animals.filter(studbook_number__in=labels)}
    among = dict(zip(figures.founders.labels(pedigree), figures.founders.contribution.tolist(), strict=True))
    largest = float(table.contribution.max())
    shares = [
        FounderShare(
            label,
            animals.get(label),
            share,
            parts[label],
            among.get(label) if figures.analysis.living.any() else None,
            round(100 * share / largest, 2),
        )
        for label, share in zip(labels, table.contribution.tolist(), strict=True)
        if share > 0
    ]
    return sorted(shares, key=lambda each: (-each.share, each.label))
