"""The pairs of a plan with the numbers they have in it, and what all its litters together would do."""

from collections.abc import Mapping, Set
from typing import Any

import numpy as np

from pedigree.kinship import kinship_matrix
from pedigree.mating import what_if_offspring
from pedigree.paths import InbreedingPaths, inbreeding_paths
from pedigree.structure import FEMALE, MALE
from pedigree.whatif import Population
from studbook.animals.models import Animal
from studbook.planning.paper.plain import Plain, columns_of
from studbook.planning.paper.remade import Remade
from studbook.population.analysis import genetics_of
from studbook.population.breeders import limits_of
from studbook.population.explanation import FIRST_ANCESTORS, PairExplanation, ancestor_rows
from studbook.population.pairs import PairList, PairRow, pair_list
from studbook.population.sentences import pair_sentences

NUMBERS = ("f_offspring", "mk_sire", "mk_dam", "mk_difference", "delta_gd")
FIGURES = ("living", "mean_kinship", "gene_diversity", "founder_genome_equivalents", "mean_inbreeding")


def pairs_figures(book: Remade, told: Plain) -> dict[str, Any]:
    """Return each pair in the plan's order, and the population before and after one young of each litter."""
    lines = told["pairs"]
    if book.analysis.summary is None:
        return {"rows": [_unmeasured(line, book.analysis.reason) for line in lines], "after": None}
    wide = _Wide(book, [number for line in lines for number in (line["sire"], line["dam"])])
    return {
        "rows": [wide.pair(line) for line in lines],
        "total": wide.ranked.total,
        "before": columns_of(wide.population.figures, *FIGURES),
        "after": columns_of(wide.after(lines).figures, *FIGURES) if lines else None,
    }


def _unmeasured(line: Plain, why: str) -> dict[str, Any]:
    return {
        "pair": line["pair"],
        "sire": line["sire"],
        "dam": line["dam"],
        "why_not": why,
        **dict.fromkeys((*NUMBERS, "rank", "distance_km", "known", "above_limit")),
        "sentences": [],
        "ancestors": [],
    }


class _Wide:
    """The living, their ancestors, and whoever else is paired: a dead donor need not be an ancestor of anybody."""

    def __init__(self, book: Remade, paired: list[str]) -> None:
        self.book, analysis = book, book.analysis
        self.ranked = _pairs(book, {number for number, each in book.breeders.items() if each.breedable})
        self.measured = {
            (row.numbers.sire, row.numbers.dam): row
            for row in _pairs(book, book.breeders.keys() & set(paired))
        }
        known = set(analysis.pedigree.ids)
        self.paired = [number for number in paired if number in known]
        if set(self.paired) <= set(analysis.population.ids):
            self.pedigree, self.kinship, self.living = (
                analysis.population,
                analysis.kinship,
                analysis.measured,
            )
        else:
            wanted = analysis.living | analysis.pedigree.mask(self.paired)
            among = analysis.pedigree.with_ancestors(wanted)
            self.pedigree = analysis.pedigree.pruned_to_ancestors(wanted)
            self.kinship, self.living = kinship_matrix(self.pedigree), analysis.living[among]
        self.population = Population.of(self.pedigree, self.kinship, self.living)

    def after(self, lines: list[Plain]) -> Population:
        """Return the population with one young of every litter that can be measured."""
        population = self.population
        for line in lines:
            if not self._why_not(line):
                population = population.with_offspring(line["sire"], line["dam"], int(line["litters"]))
        return population

    def pair(self, line: Plain) -> dict[str, Any]:
        why_not = self._why_not(line)
        if why_not:
            return _unmeasured(line, why_not)
        explained = inbreeding_paths(
            self.book.analysis.pedigree, line["sire"], line["dam"], self.book.analysis.inbreeding
        )
        told = _unmeasured(line, "") | {"ancestors": self._ancestors(explained)}
        row = self.measured.get((line["sire"], line["dam"]))
        return told | (self._living(row, explained) if row else self._donated(line, explained))

    def _why_not(self, line: Plain) -> str:
        pedigree = self.book.analysis.pedigree
        for number, sex, role in ((line["sire"], MALE, "sire"), (line["dam"], FEMALE, "dam")):
            if number not in self.paired:
                return f"{number} is not in the population that these numbers measure."
            if pedigree.sex[pedigree.row(number)] != sex:
                return f"{number} is taken as of another sex, so it cannot be a {role}."
        return ""

    def _living(self, row: PairRow, explained: InbreedingPaths) -> dict[str, Any]:
        book, analysis, numbers = self.book, self.book.analysis, row.numbers
        summary = analysis.summary
        animals = self._animals(explained)
        pair = PairExplanation(
            row.sire.animal,
            row.dam.animal,
            row=row,
            rank=self.ranked.rank_of(numbers.sire, numbers.dam),
            total=self.ranked.total,
            sire_genetics=genetics_of(analysis, numbers.sire),
            dam_genetics=genetics_of(analysis, numbers.dam),
            sire_limits=limits_of(book.programme, Animal.Sex.MALE),
            dam_limits=limits_of(book.programme, Animal.Sex.FEMALE),
            mean_kinship=summary.mean_kinship if summary else None,
            mean_inbreeding=summary.mean_inbreeding if summary else None,
            what_if=what_if_offspring(
                analysis.kinship,
                analysis.measured,
                analysis.population.row(numbers.sire),
                analysis.population.row(numbers.dam),
            ),
            ancestors=ancestor_rows(animals, explained),
        )
        return {
            **columns_of(numbers, *NUMBERS),
            "rank": pair.rank,
            "distance_km": row.distance_km,
            "known": row.known,
            "above_limit": row.above_limit,
            "sentences": list(pair_sentences(book.programme, pair)),
        }

    def _donated(self, line: Plain, explained: InbreedingPaths) -> dict[str, Any]:
        """Return the numbers of a pair of whom one lives no more: it is measured by its kinship with the living."""
        sire, dam = self.pedigree.row(line["sire"]), self.pedigree.row(line["dam"])
        change = what_if_offspring(self.kinship, self.living, sire, dam).delta_gd
        means = self.population.mean_kinships
        return {
            "f_offspring": explained.f_offspring,
            "mk_sire": means[sire],
            "mk_dam": means[dam],
            "mk_difference": abs(means[sire] - means[dam]),
            "delta_gd": change,
            "above_limit": explained.f_offspring >= self.book.programme.offspring_inbreeding_limit,
        }

    def _ancestors(self, explained: InbreedingPaths) -> list[dict[str, Any]]:
        first, rest = explained.ancestors[:FIRST_ANCESTORS], explained.ancestors[FIRST_ANCESTORS:]
        shares = [{"name": self.book.named(each.animal), "share": each.share} for each in first]
        if rest:
            shares.append({"name": f"{len(rest)} others together", "share": sum(each.share for each in rest)})
        return shares

    def _animals(self, explained: InbreedingPaths) -> Mapping[str, Animal]:
        numbers = {
            number
            for each in explained.ancestors
            for number in (
                each.animal,
                *((each.related_to,) if each.related_to else ()),
                *(who for path in each.paths for side in (path.sire_side, path.dam_side) for who in side),
            )
        }
        return {number: self.book.animal(number) for number in numbers}


def _pairs(book: Remade, able: Set[str]) -> PairList:
    """Return the pairs of some living animals, ranked among themselves."""
    among = np.array([number in able for number in book.analysis.population.ids], dtype=np.bool_)
    return pair_list(book.programme, book.analysis, book.breeders, among)
