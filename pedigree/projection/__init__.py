"""A living population in the years to come: every animal simulated, with its genes, in many runs."""

from pedigree.projection.cluster import Cluster, executor_for
from pedigree.projection.comparing import Compared, compare_projections
from pedigree.projection.executors import Executor, Here, Processes
from pedigree.projection.outcomes import (
    Bands,
    Chances,
    GoalTimes,
    bands,
    extinction_risk,
    years_kept,
    years_to_reach,
)
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
    "Bands",
    "Catastrophe",
    "Chances",
    "Chunk",
    "Cluster",
    "Compared",
    "Departures",
    "Executor",
    "GenomeBank",
    "GoalTimes",
    "Here",
    "LivingPopulation",
    "Processes",
    "Projection",
    "Rates",
    "Scenario",
    "SexRates",
    "bands",
    "compare_projections",
    "executor_for",
    "extinction_risk",
    "run_projection",
    "years_kept",
    "years_to_reach",
]
