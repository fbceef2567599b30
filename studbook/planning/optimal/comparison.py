"""Optimal plans side by side: what each keeps, what it asks of the zoos, and the pairs of all of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from studbook.core.models import Job
from studbook.core.templatetags.studbook import kilometres, percent, signed
from studbook.planning.models import OptimalPlan
from studbook.planning.optimal.queries import listed
from studbook.planning.optimal.results import PLACES, Chosen, Result, result_of
from studbook.programmes.models import Programme

MOST_BESIDE = 3
LETTERS = "ABC"


@dataclass(frozen=True, slots=True)
class Beside:
    """One optimal plan of a comparison; `result` is None where it is not solved yet."""

    letter: str
    plan: OptimalPlan
    job: Job | None
    stale: str
    result: Result | None


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair, and its litters in each plan, empty where it is not one of its pairs."""

    pair: Chosen
    litters: list[str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Optimal plans side by side; `shown` are those with an answer."""

    beside: list[Beside]
    shown: list[Beside]
    rows: list[tuple[str, list[str]]]
    pairs: list[PairLine]
    cautions: list[str]


def compared(programme: Programme, plans: Sequence[OptimalPlan]) -> Comparison:
    """Return some optimal plans side by side; one query, and two for each that is solved."""
    beside = [
        Beside(letter, each.plan, each.job, each.stale, result_of(each.job) if each.job else None)
        for letter, each in zip(LETTERS, listed(programme, plans), strict=False)
    ]
    shown = [each for each in beside if each.result]
    return Comparison(beside, shown, _rows(shown), _pairs(shown), list(_cautions(shown)))


def _rows(shown: Sequence[Beside]) -> list[tuple[str, list[str]]]:
    results = [each.result for each in shown if each.result]
    if not results:
        return []
    first = results[0].plan.gene_diversity
    return [
        ("Gene diversity kept", [percent(each.plan.gene_diversity, PLACES) for each in results]),
        ("Against A", [_against(first, each) for each in results]),
        ("No plan keeps more than", [percent(each.bound, PLACES) for each in results]),
        ("Litters", [str(each.plan.litters) for each in results]),
        ("Pairs", [str(len(each.plan.pairs)) for each in results]),
        ("Transfers", [str(each.plan.transfers) for each in results]),
        ("Kilometres in all", [kilometres(each.plan.km) for each in results]),
        ("Ranked list", [percent(each.ranked.gene_diversity, PLACES) for each in results]),
        ("Dynamic list", [percent(each.dynamic.gene_diversity, PLACES) for each in results]),
    ]


def _against(first: float | None, result: Result) -> str:
    kept = result.plan.gene_diversity
    return "" if first is None or kept is None else signed(kept - first, PLACES + 2)


def _pairs(shown: Sequence[Beside]) -> list[PairLine]:
    results = [each.result for each in shown if each.result]
    found: dict[str, PairLine] = {}
    for column, result in enumerate(results):
        for pair in result.plan.pairs:
            line = found.setdefault(pair.key, PairLine(pair, [""] * len(results)))
            line.litters[column] = str(pair.told["litters"])
    return sorted(found.values(), key=lambda line: (-sum(map(bool, line.litters)), line.pair.key))


def _cautions(shown: Sequence[Beside]) -> list[str]:
    cautions = [f"{each.plan}: {each.stale}" for each in shown if each.stale]
    litters = {each.result.plan.litters for each in shown if each.result}
    if len(litters) > 1:
        cautions.append(
            "They are of different numbers of litters, so that more young alone makes a difference."
        )
    return cautions
