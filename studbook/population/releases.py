"""Whose release costs the captive population least: who is a candidate and who is not, the group chosen, and the next best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from pedigree.errors import ReleaseError
from pedigree.release import ReleaseChoice, Replacement, choose_release, release_alternatives
from studbook.animals.models import Animal
from studbook.core.dates import completed_months
from studbook.institutions.models import Institution
from studbook.population.analysis import Analysis, NoFiguresError
from studbook.population.basis import Basis, Key, analysis_on
from studbook.population.breeders import barred_on, holders_of
from studbook.population.cache import Kept
from studbook.population.genetics.lineage_carriers import ROUNDING, above_cap
from studbook.population.genetics.lineages import LineageShare, lineage_shares
from studbook.population.released_kin import Kin, closest_kin, met_on

MOST_KEPT = 4
BOOK_CHANGED = "The book changed while this was reckoned. Open the page anew."
PER_CENT = 100


@dataclass(frozen=True, slots=True)
class ReleaseQuestion:
    """How many are released, how much the group's own diversity counts, and the limits; None for no limit.

    `lineage_cap` lowers the caps of the programme's capped lineages and raises none. `known_least` is the least share of an
    animal's genes whose origin is known: the others count as of unrelated founders, by which the limits prove little. `beside` are the studbook numbers of
    animals released before, which those released now would meet: the limit of kinship holds towards them too.
    """

    males: int
    females: int
    weight: float = 1.0
    youngest_months: int | None = None
    oldest_months: int | None = None
    kinship_limit: float | None = None
    inbreeding_limit: float | None = None
    lineage_cap: float | None = None
    known_least: float | None = None
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CappedLineage:
    """A lineage with the cap that holds here, and its share in every animal of the pedigree by row."""

    name: str
    cap: float
    share: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Releasable:
    """A living animal with its figures; `known` is the share of its genes whose origin is, `shares` are those of the capped lineages.

    `months` are those of its age that are complete; `kin` is its closest among those it would meet, where that is asked.
    """

    animal: Animal
    sex: str
    age: float | None
    months: int | None
    holder: Institution | None
    mean_kinship: float
    inbreeding: float
    known: float
    shares: tuple[float, ...]
    kin: Kin | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A living animal that is no candidate, and why."""

    animal: Animal
    reason: str


@dataclass(frozen=True, slots=True)
class Swap:
    """Another animal in the place of one chosen, the best there is, and what the group is then worth."""

    out: Releasable
    put: Releasable
    loss: float
    group_gd: float
    cost: float


@dataclass(frozen=True, slots=True, eq=False)
class ReleaseAnswer:
    """The group that is best to release. Without `choice` there is none, and `refusal` says what stands in the way.

    `met` are those released before that the limit of kinship was held to.
    """

    question: ReleaseQuestion
    choice: ReleaseChoice | None
    refusal: str
    lineages: tuple[CappedLineage, ...]
    chosen: tuple[Releasable, ...]
    swaps: tuple[Swap, ...]
    candidates: tuple[Releasable, ...]
    left_out: tuple[LeftOut, ...]
    met: tuple[str, ...]

    @property
    def partly_known(self) -> tuple[Releasable, ...]:
        """Those chosen of whose genes a part is of unknown origin: their kinship, F and shares may be higher than told."""
        return tuple(each for each in self.chosen if each.known < 1 - ROUNDING)


Asked = tuple[Key, date, tuple[tuple[int, int], ...], frozenset[int], ReleaseQuestion]
Found = tuple[ReleaseChoice, tuple[Replacement, ...]] | str

_kept: Kept[Asked, Found] = Kept(MOST_KEPT, edition=lambda key: key[0][:2])


def answer_of(basis: Basis, question: ReleaseQuestion) -> ReleaseAnswer:
    """Return the best group of the candidates on a basis, of whom none is not to breed on its day; six queries beside those of an analysis.

    Raises NoFiguresError where the book has no figures, or changed between the choice and the reading of the living.
    """
    analysis = analysis_on(basis)
    if analysis.summary is None:
        raise NoFiguresError(analysis.reason)
    told = lineage_shares(basis)
    lineages = tuple(_capped(each, question) for each in told if each.lineage.cap is not None)
    met = () if question.kinship_limit is None else met_on(analysis, question.beside)
    barred = barred_on(basis.programme, basis.programme.as_of)
    every, left_out = _judged(basis, analysis, question, lineages, met, barred)
    versions = tuple((each.lineage.pk, each.lineage.version) for each in told)
    key = basis.key, basis.programme.as_of, versions, frozenset(barred), question
    found = _kept.get(key, lambda: _found(analysis, question, every))
    if isinstance(found, str):
        return ReleaseAnswer(question, None, found, lineages, (), (), tuple(every), tuple(left_out), met)
    choice, replacements = found
    at = {analysis.population.row(each.animal.studbook_number): each for each in every}
    named = {*choice.rows, *(each.by for each in replacements if each.by is not None)}
    if not named <= at.keys():
        raise NoFiguresError(BOOK_CHANGED)
    swaps = (
        Swap(at[each.row], at[each.by], each.loss, each.group_gd, each.cost)
        for each in replacements
        if each.by is not None
    )
    return ReleaseAnswer(
        question,
        choice,
        "",
        lineages,
        tuple(at[row] for row in choice.rows),
        tuple(sorted(swaps, key=lambda swap: swap.cost)),
        tuple(every),
        tuple(left_out),
        met,
    )


def _found(analysis: Analysis, question: ReleaseQuestion, every: Sequence[Releasable]) -> Found:
    candidates, is_male = (np.zeros(len(analysis.population), dtype=np.bool_) for _ in range(2))
    for each in every:
        row = analysis.population.row(each.animal.studbook_number)
        candidates[row], is_male[row] = True, each.sex == Animal.Sex.MALE
    try:
        choice = choose_release(
            analysis.kinship,
            analysis.measured,
            candidates,
            is_male=is_male,
            males=question.males,
            females=question.females,
            weight=question.weight,
            kinship_limit=question.kinship_limit,
        )
    except ReleaseError as refusal:
        return str(refusal)
    return choice, release_alternatives(choice)


def _capped(told: LineageShare, question: ReleaseQuestion) -> CappedLineage:
    caps = [cap for cap in (told.lineage.cap, question.lineage_cap) if cap is not None]
    return CappedLineage(told.lineage.name, min(caps), told.share)


def _judged(
    basis: Basis,
    analysis: Analysis,
    question: ReleaseQuestion,
    lineages: Sequence[CappedLineage],
    met: Sequence[str],
    barred: Mapping[int, str],
) -> tuple[list[Releasable], list[LeftOut]]:
    holders, on = holders_of(basis.programme), basis.programme.as_of
    known, kin = set(analysis.pedigree.ids), closest_kin(analysis, met)
    every, left_out = [], []
    for animal in basis.living():
        number = animal.studbook_number
        if number not in known:
            # It came into the book since the analysis, or only its death is provisional: the next one counts it.
            continue
        row = analysis.pedigree.row(number)
        if not analysis.living[row]:
            left_out.append(LeftOut(animal, "An overlay excludes it from the population."))
            continue
        among = analysis.population.row(number)
        each = Releasable(
            animal,
            analysis.sex_of(number).value,
            animal.age_on(on),
            None if animal.birth is None else completed_months(animal.birth, on),
            holders.get(animal.pk),
            float(analysis.mean_kinships[among]),
            float(analysis.inbreeding[row]),
            float(analysis.known[row]),
            tuple(float(lineage.share[row]) for lineage in lineages),
            kin.get(number),
        )
        if reason := barred.get(animal.pk) or _against(each, question, lineages):
            left_out.append(LeftOut(animal, reason))
        else:
            every.append(each)
    return every, left_out


def _against(each: Releasable, question: ReleaseQuestion, lineages: Sequence[CappedLineage]) -> str:
    """Say why an animal is no candidate, nothing where it is one."""
    if each.sex == Animal.Sex.UNKNOWN:
        return "Its sex is not known."
    if reason := _against_age(each.months, question):
        return reason
    least = question.known_least
    if least is not None and each.known < least - ROUNDING:
        return f"{PER_CENT * each.known:.1f} % of its genes are of known origin, less than {PER_CENT * least:.4g} %."
    limit = question.inbreeding_limit
    if limit is not None and each.inbreeding > limit + ROUNDING:
        return f"Its F is {each.inbreeding:.4f}, above {limit:.4g}."
    for share, lineage in zip(each.shares, lineages, strict=True):
        if above_cap(share, lineage.cap):
            return f"{PER_CENT * share:.1f} % of its genes are of {lineage.name}, above {PER_CENT * lineage.cap:.4g} %."
    return _against_kin(each.kin, question.kinship_limit)


def _against_kin(kin: Kin | None, limit: float | None) -> str:
    if kin is None or limit is None or kin.kinship <= limit + ROUNDING:
        return ""
    return f"Its kinship to {kin.studbook_number}, released here before, is {kin.kinship:.4f}, above {limit:.4g}."


def _against_age(months: int | None, question: ReleaseQuestion) -> str:
    young, old = question.youngest_months, question.oldest_months
    if young is None and old is None:
        return ""
    if months is None:
        return "Its age is not known."
    if young is not None and months < young:
        return f"It is {months} months old, younger than {young}."
    if old is not None and months > old:
        return f"It is {months} months old, older than {old}."
    return ""
