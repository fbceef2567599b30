"""The standing plan as pages and the report read it: each chosen pair, then and now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from studbook.animals.models import Animal, Holding
from studbook.core.errors import StudbookError
from studbook.core.keys import key_of
from studbook.core.templatetags.studbook import NOTHING, change, coefficient
from studbook.institutions.models import Institution
from studbook.institutions.queries import institutions_of
from studbook.planning.banked import BANKED, able_in, lost, stored_for
from studbook.planning.figures import PairFigures, PopulationFigures, figures_of
from studbook.planning.models import Plan, Recommendation
from studbook.planning.plans.reading import standing_rows
from studbook.planning.plans.staleness import staleness_of
from studbook.planning.rules import age_warnings
from studbook.planning.stays import A_PLACE, open_stays, place_of, together
from studbook.planning.wording import how_words
from studbook.population.bank.sires import Stored
from studbook.programmes.models import Programme

NUMBERS = (
    ("delta_gd", "Change in GD", change),
    ("f_offspring", "F of young", coefficient),
    ("mk_sire", "MK sire", coefficient),
    ("mk_dam", "MK dam", coefficient),
)
COMPANIONS = ("programme", "plan__programme", "sire", "dam", "sire_holder", "dam_holder", "made_by")


@dataclass(frozen=True, slots=True)
class Column:
    """One number of a pair as shown: now, and on the day the pair was chosen."""

    label: str
    now: str
    then: str

    @property
    def moved(self) -> bool:
        """Tell whether it reads differently; a change below what is shown is none for the reader."""
        return NOTHING not in (self.now, self.then) and self.now != self.then


@dataclass(frozen=True, slots=True)
class ChosenPair:
    """A recommendation with where its two live, its numbers now (None: one of them is not living), what is new.

    `figures` are what its numbers stand on; `going` is where its plan sends animals, by their keys.
    """

    recommendation: Recommendation
    sire_stay: Holding | None
    dam_stay: Holding | None
    now: PairFigures | None
    news: tuple[str, ...]
    warnings: tuple[str, ...]
    figures: PopulationFigures
    going: Mapping[int, Institution]

    @property
    def how(self) -> str:
        return how_words(self.recommendation)

    @property
    def must_meet(self) -> bool:
        """Tell whether the two must live at one place."""
        return self.recommendation.method == Recommendation.Method.NATURAL

    @property
    def sire(self) -> Animal:
        return self.recommendation.sire

    @property
    def dam(self) -> Animal:
        return self.recommendation.dam

    @property
    def sire_place(self) -> Institution | None:
        return place_of(self.sire_stay)

    @property
    def dam_place(self) -> Institution | None:
        return place_of(self.dam_stay)

    @property
    def together(self) -> bool:
        return together(self.sire_place, self.dam_place)

    @property
    def above_caps(self) -> tuple[str, ...]:
        return self.now.above_caps if self.now else ()

    @property
    def moves(self) -> str:
        """Who goes where by the plan, in words; empty where it sends neither, or they have arrived."""
        stays = ((self.sire, self.sire_place), (self.dam, self.dam_place))
        going = ((animal, self.going.get(animal.pk), place) for animal, place in stays)
        return ", ".join(f"{animal} goes to {to}" for animal, to, place in going if to and to != place)

    @property
    def is_to_agree(self) -> bool:
        """Tell whether the two must live at one place and will not, by what the plan says."""
        sire = self.going.get(self.sire.pk) or self.sire_place
        dam = self.going.get(self.dam.pk) or self.dam_place
        return self.must_meet and not together(sire, dam)

    @property
    def columns(self) -> list[Column]:
        """The four numbers in the order of `NUMBERS`."""
        return columns(self.recommendation, self.now)

    @property
    def places(self) -> tuple[Institution | None, ...]:
        """The institutions concerned, each once; a dead donor is nowhere."""
        return tuple(dict.fromkeys(place_of(self.stay_of(each)) for each in self.present))

    @property
    def present(self) -> tuple[Animal, ...]:
        """The two, without a dead donor."""
        is_donor = self.recommendation.method == BANKED and not self.sire.is_living
        return (self.dam,) if is_donor else (self.sire, self.dam)

    def stay_of(self, animal: Animal) -> Holding | None:
        return self.sire_stay if animal == self.sire else self.dam_stay


@dataclass(frozen=True, slots=True)
class InstitutionPairs:
    """The chosen pairs that concern one institution; None gathers the animals whose place is not known."""

    institution: Institution | None
    pairs: tuple[ChosenPair, ...]


def chosen_pairs(figures: PopulationFigures) -> tuple[ChosenPair, ...]:
    """Return a programme's standing recommendations, the most useful to gene diversity first.

    A pair that stands in the plan in force and in the next is given once, as the one in force has it. Two queries, three with a
    banked pair of a dead sire, and those for each open plan: what became stale in it, whom it sends, and the overlays that its numbers stand on.
    """
    recommendations = _each_once(
        figures.programme.recommendations.standing().select_related(*COMPANIONS).order_by("made_at", "id")
    )
    stays = open_stays(animal for each in recommendations for animal in (each.sire, each.dam))
    plans = {each.plan_id: each.plan for each in recommendations if each.plan}
    standing = {key: _Standing(plan, figures) for key, plan in plans.items()}
    stored = stored_for(figures.programme, recommendations)
    pairs = [
        standing[each.plan_id].chosen(each, stays, stored)
        if each.plan_id
        else chosen_pair(each, figures, stays, stored)
        for each in recommendations
    ]
    return tuple(sorted(pairs, key=_usefulness))


def _each_once(recommendations: Iterable[Recommendation]) -> list[Recommendation]:
    found: dict[tuple[int, int], Recommendation] = {}
    for each in recommendations:
        key = each.sire_id, each.dam_id
        if key not in found or (each.plan is not None and not each.plan.is_in_work):
            found[key] = each
    return list(found.values())


class _Standing:
    """What the pairs of one open plan stand on."""

    def __init__(self, plan: Plan, figures: PopulationFigures) -> None:
        overlays = tuple(plan.overlays.order_by("pk"))
        self.figures = figures_of(figures.programme, overlays) if overlays else figures
        self.stale = staleness_of(plan)
        self.going = going_in(plan)

    def chosen(self, pair: Recommendation, stays: dict[int, Holding], stored: Stored) -> ChosenPair:
        return chosen_pair(
            pair, self.figures, stays, stored, stale=self.stale.of_pair(pair.pk), going=self.going
        )


def chosen_pair(
    recommendation: Recommendation,
    figures: PopulationFigures,
    stays: dict[int, Holding],
    stored: Stored,
    *,
    stale: tuple[str, ...] | None = None,
    going: Mapping[int, Institution] | None = None,
) -> ChosenPair:
    """Return one recommendation as it stands today; `stale` tells why its plan says that it is, where it does."""
    sire, dam = recommendation.sire, recommendation.dam
    now = figures.pair(sire, dam, stored) if able_in(recommendation, stored) else None
    return ChosenPair(
        recommendation,
        stays.get(sire.pk),
        stays.get(dam.pk),
        now,
        _news(recommendation, stays, now, stored)
        if stale is None
        else _news_of_plan(recommendation, now, stale),
        age_warnings(figures.programme, now) if now else (),
        figures,
        going or {},
    )


def going_in(plan: Plan) -> dict[int, Institution]:
    """Return where a plan sends animals, by their keys; one query."""
    sent = standing_rows(plan).exclude(destination=None).select_related("destination")
    return {each.animal_id: each.destination for each in sent if each.destination}


def by_institution(pairs: Iterable[ChosenPair]) -> tuple[InstitutionPairs, ...]:
    """Return the pairs under each institution that holds one of the two, by name; the place not known comes last."""
    gathered: dict[Institution | None, list[ChosenPair]] = {}
    for pair in pairs:
        for place in pair.places:
            gathered.setdefault(place, []).append(pair)
    return tuple(
        InstitutionPairs(place, tuple(gathered[place])) for place in sorted(gathered, key=_name_of_place)
    )


def _usefulness(pair: ChosenPair) -> tuple[bool, float, int]:
    return (pair.now is None, -pair.now.delta_gd if pair.now else 0.0, pair.recommendation.pk)


def _name_of_place(place: Institution | None) -> tuple[bool, str]:
    return (place is None, place.name if place else "")


def _news(
    recommendation: Recommendation,
    stays: dict[int, Holding],
    now: PairFigures | None,
    stored: Stored,
) -> tuple[str, ...]:
    sides = (
        (recommendation.sire, recommendation.sire_holder),
        (recommendation.dam, recommendation.dam_holder),
    )
    news = [
        sentence
        for animal, holder in sides
        for sentence in (
            lost(recommendation, animal, stored),
            _moved(animal, holder, place_of(stays.get(animal.pk))),
        )
    ]
    return tuple(sentence for sentence in (*news, _recomputed(recommendation, now)) if sentence)


def _news_of_plan(
    recommendation: Recommendation, now: PairFigures | None, stale: tuple[str, ...]
) -> tuple[str, ...]:
    # A move that the plan wants is no news.
    return tuple(filter(None, (*stale, _recomputed(recommendation, now))))


def _moved(animal: Animal, then: Institution | None, now: Institution | None) -> str:
    if not animal.is_living or then is None or then == now:
        return ""
    return f"{animal} has moved from {then} to {now or A_PLACE}."


def columns(recommendation: Recommendation, now: PairFigures | None) -> list[Column]:
    """Return a pair's four numbers, now and then."""
    return [
        Column(label, shown(getattr(now, name, None)), shown(getattr(recommendation, name)))
        for name, label, shown in NUMBERS
    ]


def _recomputed(recommendation: Recommendation, now: PairFigures | None) -> str:
    if recommendation.revision == recommendation.programme.revision:
        return ""
    moved = [
        f"{each.label} was {each.then} and is {each.now}"
        for each in columns(recommendation, now)
        if each.moved
    ]
    return f"The numbers have changed: {', '.join(moved)}." if moved else ""


def institution_of(programme: Programme, words: str) -> Institution | None:
    """Return the institution an address asks for, None when it asks for none."""
    if not words:
        return None
    key = key_of(words)
    found = None if key is None else institutions_of(programme).filter(pk=key).first()
    if found is None:
        raise StudbookError(
            f"No institution “{words[:40]}” takes part in {programme}. Choose one from the recommendations page."
        )
    return found
