"""Lineages: the share of some founders in the living, today and through time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree.founders import SELF, founder_table
from pedigree.lineages import lineage_share
from studbook.animals.models import Animal
from studbook.population.analysis import Analysis
from studbook.population.basis import Basis, analysis_on
from studbook.population.genetics.lineage_carriers import ROUNDING
from studbook.population.models import Lineage

MOST_BY_NUMBER = 60


@dataclass(frozen=True, slots=True, eq=False)
class LineageShare:
    """A lineage among the living. `share` runs over every animal; the figures are None when nobody lives.

    `missing` are founders that are none on this basis, as when an overlay gives them parents: they count for nothing.
    """

    lineage: Lineage
    founders: list[Animal]
    share: NDArray[np.float64]
    mean: float | None
    highest: float | None
    above: int
    missing: list[str]


def lineage_shares(basis: Basis) -> list[LineageShare]:
    """Return every lineage of the programme by name; two queries beside those of an analysis."""
    return [
        shared(basis, lineage)
        for lineage in basis.programme.lineages.prefetch_related("founders").order_by("name")
    ]


def shared(basis: Basis, lineage: Lineage) -> LineageShare:
    """Return one lineage among the living; one query for its founders unless they were prefetched."""
    return share_among(basis, lineage, list(lineage.founders.all()))


def share_among(basis: Basis, lineage: Lineage, founders: list[Animal]) -> LineageShare:
    """Return the share of some founders among the living, as of a lineage that need not be kept; no query."""
    analysis = analysis_on(basis)
    share, missing = share_of(analysis, [animal.studbook_number for animal in founders])
    living = share[analysis.living]
    return LineageShare(
        lineage,
        founders,
        share,
        float(living.mean()) if len(living) else None,
        float(living.max()) if len(living) else None,
        0 if lineage.cap is None else int((living > lineage.cap + ROUNDING).sum()),
        missing,
    )


def share_of(analysis: Analysis, names: Sequence[str]) -> tuple[NDArray[np.float64], list[str]]:
    """Return each animal's share of genes from founders by their names, and the names that are no founder's."""
    pedigree = analysis.pedigree
    known = set(founder_table(pedigree, analysis.living).labels(pedigree))
    return lineage_share(pedigree, [name for name in names if name in known]), [
        name for name in names if name not in known
    ]


def founders_among_living(basis: Basis) -> list[Animal]:
    """Return the animals of the book that are founders with genes in the living; one query.

    By number, or where they are more than MOST_BY_NUMBER, whose genes are most first.
    """
    analysis = analysis_on(basis)
    table = founder_table(analysis.pedigree, analysis.living)
    given = {
        analysis.pedigree.ids[row]: float(contribution)
        for row, role, contribution in zip(table.rows, table.role, table.contribution, strict=True)
        if role == SELF and contribution > 0
    }
    found = list(basis.programme.animals.filter(studbook_number__in=given))
    if len(found) <= MOST_BY_NUMBER:
        return found
    return sorted(found, key=lambda animal: -given[animal.studbook_number])


def founders_offered(basis: Basis, lineage: Lineage | None = None) -> list[Animal]:
    """Return the animals of the book that are founders, and those of a lineage, by number; two queries at most."""
    analysis = analysis_on(basis)
    table = founder_table(analysis.pedigree, analysis.living)
    rows = [row for row, role in zip(table.rows, table.role, strict=True) if role == SELF]
    # A founder chosen when it was one stays to be seen, and to be taken out.
    chosen = lineage.founders.values_list("studbook_number", flat=True) if lineage else []
    numbers = {*(analysis.pedigree.ids[row] for row in rows), *chosen}
    return list(basis.programme.animals.filter(studbook_number__in=numbers))
