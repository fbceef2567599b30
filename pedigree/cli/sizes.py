"""The answer about effective sizes: of the breeders, of the rates of inbreeding, of founders and ancestors."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pedigree.ancestry import effective_ancestors
from pedigree.breeding import breeders, generation_intervals
from pedigree.cli.past import middle
from pedigree.cli.question import Question
from pedigree.cli.reading import Sheet
from pedigree.cli.writing import json_text
from pedigree.depth import equivalent_generations
from pedigree.effective import (
    effective_size_by_breeders,
    effective_size_by_coancestry,
    effective_size_by_inbreeding,
    effective_size_by_rate,
    realised_effective_size,
)
from pedigree.founders import founder_contributions, founder_equivalents
from pedigree.kinship import founder_genome_equivalents, kinship_matrix
from pedigree.structure import Pedigree

DAYS_IN_YEAR = 365.25


def answer_effective(question: Question) -> tuple[str, int]:
    """Answer with the effective sizes of the set as JSON."""
    whole = question.pedigree()
    living = whole.mask(question.measured)
    bred, birth = breeders(whole, living), _birth_years(whole, question.sheet)
    number, interval = (
        effective_size_by_breeders(bred.males, bred.females),
        generation_intervals(whole, birth),
    )
    figures = {
        "living": int(living.sum()),
        "breeding_males": bred.males,
        "breeding_females": bred.females,
        "effective_size_by_breeders": number,
        "effective_ratio": number / int(living.sum()),
        "generation_interval": interval.pooled,
        **_of_the_set(question, birth, interval.pooled),
    }
    return json_text(figures), 0


def _of_the_set(question: Question, birth: NDArray[np.float64], interval: float) -> dict[str, Any]:
    whole = question.pedigree()
    pedigree, living = question.pruned()
    kinship, depth = kinship_matrix(pedigree), equivalent_generations(pedigree)
    inbreeding = 2 * kinship.diagonal() - 1
    places = whole.rows(pedigree.ids)
    sizes = {
        "effective_size_by_inbreeding": effective_size_by_inbreeding(inbreeding, depth, living),
        "effective_size_by_coancestry": effective_size_by_coancestry(kinship, depth, living),
        "effective_size_by_rate": effective_size_by_rate(inbreeding, birth[places], interval=interval),
    }
    means = float(inbreeding[living].mean()), float(depth[living].mean())
    return {
        **{name: dataclasses.asdict(size) for name, size in sizes.items()},
        "realised_effective_size": realised_effective_size(*means),
        "mean_equivalent_generations": means[1],
        "founder_equivalents": founder_equivalents(founder_contributions(pedigree, living)),
        "effective_ancestors": effective_ancestors(pedigree, living).number,
        "founder_genome_equivalents": founder_genome_equivalents(kinship, living),
    }


def _birth_years(pedigree: Pedigree, sheet: Sheet) -> NDArray[np.float64]:
    dates = (sheet.birth.get(animal) for animal in pedigree.ids)
    days = [float("nan") if each is None else middle(each).toordinal() for each in dates]
    return np.array(days) / DAYS_IN_YEAR
