"""The best next pairs after the steps of a basket, to be added with one press."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pedigree.dynamic import Choice, next_pairs
from studbook.animals.models import Animal
from studbook.population.basis import analysis_on
from studbook.population.baskets.reckoning import Reckoning
from studbook.population.breeders import Breeder, breeders_of
from studbook.population.codes import SEX_CODES
from studbook.population.genetics.lineage_caps import Caps
from studbook.population.models import BasketStep

BEST = 20


@dataclass(frozen=True, slots=True)
class Side:
    """One of a pair: an animal of the book as a planner sees it, or an import of the basket."""

    label: str
    breeder: Breeder | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A pair and what one young of it would do; the mean kinships are those at this moment of the list.

    `above_caps` tells in sentences which of the two lies above the cap of a lineage.
    """

    place: int
    choice: Choice
    sire: Side
    dam: Side
    above_caps: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who may be chosen: counted after the steps, of breeding age; imports count as grown, young of the basket do not.

    `left_out` are those among them who cannot breed today, in the order of their numbers.
    """

    breeders: dict[str, Breeder]
    sires: tuple[str, ...]
    dams: tuple[str, ...]
    caps: Caps
    left_out: tuple[Breeder, ...] = ()

    def within_caps(self) -> "Candidates":
        """Return those of whom none lies above the cap of a lineage."""
        sires, dams = (
            tuple(each for each in side if not self.caps.of(each)) for side in (self.sires, self.dams)
        )
        return replace(self, sires=sires, dams=dams)

    def proposals(self, choices: Iterable[Choice]) -> list[Proposal]:
        """Return choices with the animals they name; no query."""
        names = {number: str(each.animal) for number, each in self.breeders.items()}
        return [
            Proposal(
                place,
                each,
                self._side(each.sire),
                self._side(each.dam),
                self.caps.of_pair(each.sire, each.dam, names),
            )
            for place, each in enumerate(choices, start=1)
        ]

    def _side(self, label: str) -> Side:
        return Side(label, self.breeders.get(label))


def candidates_after(reckoning: Reckoning, *, barred: bool = False) -> Candidates:
    """Return who may be sire and dam after the steps, who cannot breed today only if `barred`; five queries."""
    basis, after = reckoning.basis, reckoning.after
    breeders = breeders_of(basis.programme, analysis_on(basis).sex_of_animal)
    counted = {animal for animal, here in zip(after.ids, after.living, strict=True) if here}
    grown = {number for number, each in breeders.items() if each.breedable} & counted
    unable = set() if barred else {number for number in grown if breeders[number].bar}
    grown -= unable
    grown |= {
        each.label
        for taken in reckoning.steps
        if taken.step.kind == BasketStep.Kind.IMPORT and not taken.refusal
        for each in taken.step.newcomers.all()
    } & counted
    sex = dict(zip(after.ids, after.sex.tolist(), strict=True))
    sires, dams = (
        tuple(each for each in sorted(grown) if sex[each] == SEX_CODES[wanted])
        for wanted in (Animal.Sex.MALE, Animal.Sex.FEMALE)
    )
    left_out = sorted((breeders[each] for each in unable), key=lambda each: each.animal.number_order)
    return Candidates(breeders, sires, dams, reckoning.caps, tuple(left_out))


def best_next(reckoning: Reckoning, candidates: Candidates) -> list[Proposal]:
    """Return the best pairs to add next, those over the programme's limit of inbreeding left out; no query."""
    found = next_pairs(
        reckoning.after,
        most=BEST,
        sires=candidates.sires,
        dams=candidates.dams,
        inbreeding_limit=reckoning.basis.programme.offspring_inbreeding_limit,
    )
    return candidates.proposals(found)
