"""Who lies above the cap of a lineage, and what a pair of such animals would bring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pedigree.whatif import Population
from studbook.core.templatetags.studbook import percent
from studbook.population.analysis import Analysis
from studbook.population.genetics.lineage_carriers import above_cap
from studbook.population.genetics.lineages import share_of
from studbook.population.models import Lineage
from studbook.programmes.models import Programme


@dataclass(frozen=True, slots=True)
class OverCap:
    """An animal's share of a lineage, above its cap."""

    lineage: Lineage
    share: float


@dataclass(frozen=True, slots=True, eq=False)
class Caps:
    """The capped lineages of a programme, with the share of each animal by its place in `rows`."""

    rows: Mapping[str, int]
    shares: tuple[tuple[Lineage, NDArray[np.float64]], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.shares)

    def above(self, lineage: Lineage) -> frozenset[str]:
        """Return the numbers of those above the cap of one lineage."""
        share = next(share for each, share in self.shares if each == lineage)
        return frozenset(
            number for number, row in self.rows.items() if above_cap(float(share[row]), lineage.cap)
        )

    def of(self, number: str) -> tuple[OverCap, ...]:
        """Return the lineages of which an animal has more than the cap; none of one that is not in the pedigree."""
        row = self.rows.get(number)
        if row is None:
            return ()
        found = ((lineage, float(share[row])) for lineage, share in self.shares)
        return tuple(OverCap(lineage, share) for lineage, share in found if above_cap(share, lineage.cap))

    def of_pair(self, sire: str, dam: str, names: Mapping[str, str] | None = None) -> tuple[str, ...]:
        """Return a sentence for each lineage of which one of the two has more than the cap.

        Their young have the mean of the two, so that they are above it only where one of the two is.
        """
        names = names or {}
        told = []
        for lineage, share in self.shares:
            known = {each: float(share[self.rows[each]]) for each in (sire, dam) if each in self.rows}
            over = {each: part for each, part in known.items() if above_cap(part, lineage.cap)}
            if over:
                told.append(_sentence(lineage, known, over, names))
        return tuple(told)

    def after(self, population: Population) -> "Caps":
        """Return the caps on a population tried, its newcomers after the animals of the book.

        Young have the mean of their parents; an import has nothing of a founder here.
        """
        rows = {number: row for row, number in enumerate(population.ids)}
        return Caps(rows, tuple((lineage, self._grown(share, population)) for lineage, share in self.shares))

    def _grown(self, share: NDArray[np.float64], population: Population) -> NDArray[np.float64]:
        found = [float(share[self.rows[each]]) for each in population.pedigree.ids]
        for each in population.newcomers:
            parents = [found[parent] for parent in (each.sire, each.dam) if parent is not None]
            found.append(sum(parents) / 2)
        return np.array(found)


def caps_of(programme: Programme, analysis: Analysis, lineages: Sequence[Lineage] | None = None) -> Caps:
    """Return the caps of a programme on an analysis; two queries, one where nothing is capped, none with the lineages."""
    rows = {number: row for row, number in enumerate(analysis.pedigree.ids)}
    shares = tuple(
        (lineage, share_of(analysis, [founder.studbook_number for founder in lineage.founders.all()])[0])
        for lineage in (capped_lineages(programme) if lineages is None else lineages)
    )
    return Caps(rows, shares)


def capped_lineages(programme: Programme) -> list[Lineage]:
    """Return the lineages with a cap, by name; two queries."""
    capped = programme.lineages.filter(cap__isnull=False).prefetch_related("founders")
    return list(capped.select_related("programme").order_by("name", "pk"))


def _sentence(
    lineage: Lineage, known: Mapping[str, float], over: Mapping[str, float], names: Mapping[str, str]
) -> str:
    who = " and ".join(f"{names.get(each) or each} has {percent(part)}" for each, part in over.items())
    sentence = f"{who} of {lineage.name}, above the cap of {percent(lineage.cap)}."
    if len(known) < len(("sire", "dam")):
        return sentence
    young = sum(known.values()) / 2
    against = "above it too" if above_cap(young, lineage.cap) else "within it"
    return f"{sentence} Their young would have {percent(young)}, {against}."
