"""Whether what a plan says can be done: what is rejected, and what is to be read before it is published (rules D8, D12)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from studbook.animals.models import Animal
from studbook.core.findings import LEVELS, NOTIFY, REJECT, WARN, Finding
from studbook.institutions.models import Institution, Participation
from studbook.planning.banked import used_up
from studbook.planning.models import Plan, PlanAnimal
from studbook.planning.plans.capping import findings_of_caps
from studbook.planning.plans.lines import (
    BANKED,
    LIVING,
    SEX_WORDS,
    STATUS_WORDS,
    Line,
    PairLine,
    PlanLines,
    apart,
)
from studbook.planning.plans.litters import findings_of_litters
from studbook.planning.plans.reading import lines_of
from studbook.planning.stays import A_PLACE
from studbook.planning.wording import counted
from studbook.population.bank.sires import stored_sires
from studbook.reproduction.status.standing import standing_on
from studbook.transfers.machine import MOVING, NOT_SENT
from studbook.transfers.models import Transfer, TransferAnimal

CODE = "D8"


@dataclass(frozen=True, slots=True)
class Situation:
    """What the lines of a plan are judged by: who takes part, what moves already, which transfers plans proposed.

    `doses` are those in store of the sires of banked pairs, `barred` tells of animals of pairs why they are not to breed.
    """

    lines: PlanLines
    taking_part: frozenset[int]
    moving: dict[int, Transfer]
    of_rows: dict[int, Transfer]
    of_plans: frozenset[int]
    names: dict[int, str]
    unnamed: int
    doses: Mapping[str, int] = field(default_factory=dict)
    barred: Mapping[str, str] = field(default_factory=dict)

    def name(self, key: int | None) -> str:
        return self.names.get(key or 0, A_PLACE)


def judged(plan: Plan, lines: PlanLines | None = None) -> list[Finding]:
    """Return what stands against a plan as it is written; eleven queries at most beside those for the lines."""
    lines = lines or lines_of(plan)
    found = (
        *findings_in(situation_of(plan, lines)),
        *findings_of_caps(plan, lines),
        *findings_of_litters(plan, lines),
    )
    return sorted(found, key=lambda each: LEVELS.index(each.level))


def situation_of(plan: Plan, lines: PlanLines) -> Situation:
    animals = [each.animal for each in lines.animals]
    open_lines = TransferAnimal.objects.filter(animal__in=animals, open=True).select_related(
        "transfer__receiver"
    )
    moving = {each.animal_id: each.transfer for each in open_lines if each.transfer.state in MOVING}
    proposed = PlanAnimal.objects.filter(transfer__in=[each.pk for each in moving.values()])
    own = plan.animals.filter(removed_at=None).exclude(transfer=None).select_related("transfer")
    taking_part = Participation.objects.filter(programme=plan.programme_id).exclude(
        institution__kind=Institution.Kind.WILD
    )
    living = Animal.objects.living().filter(programme=plan.programme_id).exclude(pk__in=animals)
    return Situation(
        lines=lines,
        taking_part=frozenset(taking_part.values_list("institution", flat=True)),
        moving=moving,
        of_rows={each.pk: each.transfer for each in own if each.transfer},
        of_plans=frozenset(each for each in proposed.values_list("transfer", flat=True) if each),
        names={each.key: each.name for each in lines.places},
        unnamed=living.count(),
        doses=_doses(plan, lines),
        barred=_barred(plan, lines),
    )


def _doses(plan: Plan, lines: PlanLines) -> dict[str, int]:
    """Return the doses in store for use by sire; one query, none without a banked pair."""
    if not any(pair.method == BANKED for pair in lines.pairs):
        return {}
    return {number: each.doses for number, each in stored_sires(plan.programme).items()}


def _barred(plan: Plan, lines: PlanLines) -> dict[str, str]:
    """Return why animals of pairs are not to breed today, by their numbers; one query, none without a pair."""
    paired = {number for pair in lines.pairs for number in (pair.sire, pair.dam)}
    keys = {line.animal: line.number for line in lines.animals if line.number in paired and line.is_living}
    if not keys:
        return {}
    standing = standing_on(plan.programme, timezone.localdate())
    return {keys[key]: each.bar.sentence for key, each in standing.items() if key in keys and each.bar}


def findings_in(situation: Situation) -> list[Finding]:
    """Return what stands against the lines, whatever the level."""
    lines = situation.lines
    found = [each for line in lines.animals for each in _of_line(situation, line)]
    found += [each for pair in lines.pairs for each in _of_pair(situation, pair)]
    found += [_apart(situation, each) for each in apart(lines)]
    found += _of_doses(situation)
    if situation.unnamed:
        animals = (
            "1 living animal is" if situation.unnamed == 1 else f"{situation.unnamed} living animals are"
        )
        sentence = f"{animals} not named in the plan. “Everybody else” gives each a row."
        found.append(Finding(CODE, NOTIFY, (), sentence))
    return found


def _of_line(situation: Situation, line: Line) -> Iterable[Finding]:
    if line.is_sent:
        yield from _of_sent(situation, line)
    elif (transfer := situation.moving.get(line.animal)) and transfer != situation.of_rows.get(line.row):
        yield _finding(
            WARN,
            line,
            f"{line.words} is in {transfer} to {transfer.receiver}, and the plan says HOLD.",
            "disposition",
        )
    if line.breeding == PlanAnimal.Breeding.DO_NOT_BREED and (pairs := situation.lines.pairs_of(line.number)):
        mates = ", ".join(each.other(line.number) for each in pairs)
        sentence = (
            f"{line.words} is DO NOT BREED, and recommended with {mates}. Withdraw the pair, or let it breed."
        )
        yield _finding(REJECT, line, sentence, "breeding")


def _of_sent(situation: Situation, line: Line) -> Iterable[Finding]:
    there = situation.name(line.destination)
    if not line.is_living:
        sentence = f"{line.words} is {STATUS_WORDS.get(line.status, line.status)} and cannot be sent. Say HOLD, or take its row out."
        yield _finding(REJECT, line, sentence, "disposition")
        return
    transfer, own = situation.moving.get(line.animal), situation.of_rows.get(line.row)
    # It has come where the plan sent it: nothing is wrong with that.
    if line.destination == line.holder and (own is None or own.receiver_id != line.destination):
        sentence = f"{line.words} is held at {there} already. Choose another institution, or say HOLD."
        yield _finding(REJECT, line, sentence, "destination")
    if line.destination not in situation.taking_part:
        sentence = f"{there} does not take part in the programme, or is a wild area, so {line.words} cannot be sent there. Choose one that does."
        yield _finding(REJECT, line, sentence, "destination")
    if line.holder is None:
        sentence = (
            f"The book does not say where {line.words} is, so nobody can send it. Correct its events first."
        )
        yield _finding(REJECT, line, sentence, "disposition")
    if transfer and transfer.receiver_id != line.destination and not _may_be_replaced(situation, transfer):
        how = "has been sent" if transfer.state not in NOT_SENT else "is to go"
        remedy = (
            "Say so here"
            if transfer.state not in NOT_SENT
            else "Withdraw that transfer first, or say the same here"
        )
        sentence = f"{line.words} {how} to {transfer.receiver} in {transfer} already. {remedy}."
        yield _finding(REJECT, line, sentence, "destination")


def _may_be_replaced(situation: Situation, transfer: Transfer) -> bool:
    """Tell whether a plan proposed the transfer and it is not sent yet: what a plan says anew takes its place."""
    return transfer.state in NOT_SENT and transfer.pk in situation.of_plans


def _of_pair(situation: Situation, pair: PairLine) -> Iterable[Finding]:
    lines = situation.lines
    animals = lines.by_number()
    for number, sex, part in ((pair.sire, "M", "sire"), (pair.dam, "F", "dam")):
        line = animals.get(number)
        if line is None:
            yield Finding(CODE, REJECT, (number,), f"{number} is recommended and has no row. Add one.")
            continue
        banked = pair.method == BANKED and part == "sire"
        status = STATUS_WORDS.get(line.status, line.status)
        if banked and line.status != LIVING and number not in situation.doses:
            yield Finding(CODE, REJECT, (number,), f"{used_up(line.words, status)} Withdraw the pair.")
        # Banked semen outlives its donor.
        elif line.status != LIVING and not banked:
            sentence = f"{line.words} is {status}, so {_said(lines, pair)} cannot breed. Withdraw the pair."
            yield Finding(CODE, REJECT, (number,), sentence)
        elif (bar := situation.barred.get(number)) and not (banked and number in situation.doses):
            sentence = f"{line.words} is not to breed: {bar}. {_said(lines, pair)} is recommended all the same; withdraw the pair if it should not be."
            yield Finding(CODE, WARN, (number,), sentence)
        if line.sex != sex:
            sentence = f"{line.words} is recorded as {SEX_WORDS[line.sex]} and cannot be the {part} of {_said(lines, pair)}. Withdraw the pair."
            yield Finding(CODE, REJECT, (number,), sentence)
        if line.excluded:
            sentence = f"{line.words} is excluded from the analysis of this plan ({line.excluded}), and is to breed in {_said(lines, pair)}. Withdraw the pair, or the overlay."
            yield Finding(CODE, REJECT, (number,), sentence)


def _of_doses(situation: Situation) -> Iterable[Finding]:
    """Warn of each banked sire of whom fewer doses are in store than litters are to come of his samples."""
    wanted: dict[str, int] = {}
    for pair in situation.lines.pairs:
        if pair.method == BANKED:
            wanted[pair.sire] = wanted.get(pair.sire, 0) + pair.litters
    animals = situation.lines.by_number()
    for number, litters in wanted.items():
        doses, line = situation.doses.get(number, 0), animals.get(number)
        # Of a dead sire without a dose more is said at his pair.
        if line and doses < litters and (doses or line.is_living):
            sentence = (
                f"{counted(litters, 'litter')} of banked samples of {line.words} {_be(litters)} planned, and "
                f"{counted(doses, 'dose')} of his {_be(doses)} in store for use. Plan fewer litters, or bank more first."
            )
            yield Finding(CODE, WARN, (number,), sentence)


def _be(count: int) -> str:
    return "is" if count == 1 else "are"


def _apart(situation: Situation, pair: PairLine) -> Finding:
    animals = situation.lines.by_number()
    sire, dam = animals.get(pair.sire), animals.get(pair.dam)
    places = [situation.name(each.place_to_be) if each else A_PLACE for each in (sire, dam)]
    sentence = (
        f"{_said(situation.lines, pair)} are to mate, and nobody is sent: the sire is at {places[0]}, the dam at {places[1]}. "
        "Send one of the two, or choose insemination."
    )
    return Finding(CODE, WARN, (pair.sire, pair.dam), sentence)


def _said(lines: PlanLines, pair: PairLine) -> str:
    animals = lines.by_number()
    sire, dam = animals.get(pair.sire), animals.get(pair.dam)
    return f"{sire.words if sire else pair.sire} × {dam.words if dam else pair.dam}"


def _finding(level: str, line: Line, sentence: str, field: str) -> Finding:
    return Finding(CODE, level, (line.number,), sentence, field)
