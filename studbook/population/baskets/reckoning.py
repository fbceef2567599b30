"""A basket on the book as it stands: what each step does, and which cannot be any more. Nothing is computed anew."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache, partial

from pedigree.errors import NumericalError, PedigreeError
from pedigree.whatif import Figures, Population
from studbook.animals.models import Animal
from studbook.population.analysis import NoFiguresError
from studbook.population.bank.sires import stocks_of
from studbook.population.basis import Basis, analysis_on
from studbook.population.baskets.engine import engine_step, id_of, numbers_named, population_on
from studbook.population.codes import SEX_OF_ROLE, SEX_WORDS
from studbook.population.genetics.lineage_caps import Caps, caps_of
from studbook.population.models import BasketNewcomer, BasketStep
from studbook.population.models.basket import EACH_PARTY
from studbook.population.numbers import or_none

Somebody = Animal | BasketNewcomer
LEAVING = (BasketStep.Kind.DEATH, BasketStep.Kind.EXCLUSION)
STORED = {"sire": "stored semen", "dam": "stored eggs or embryos"}


@dataclass(frozen=True, slots=True)
class Taken:
    """A step and what the population holds before and after it; with a `refusal` it is not taken, and nothing changes.

    `number` counts from 1. `cautions` say what must be true for the step all the same.
    """

    number: int
    step: BasketStep
    before: Figures
    after: Figures
    refusal: str = ""
    cautions: tuple[str, ...] = ()

    @property
    def changes(self) -> dict[str, float | None]:
        """What the step changes, by figure; None where there is no answer."""
        return changes(self.before, self.after)


@dataclass(frozen=True, slots=True, eq=False)
class Reckoning:
    """The population on a basis before the first step and after the last one possible, and each step."""

    basis: Basis
    before: Population = field(repr=False)
    after: Population = field(repr=False)
    now: Figures
    then: Figures
    steps: tuple[Taken, ...]
    caps: Caps = field(repr=False)

    @property
    def refused(self) -> int:
        return sum(bool(each.refusal) for each in self.steps)

    @property
    def changes(self) -> dict[str, float | None]:
        """What all steps change together, by figure; None where there is no answer."""
        return changes(self.now, self.then)


def changes(before: Figures, after: Figures) -> dict[str, float | None]:
    """Return what changes from one to the other, by figure."""
    names = [each.name for each in fields(Figures)]
    return {name: or_none(getattr(after, name) - getattr(before, name)) for name in names}


def reckoned(basis: Basis, steps: Sequence[BasketStep]) -> Reckoning:
    """Return what steps do, those that cannot be left out; two queries once the analysis is kept, three where a sire counts no more.

    The steps are fetched whole. Raises NoFiguresError with a sentence where the book has no figures.
    """
    try:
        return _reckoned(basis, steps)
    except NumericalError as error:
        raise NoFiguresError(str(error)) from error


def _reckoned(basis: Basis, steps: Sequence[BasketStep]) -> Reckoning:
    before = now = population_on(basis, numbers_named(steps))
    caps = caps_of(basis.programme, analysis_on(basis))
    figures = first = now.figures
    sires = [party for step in steps if isinstance(party := step.party("sire"), Animal)]
    stock = cache(partial(stocks_of, basis.programme, sires))
    taken: list[Taken] = []
    for number, step in enumerate(steps, start=1):
        cautions = (*_cautions(now, step, stock), *_above_caps(caps, now, step))
        after, refusal = _tried(now, step)
        found = figures if refusal else after.figures
        taken.append(Taken(number, step, figures, found, refusal, () if refusal else cautions))
        now, figures = after, found
    return Reckoning(basis, before, now, first, figures, tuple(taken), caps.after(now))


def _tried(now: Population, step: BasketStep) -> tuple[Population, str]:
    refusal = next(_refusals(now, step), "")
    if refusal:
        return now, refusal
    try:
        return engine_step(step).applied(now), ""
    except PedigreeError as error:
        return now, str(error)


def _refusals(now: Population, step: BasketStep) -> Iterator[str]:
    here = set(now.ids)
    for party in named_in(step):
        if id_of(party) in here:
            continue
        if isinstance(party, BasketNewcomer):
            yield f"It needs {party}, and the step that brings it cannot be. Take this one out, or mend that one."
        else:
            yield (
                f"{party} is not in the pedigree any more: its record is {party.get_status_display()}. "
                "Take the step out, or name another animal."
            )
    gone = step.animal
    if step.kind in LEAVING and gone is not None and not gone.is_living and not _counted(now, gone):
        yield (
            f"{gone} is {gone.get_status_display()} by the book, so it is not counted any more and cannot leave. "
            "Take the step out, or name another animal."
        )
    for role, wanted in SEX_OF_ROLE.items():
        parent = step.party(role)
        if parent is not None and id_of(parent) in here:
            sex = SEX_WORDS[int(now.sex[now.row(id_of(parent))])]
            if sex not in (Animal.Sex.UNKNOWN, wanted):
                yield f"{parent} is {sex.label} and cannot be a {role}. Name a {wanted.label}."


def _counted(now: Population, animal: Animal) -> bool:
    return bool(now.living[now.row(animal.studbook_number)])


def _cautions(now: Population, step: BasketStep, stock: Callable[[], Mapping[str, str]]) -> Iterator[str]:
    here = set(now.ids)
    for role, stored in STORED.items():
        parent = step.party(role)
        if parent is None or id_of(parent) not in here or now.living[now.row(id_of(parent))]:
            continue
        left = f" {stock()[parent.studbook_number]}" if role == "sire" and isinstance(parent, Animal) else ""
        if isinstance(parent, Animal) and not parent.is_living:
            yield f"{parent} is {parent.get_status_display()}: the young need {stored}.{left}"
        else:
            yield f"{parent} is not counted any more before this step: if it is dead, the young need {stored}.{left}"


def _above_caps(caps: Caps, now: Population, step: BasketStep) -> tuple[str, ...]:
    if step.kind != BasketStep.Kind.LITTER or not caps:
        return ()
    sire, dam = (step.party(role) for role in SEX_OF_ROLE)
    if sire is None or dam is None:
        return ()
    names = {id_of(each): str(each) for each in (sire, dam)}
    return caps.after(now).of_pair(id_of(sire), id_of(dam), names)


def named_in(step: BasketStep) -> list[Somebody]:
    """Return everybody whom a step needs to be there."""
    parties = [*map(step.party, EACH_PARTY), *(each.party for each in step.kinships.all())]
    return [each for each in parties if each is not None]
