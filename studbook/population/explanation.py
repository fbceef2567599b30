"""Why a pair stands where it stands: everything its page shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from pedigree.mating import WhatIf, what_if_offspring
from pedigree.paths import InbreedingPaths, inbreeding_paths
from pedigree.suitability import PairSuitability
from studbook.animals.models import Animal, Holding
from studbook.population.analysis import Analysis, AnimalGenetics, genetics_of
from studbook.population.bank.sires import stored_of, with_stored
from studbook.population.basis import Basis, analysis_on
from studbook.population.breeders import Limits, limits_of
from studbook.population.pairs import PairList, PairRow, only_pair, pairs_of
from studbook.population.strip_figure import StripFigure, strip_figure
from studbook.population.suitability.judging import suitability_of
from studbook.population.wider import analysis_with
from studbook.programmes.models import Programme
from studbook.reproduction.bank.queries import BankedSire

FIRST_ANCESTORS = 8


@dataclass(frozen=True, slots=True)
class Chain:
    """One path: from the sire up to the common ancestor, from the dam up to it, and what it adds to F."""

    sire_side: list[Animal]
    dam_side: list[Animal]
    share: float

    @property
    def animals(self) -> list[Animal]:
        return [*self.sire_side, *self.dam_side]


@dataclass(frozen=True, slots=True)
class AncestorRow:
    """A common ancestor, what it adds to the offspring's F, and which part of that F it is.

    Where the lines end on two founders taken as related, `animal` is the sire's side's, `kin` the dam's.
    """

    animal: Animal
    inbreeding: float
    share: float
    part: float
    path_count: int
    chains: list[Chain]
    unlisted_share: float
    kin: Animal | None = None

    @property
    def unlisted_count(self) -> int:
        return self.path_count - len(self.chains)


@dataclass(frozen=True, slots=True, eq=False)
class PairExplanation:
    """A pair of the book. With a `refusal` there are no numbers, and it says why; without one all else is there.

    `rank` is None for a pair of living animals that is outside the breeding ages. `stored` is what is banked of a dead sire.
    """

    sire: Animal
    dam: Animal
    refusal: str = ""
    row: PairRow | None = None
    rank: int | None = None
    total: int = 0
    sire_genetics: AnimalGenetics | None = None
    dam_genetics: AnimalGenetics | None = None
    sire_limits: Limits | None = None
    dam_limits: Limits | None = None
    mean_kinship: float | None = None
    mean_inbreeding: float | None = None
    what_if: WhatIf | None = None
    suitability: PairSuitability | None = None
    ancestors: list[AncestorRow] = field(default_factory=list)
    strips: StripFigure | None = None
    offspring: list[Animal] = field(default_factory=list)
    together_since: date | None = None
    stored: BankedSire | None = None

    @property
    def first_ancestors(self) -> list[AncestorRow]:
        return self.ancestors[:FIRST_ANCESTORS]

    @property
    def further_ancestors(self) -> list[AncestorRow]:
        return self.ancestors[FIRST_ANCESTORS:]

    @property
    def path_count(self) -> int:
        return sum(each.path_count for each in self.ancestors)

    @property
    def listed_count(self) -> int:
        return sum(len(each.chains) for each in self.ancestors)


def explained_pair(
    basis: Basis, sire: Animal, dam: Animal, *, ranked: PairList | None = None
) -> PairExplanation:
    """Return everything the page of a pair shows; three queries beside those of `pairs_of` and of an analysis not kept yet.

    Who explains several pairs gives the ranked pairs of the basis, so that they are ranked once.
    """
    programme, analysis = basis.programme, analysis_on(basis)
    stored = None if sire.is_living else stored_of(sire)
    if refusal := _refusal(analysis, sire, dam, stored):
        return PairExplanation(sire, dam, refusal)
    if ranked is None:
        ranked = pairs_of(programme, analysis)
    numbers, breeders = (sire.studbook_number, dam.studbook_number), ranked.breeders
    if stored:
        analysis, breeders = analysis_with(basis, numbers[:1]), with_stored(breeders, {numbers[0]: stored})
    rows = only_pair(programme, analysis, breeders, *numbers)
    if not rows or analysis.summary is None:
        return PairExplanation(sire, dam, _missing(basis, analysis, sire, dam))
    return PairExplanation(
        sire,
        dam,
        row=rows[0],
        rank=None if stored else ranked.rank_of(*numbers),
        total=ranked.total,
        sire_genetics=genetics_of(analysis, numbers[0]),
        dam_genetics=genetics_of(analysis, numbers[1]),
        sire_limits=limits_of(programme, Animal.Sex.MALE),
        dam_limits=limits_of(programme, Animal.Sex.FEMALE),
        mean_kinship=analysis.summary.mean_kinship,
        mean_inbreeding=analysis.summary.mean_inbreeding,
        what_if=_what_if(analysis, *numbers),
        suitability=suitability_of(rows, analysis, programme, ranked=ranked),
        ancestors=_ancestors(programme, analysis, *numbers),
        strips=strip_figure(analysis, *numbers),
        offspring=list(
            programme.animals.filter(sire=sire, dam=dam).order_by("birth_earliest", "number_order")
        ),
        together_since=_together_since(sire, dam),
        stored=stored,
    )


def _refusal(analysis: Analysis, sire: Animal, dam: Animal, stored: BankedSire | None) -> str:
    for animal, wanted, role in ((sire, Animal.Sex.MALE, "sire"), (dam, Animal.Sex.FEMALE, "dam")):
        sex = analysis.sex_of_animal(animal)
        if sex != wanted:
            told = "recorded" if sex == animal.sex else "taken as"
            words = "of unknown sex" if sex == Animal.Sex.UNKNOWN else sex.label
            return f"{animal} is {told} {words}, so it cannot be the {role} of a pair. Choose another animal, or correct its sex."
        if not animal.is_living and not (role == "sire" and stored):
            banked = ", and no dose of his semen is in store for use" if role == "sire" else ""
            return (
                f"{animal} is {animal.get_status_display()}{banked}, so the pair cannot breed and is not ranked. "
                "Choose a living animal."
            )
    return ""


def _missing(basis: Basis, analysis: Analysis, sire: Animal, dam: Animal) -> str:
    living = {analysis.pedigree.ids[row] for row in np.flatnonzero(analysis.living)}
    for animal in (sire, dam):
        if basis.overlays and animal.studbook_number not in living:
            names = " and ".join(str(overlay) for overlay in basis.overlays)
            return (
                f"{animal} is excluded from the population under {names}, so the pair has no numbers there. "
                "Show the pair as recorded, or change the overlay."
            )
        if basis.confirmed_only and animal.studbook_number in analysis.unconfirmed.arrived:
            return (
                f"{animal} is in the population by a provisional entry only, and these are left out here. "
                "Show the pair with provisional entries, or confirm the entry."
            )
    return f"{sire} × {dam}: the book has just changed. Open the page again."


def _together_since(sire: Animal, dam: Animal) -> date | None:
    stays = Holding.objects.open().filter(animal__in=[sire, dam])
    places = {stay.animal_id: (stay.institution_id, stay.start) for stay in stays}
    if len(places) < 2 or len({place for place, _ in places.values()}) > 1:
        return None
    return max(start for _, start in places.values())


def _what_if(analysis: Analysis, sire: str, dam: str) -> WhatIf:
    rows = analysis.population.row(sire), analysis.population.row(dam)
    return what_if_offspring(analysis.kinship, analysis.measured, *rows)


def _ancestors(programme: Programme, analysis: Analysis, sire: str, dam: str) -> list[AncestorRow]:
    explained = inbreeding_paths(analysis.pedigree, sire, dam, analysis.inbreeding)
    return ancestor_rows(animals_on(programme, analysis, explained), explained)


def animals_on(programme: Programme, analysis: Analysis, explained: InbreedingPaths) -> dict[str, Animal]:
    """Return every animal of the paths by number; one query."""
    numbers = set(_numbers(explained))
    found = {each.studbook_number: each for each in programme.animals.filter(studbook_number__in=numbers)}
    return {each: found.get(each) or _without_page(analysis, each) for each in numbers}


def _without_page(analysis: Analysis, name: str) -> Animal:
    """Return who stands in a path without a page: one that an overlay assumes, or the unrecorded parent of a litter."""
    if name in analysis.hypothetical:
        return Animal(studbook_number=name, house_name="(assumed)", sex=analysis.sex_of(name))
    sex = Animal.Sex.MALE if name.startswith("sire") else Animal.Sex.FEMALE
    return Animal(studbook_number=name, house_name="(not recorded)", sex=sex)


def ancestor_rows(by_number: Mapping[str, Animal], explained: InbreedingPaths) -> list[AncestorRow]:
    """Return the common ancestors with the animals they are, given every animal of the paths by number."""
    return [
        AncestorRow(
            by_number[each.animal],
            each.inbreeding,
            each.share,
            each.share / explained.f_offspring,
            each.path_count,
            [
                Chain(_named(by_number, p.sire_side), _named(by_number, p.dam_side), p.share)
                for p in each.paths
            ],
            each.unlisted_share,
            by_number[each.related_to] if each.related_to else None,
        )
        for each in explained.ancestors
    ]


def _numbers(explained: InbreedingPaths) -> Iterable[str]:
    for each in explained.ancestors:
        yield each.animal
        if each.related_to:
            yield each.related_to
        for path in each.paths:
            yield from (*path.sire_side, *path.dam_side)


def _named(by_number: Mapping[str, Animal], numbers: Iterable[str]) -> list[Animal]:
    return [by_number[number] for number in numbers]
