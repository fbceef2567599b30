"""A living population in the years to come: every animal simulated, with its genes, in many runs."""

from pedigree.projection.executors import Executor, Here
from pedigree.projection.population import LivingPopulation
from pedigree.projection.rates import Rates, SexRates
from pedigree.projection.result import Chunk, Projection
from pedigree.projection.running import run_projection
from pedigree.projection.scenario import (
    KINSHIPS,
    STRATEGIES,
    Arrivals,
    Catastrophe,
    Departures,
    GenomeBank,
    Scenario,
)

__all__ = [
    "KINSHIPS",
    "STRATEGIES",
    "Arrivals",
    "Catastrophe",
    "Chunk",
    "Departures",
    "Executor",
    "GenomeBank",
    "Here",
    "LivingPopulation",
    "Projection",
    "Rates",
    "Scenario",
    "SexRates",
    "run_projection",
]
