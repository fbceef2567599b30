"""What has changed since a plan's last version, so that it cannot be carried out as it says: computed on reading (D2)."""

from dataclasses import dataclass, field

from pedigree.errors import UnknownAnimalError
from studbook.core.templatetags.studbook import coefficient
from studbook.planning.banked import used_up
from studbook.planning.models import Plan, PlanVersion, Recommendation
from studbook.planning.plans.barred import barred_since
from studbook.planning.plans.lines import (
    BANKED,
    SEX_WORDS,
    STATUS_WORDS,
    Line,
    PlanLines,
    dead_donors,
)
from studbook.planning.plans.reading import lines_of, standing_pairs
from studbook.planning.plans.versions import lines_in
from studbook.planning.stays import A_PLACE
from studbook.population.analysis import Analysis, NoFiguresError
from studbook.population.bank.sires import stored_sires
from studbook.population.basis import Basis
from studbook.population.wider import analysis_with

Reasons = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Staleness:
    """Why rows and pairs are stale, by their keys; those that stand as they were are not in it. `known` are the version's pairs."""

    version: PlanVersion | None = None
    rows: dict[int, Reasons] = field(default_factory=dict)
    pairs: dict[int, Reasons] = field(default_factory=dict)
    known: frozenset[int] = frozenset()

    def of_pair(self, key: int) -> Reasons | None:
        """Return why a pair is stale; None where the last version does not have it."""
        return self.pairs.get(key, ()) if key in self.known else None

    @property
    def count(self) -> int:
        """How many animals are stale."""
        return len(self.rows)


def last_version(plan: Plan) -> PlanVersion | None:
    """Return a plan's last version without its bytes; one query."""
    return plan.versions.defer("inputs", "figures").order_by("number").last()


def staleness_of(plan: Plan, lines: PlanLines | None = None) -> Staleness:
    """Return what became stale in a plan since its last version; nothing before the first, and after the end."""
    version = last_version(plan) if plan.is_open else None
    if version is None:
        return Staleness()
    then = {each.row: each for each in lines_in(version).animals}
    lines = lines or lines_of(plan)
    places = {each.key: each.name for each in (*lines_in(version).places, *lines.places)}
    own = {
        now.number: reasons
        for now in lines.animals
        if now.row in then and (reasons := _reasons(then[now.row], now, places))
    }
    known = frozenset(each.pair for each in lines_in(version).pairs)
    kinship = _kinship_changes(plan) if known else {}
    used = _used_up(plan, lines) if known else {}
    barred = {number: (reason,) for number, reason in barred_since(version, lines, known).items()}
    pairs = {}
    for pair in lines.pairs:
        # A banked sample outlives its donor, and stays where it is when he moves.
        of_sire = (
            used.get(pair.sire, ())
            if pair.method == BANKED
            else (*own.get(pair.sire, ()), *barred.get(pair.sire, ()))
        )
        of_dam = (*own.get(pair.dam, ()), *barred.get(pair.dam, ()))
        of_pair = (*of_sire, *of_dam, *kinship.get(pair.pair, ()))
        if pair.pair in known and of_pair:
            pairs[pair.pair] = of_pair
    rows = {}
    for line in lines.animals:
        of_mates = [each for pair in lines.pairs_of(line.number) for each in pairs.get(pair.pair, ())]
        if reasons := tuple(dict.fromkeys((*own.get(line.number, ()), *of_mates))):
            rows[line.row] = reasons
    return Staleness(version, rows, pairs, known)


def _used_up(plan: Plan, lines: PlanLines) -> dict[str, Reasons]:
    """Return the dead sires of banked pairs of whom no dose is left; one query, none without a dead one."""
    dead, animals = dead_donors(lines), lines.by_number()
    if not dead:
        return {}
    left = stored_sires(plan.programme)
    gone = (animals[number] for number in dead if number not in left)
    return {each.number: (used_up(each.words, STATUS_WORDS.get(each.status, each.status)),) for each in gone}


def _reasons(then: Line, now: Line, places: dict[int, str]) -> Reasons:
    found = []
    if now.number != then.number:
        found.append(f"{then.words} was merged into {now.words}.")
    if now.status != then.status:
        found.append(_gone(now))
    elif now.holder != then.holder and now.holder != then.place_to_be:
        found.append(
            f"{now.words} has moved from {_place(places, then.holder)} to {_place(places, now.holder)}."
        )
    if now.sex != then.sex:
        found.append(f"{now.words} is recorded as {SEX_WORDS[now.sex]} now, and was {SEX_WORDS[then.sex]}.")
    if now.excluded and now.excluded != then.excluded:
        found.append(f"{now.words} is excluded from the analysis since: {now.excluded.rstrip('.')}.")
    return tuple(found)


def _gone(now: Line) -> str:
    when = f" ({now.death})" if now.death else ""
    return f"{now.words} is {STATUS_WORDS.get(now.status, now.status)}{when}."


def _place(places: dict[int, str], key: int | None) -> str:
    return places.get(key or 0, A_PLACE)


def _kinship_changes(plan: Plan) -> dict[int, Reasons]:
    """Return the pairs whose young would be inbred otherwise than when the version was frozen: ancestors were corrected."""
    basis = Basis(plan.programme, tuple(plan.overlays.order_by("pk")))
    pairs = list(standing_pairs(plan).select_related("sire", "dam"))
    try:
        analysis = analysis_with(
            basis, [each.sire.studbook_number for each in pairs if each.method == BANKED]
        )
    except NoFiguresError:
        return {}
    found: dict[int, Reasons] = {}
    for pair in pairs:
        now, then = _f_now(analysis, pair), pair.f_offspring
        if now is not None and then is not None and coefficient(now) != coefficient(then):
            sentence = (
                f"The young of {pair} would have inbreeding {coefficient(now)} now, and {coefficient(then)} when the plan was "
                "sent out: an ancestor's parents were corrected."
            )
            found[pair.pk] = (sentence,)
    return found


def _f_now(analysis: Analysis, pair: Recommendation) -> float | None:
    try:
        rows = (
            analysis.population.row(pair.sire.studbook_number),
            analysis.population.row(pair.dam.studbook_number),
        )
    except UnknownAnimalError:
        return None
    return float(analysis.kinship[rows])
