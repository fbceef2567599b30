"""What the solver found, as the pages and files tell it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from studbook.animals.models import Animal
from studbook.core.models import Job
from studbook.core.templatetags.studbook import percent, signed
from studbook.planning.optimal.keeping import MODEL
from studbook.planning.optimal.question import PairOfNumbers
from studbook.planning.optimal.work import FIRST_COST, FOUND, OWN
from studbook.planning.stays import A_PLACE
from studbook.programmes.models import Programme
from studbook.reproduction.status.standing import NOTHING, Standing, standing_on

PLACES = 4
SHOWN = 10 ** -(PLACES + 2)
"""Differences below this are told as none: the pages show gene diversity no finer."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A pair of a plan. `sire` and `dam` are None where the book has no such animal any more.

    The standings are what stands of the reproduction of each today, such as a contraception.
    """

    told: Mapping[str, Any]
    sire: Animal | None
    dam: Animal | None
    sire_standing: Standing
    dam_standing: Standing

    @property
    def numbers(self) -> PairOfNumbers:
        return self.told["sire"], self.told["dam"]

    @property
    def key(self) -> str:
        """What a form names the pair by; a number of a book has no blank in it."""
        return " ".join(self.numbers)

    @property
    def doses(self) -> int | None:
        """The doses in store of a sire from the bank; None of one that breeds himself."""
        found: int | None = self.told.get("doses")
        return found

    @property
    def mover(self) -> str:
        return {"sire": "the male", "dam": "the female"}.get(self.told["mover"], "")

    @property
    def move_words(self) -> str:
        """Say who moves from where; empty where both live at one place."""
        if not self.mover:
            return ""
        start = self.told["from_name"] or A_PLACE
        return f"{self.mover} moves from {start} to {self.told['place_name'] or A_PLACE}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A plan and what it keeps: gene diversity None where it has no pair."""

    name: str
    gene_diversity: float | None
    litters: int
    pairs: Sequence[Chosen]

    @property
    def transfers(self) -> int:
        return sum(bool(each.told["mover"]) for each in self.pairs)

    @property
    def km(self) -> float:
        return sum(each.told["km"] or 0.0 for each in self.pairs)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a limit costs: gene diversity without it, how much more that is, and how much more yet it could be."""

    name: str
    gene_diversity: float
    cost: float
    gap: float

    @property
    def words(self) -> str:
        """Say how much it costs, in gene diversity; one too small to be shown costs nothing."""
        if self.gap >= SHOWN:
            return f"{_moved(self.cost)} to {_moved(self.cost + self.gap)}"
        return "nothing" if abs(self.cost) < SHOWN else _moved(self.cost)


@dataclass(frozen=True, slots=True)
class Own:
    """The coordinator's own pairs, and the best plan of as many litters within the limits; None where none is."""

    kept: Kept
    best: float | None

    @property
    def lost(self) -> float | None:
        """What the own pairs keep less than the best plan of as many litters; negative where they keep more."""
        own = self.kept.gene_diversity
        return None if self.best is None or own is None else self.best - own

    @property
    def against(self) -> str:
        """What it keeps more or less than the best plan of as many litters."""
        return "" if self.lost is None else _moved(-self.lost)

    @property
    def words(self) -> str:
        """Say what the own pairs lose or gain."""
        if self.lost is None:
            return "Within these limits there is no plan of as many litters to set beside it."
        if abs(self.lost) < SHOWN:
            return "The best plan of as many litters keeps as much."
        if self.lost > 0:
            return f"It loses {percent(self.lost, PLACES)} against the best plan of as many litters."
        return (
            f"It keeps {percent(-self.lost, PLACES)} more than the plan found: it does not keep these limits."
        )


@dataclass(frozen=True, slots=True)
class Result:
    """The answer of a job. `objective` is gene diversity less the price of the way, which `bound` is of too.

    `costs` are of the limits that were solved without so far; `costs_missing` are not known yet.
    """

    now: float
    living: int
    objective: float
    bound: float
    gap: float
    proven: bool
    seconds: float
    plan: Kept
    ranked: Kept
    dynamic: Kept
    own: Own | None
    inbreeding: float | None
    young: float
    costs: tuple[Cost, ...]
    costs_missing: int

    @property
    def proof(self) -> str:
        """Say how good the plan is for certain."""
        kept = self.plan.gene_diversity
        priced = "" if kept is None or abs(kept - self.objective) < SHOWN else ", less the price of the way"
        if self.is_best:
            return f"Proven best: no plan within these limits keeps more than {percent(self.objective, PLACES)}{priced}."
        return (
            f"No plan within these limits can keep more than {percent(self.bound, PLACES)}{priced}; "
            f"this one is within {percent(self.gap, PLACES)} of it."
        )

    @property
    def is_best(self) -> bool:
        """Whether nothing better can be shown by the figures of a page."""
        return self.proven or self.gap < SHOWN

    @property
    def change(self) -> float | None:
        """The change in gene diversity against now; None where the plan has no pair."""
        kept = self.plan.gene_diversity
        return None if kept is None else kept - self.now

    @property
    def lists(self) -> list[tuple[Kept, str]]:
        """The plans of the two lists, each with what it keeps less than this one."""
        return [(each, self._against(each)) for each in (self.ranked, self.dynamic)]

    def _against(self, kept: Kept) -> str:
        if kept.litters < self.plan.litters:
            return (
                f"ends at {kept.litters} of {self.plan.litters} litter{'' if self.plan.litters == 1 else 's'}"
            )
        if kept.gene_diversity is None or self.plan.gene_diversity is None:
            return ""
        return _moved(kept.gene_diversity - self.plan.gene_diversity)


def result_of(job: Job) -> Result | None:
    """Return what a job found, None before it found anything, or where another version of the software did; three queries."""
    chunks = {first: json.loads(bytes(data)) for first, data in job.chunks.values_list("first", "data")}
    told, own = chunks.get(FOUND), chunks.get(OWN)
    if told is None or told.get("model") != MODEL:
        return None
    plan = told["plan"]
    parts = [plan, told["ranked"], told["dynamic"], *([own] if own else [])]
    animals = _animals(job.programme, (row for part in parts for row in part["rows"]))
    standings = _standings(job.programme, animals)
    costs = [chunks[first] for first in sorted(chunks) if first >= FIRST_COST]
    return Result(
        now=told["now"],
        living=told["living"],
        **{
            name: plan[name]
            for name in ("objective", "bound", "gap", "proven", "seconds", "inbreeding", "young")
        },
        plan=_kept("This plan", plan, animals, standings),
        ranked=_kept("Ranked list", told["ranked"], animals, standings),
        dynamic=_kept("Dynamic list", told["dynamic"], animals, standings),
        own=Own(_kept("Chosen already", own, animals, standings), own["best_gd"]) if own else None,
        costs=tuple(Cost(each["name"], each["gd"], each["cost"], each["gap"]) for each in costs),
        costs_missing=job.wanted - FIRST_COST - len(costs),
    )


def _moved(value: float) -> str:
    return signed(value, PLACES + 2)


def _animals(programme: Programme, rows: Iterable[Mapping[str, Any]]) -> dict[str, Animal]:
    numbers = {number for row in rows for number in (row["sire"], row["dam"])}
    return {each.studbook_number: each for each in programme.animals.filter(studbook_number__in=numbers)}


def _standings(programme: Programme, animals: Mapping[str, Animal]) -> dict[str, Standing]:
    # Of the dead, whose semen is banked, nothing of the kind stands any more.
    living = [each for each in animals.values() if each.is_living]
    found = standing_on(programme, timezone.localdate(), living)
    return {number: found.get(each.pk, NOTHING) for number, each in animals.items()}


def _kept(
    name: str, told: Mapping[str, Any], animals: Mapping[str, Animal], standings: Mapping[str, Standing]
) -> Kept:
    pairs = [
        Chosen(
            row,
            animals.get(row["sire"]),
            animals.get(row["dam"]),
            standings.get(row["sire"], NOTHING),
            standings.get(row["dam"], NOTHING),
        )
        for row in told["rows"]
    ]
    pairs.sort(key=lambda each: (-each.told["delta_gd"], each.key))
    return Kept(name, told["gd"], told["litters"], pairs)
