"""What the page of the chance of young tells of the model: terms, calibration, plans it was learnt from."""

from dataclasses import dataclass

from pedigree.calibrating import CalibrationBin
from pedigree.chance import Effect
from studbook.planning.chances.figure import CalibrationFigure, calibration_figure
from studbook.planning.chances.fitted import FEWEST_BIRTHS, OBSERVED, Fitted
from studbook.planning.chances.words import WORDS, effect_words, prime_words, times
from studbook.planning.models import Plan

SEXES = (("M", "sires"), ("F", "dams"))


@dataclass(frozen=True, slots=True)
class TermRow:
    """A term as a row: names, the mean over the cases, the odds ratio with its interval, words, and whose it is."""

    label: str
    unit: str
    mean: str
    ratio: str
    low: str
    high: str
    words: str
    from_cases: float
    scale: float


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A closed plan: its pairs that count, and how many of them had young."""

    plan: Plan
    pairs: int
    fulfilled: int

    @property
    def share(self) -> float:
        return self.fulfilled / self.pairs


@dataclass(frozen=True, slots=True)
class Told:
    """Everything the page shows beside the model itself."""

    terms: tuple[TermRow, ...]
    plans: tuple[PlanRow, ...]
    bins: tuple[CalibrationBin, ...]
    figure: CalibrationFigure | None
    primes: tuple[tuple[str, str, str], ...]

    @property
    def share(self) -> float | None:
        pairs = sum(each.pairs for each in self.plans)
        return sum(each.fulfilled for each in self.plans) / pairs if pairs else None


def told_of(fitted: Fitted) -> Told:
    """Return what the page tells; no query."""
    model = fitted.model
    return Told(
        terms=tuple(
            _term(effect, float(centre), scale)
            for effect, centre, scale in zip(model.effects, model.centre, model.prior.scales, strict=True)
        ),
        plans=_plans(fitted),
        bins=model.calibration.bins,
        figure=calibration_figure(model.calibration),
        primes=tuple((noun, prime_words(model.prime, sex), _from(fitted.primes[sex])) for sex, noun in SEXES),
    )


def _term(effect: Effect, centre: float, scale: float) -> TermRow:
    word = WORDS[effect.term]
    return TermRow(
        word.label,
        word.unit,
        word.mean(centre),
        times(effect.odds_ratio),
        times(effect.low),
        times(effect.high),
        effect_words(effect),
        effect.from_cases,
        scale,
    )


def _plans(fitted: Fitted) -> tuple[PlanRow, ...]:
    plans = {each.plan.pk: each.plan for each in fitted.past}
    return tuple(
        PlanRow(
            plan,
            sum(each.plan.pk == pk for each in fitted.past),
            sum(each.plan.pk == pk and each.fulfilled for each in fitted.past),
        )
        for pk, plan in plans.items()
    )


def _from(origin: str) -> str:
    if origin == OBSERVED:
        return "the middle half of their ages at the births in this book"
    return f"the programme’s breeding ages, since the book has fewer than {FEWEST_BIRTHS} births to tell it"
