"""What a projection finds: the figures of every run and year."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pedigree.errors import ScenarioError
from pedigree.projection.figures import FIGURES, empty_figures
from pedigree.projection.scenario import Scenario


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Finished runs `first`, `first + 1` ...: `figures` by name, (runs, years + 1) each.

    `job` tells the population, rates and scenario they belong to.
    """

    job: str
    first: int
    figures: Mapping[str, NDArray[Any]]

    def __len__(self) -> int:
        return len(self.figures["animals"])

    @property
    def runs(self) -> range:
        """The numbers of the runs."""
        return range(self.first, self.first + len(self))

    def to_bytes(self) -> bytes:
        """Return the chunk as bytes that `from_bytes` reads, to be kept until a projection is resumed."""
        buffer = io.BytesIO()
        arrays: dict[str, Any] = {"job": self.job, "first": self.first, **self.figures}
        np.savez_compressed(buffer, **arrays)
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> Chunk:
        """Return the chunk that `to_bytes` wrote."""
        with np.load(io.BytesIO(data), allow_pickle=False) as kept:
            return cls(str(kept["job"]), int(kept["first"]), {name: kept[name] for name in FIGURES})


@dataclass(frozen=True, slots=True, eq=False)
class Projection:
    """The figures of the runs that finished, in the order of their numbers; every array is (runs, years + 1).

    Column 0 is the start, column t the end of year t. Gene diversity, mean inbreeding (of the living that
    are not founders), alleles (living, in the mean of the loci) and expected heterozygosity are NaN where there is
    nobody to tell of, or no loci are carried. `wanted` is how many runs were asked for.
    """

    scenario: Scenario
    wanted: int
    run: NDArray[np.int64]
    animals: NDArray[np.int32]
    males: NDArray[np.int32]
    females: NDArray[np.int32]
    births: NDArray[np.int32]
    deaths: NDArray[np.int32]
    imports: NDArray[np.int32]
    exports: NDArray[np.int32]
    pairs: NDArray[np.int32]
    straws: NDArray[np.int32]
    gene_diversity: NDArray[np.float64]
    inbreeding: NDArray[np.float64]
    alleles: NDArray[np.float64]
    heterozygosity: NDArray[np.float64]

    @classmethod
    def of(cls, scenario: Scenario, wanted: int, chunks: Sequence[Chunk]) -> Projection:
        """Return the projection that chunks amount to; runs beyond those wanted are left out."""
        runs = np.array([run for chunk in chunks for run in chunk.runs], dtype=np.int64)
        if len(set(runs.tolist())) < len(runs):
            raise ScenarioError("Finished chunks hold one run twice. Hand over every chunk once.")
        order = np.argsort(runs)
        order = order[runs[order] < wanted]
        parts = [empty_figures(0, scenario.years), *(chunk.figures for chunk in chunks)]
        joined = {name: np.concatenate([part[name] for part in parts])[order] for name in FIGURES}
        return cls(scenario, wanted, runs[order], **joined)

    def __len__(self) -> int:
        return len(self.run)

    @property
    def is_complete(self) -> bool:
        """Whether every run asked for finished."""
        return len(self) == self.wanted

    @property
    def years(self) -> NDArray[np.int64]:
        """The years, 0 for the start."""
        return np.arange(self.scenario.years + 1)

    @property
    def founder_genomes(self) -> NDArray[np.float64]:
        """Founder genomes surviving (FGS): half the founder alleles that live, in the mean of the loci."""
        return self.alleles / 2

    @property
    def extinct(self) -> NDArray[np.bool_]:
        """Whether a run was extinct by the end of each year.

        Extinct is a run from the year on in which one sex has nobody left, or fewer animals live than the
        threshold; later imports do not undo it.
        """
        gone = (self.males == 0) | (self.females == 0) | (self.animals < self.scenario.extinction_threshold)
        return np.logical_or.accumulate(gone, axis=1)
