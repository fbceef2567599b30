"""Baskets as the science takes them: rows become steps on ids, and the population they start from."""

from collections.abc import Callable, Iterable

from pedigree import basket as science
from pedigree.whatif import Population
from studbook.animals.models import Animal
from studbook.population.basis import Basis
from studbook.population.codes import SEX_CODES
from studbook.population.models import Basket, BasketKinship, BasketNewcomer, BasketStep
from studbook.population.models.basket import EACH_PARTY, BasketStepQuerySet
from studbook.population.wider import analysis_with


def population_on(basis: Basis, named: Iterable[str] = ()) -> Population:
    """Return the population on a basis before any step; animals named stay in it, also the dead that left no young.

    Raises NoFiguresError with a sentence, as analysis_on.
    """
    analysis = analysis_with(basis, named)
    return Population.of(analysis.population, analysis.kinship, analysis.measured)


def steps_of(basket: Basket) -> BasketStepQuerySet:
    """Return the steps of a basket, whole and in their order, read anew."""
    return BasketStep.objects.whole().filter(basket=basket)


def numbers_named(steps: Iterable[BasketStep]) -> set[str]:
    """Return the studbook numbers of the animals that steps name; no query where they are fetched whole."""
    found = set()
    for step in steps:
        parties = [getattr(step, each) for each in EACH_PARTY]
        parties += [each.animal for each in step.kinships.all()]
        found |= {animal.studbook_number for animal in parties if animal is not None}
    return found


def engine_step(step: BasketStep) -> science.Step:
    """Return a step as the science takes it; no query where it is fetched whole."""
    return _MAKERS[BasketStep.Kind(step.kind)](step)


def id_of(party: Animal | BasketNewcomer | None) -> str:
    """Return the id that an animal or a newcomer has in the population."""
    return party.studbook_number if isinstance(party, Animal) else party.label if party else ""


def _litter(step: BasketStep) -> science.Step:
    names = tuple(each.label for each in step.newcomers.all())
    return science.Offspring(id_of(step.party("sire")), id_of(step.party("dam")), len(names), names)


def _import(step: BasketStep) -> science.Step:
    newcomer = step.newcomers.all()[0]
    kinships = tuple((id_of(each.party), each.kinship) for each in _kinships(step))
    return science.Import(newcomer.label, kinships, sex=SEX_CODES[Animal.Sex(newcomer.sex)])


def _kinships(step: BasketStep) -> Iterable[BasketKinship]:
    return step.kinships.all()


_MAKERS: dict[BasketStep.Kind, Callable[[BasketStep], science.Step]] = {
    BasketStep.Kind.LITTER: _litter,
    BasketStep.Kind.IMPORT: _import,
    BasketStep.Kind.DEATH: lambda step: science.Death(id_of(step.party("animal"))),
    BasketStep.Kind.EXCLUSION: lambda step: science.Exclusion(id_of(step.party("animal"))),
    BasketStep.Kind.INCLUSION: lambda step: science.Inclusion(id_of(step.party("animal"))),
}
