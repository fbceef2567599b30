"""Litters that a plan asks for beyond what a dam can bear or it wants itself, and those already on their way (rule D8)."""

from collections.abc import Iterator

from studbook.core.dates import DateInterval
from studbook.core.findings import WARN, Finding
from studbook.planning.models import Plan, PlanAnimal
from studbook.planning.plans.lines import Line, PairLine, PlanLines
from studbook.planning.stays import A_PLACE
from studbook.planning.wording import counted
from studbook.reproduction.models import Pregnancy

CODE = "D8"
DAYS_IN_YEAR = 365.25


def findings_of_litters(plan: Plan, lines: PlanLines) -> list[Finding]:
    """Return what is to be read of the litters of a plan before it goes out; one query, none where nobody is sent or barred."""
    return [*_of_dams(plan, lines), *_of_all(plan, lines), *_of_pregnancies(plan, lines)]


def seasons_of(plan: Plan) -> int:
    """Return how many litters a dam can bear while a plan runs, one a year."""
    return max(round((plan.ends_on - plan.starts_on).days / DAYS_IN_YEAR), 1)


def _of_dams(plan: Plan, lines: PlanLines) -> Iterator[Finding]:
    animals, seasons = lines.by_number(), seasons_of(plan)
    pairs: dict[str, list[PairLine]] = {}
    for pair in lines.pairs:
        pairs.setdefault(pair.dam, []).append(pair)
    for number, hers in pairs.items():
        litters, line = sum(each.litters for each in hers), animals.get(number)
        if line and len({each.sire for each in hers}) > 1 and litters > seasons:
            sires = " and ".join(_words(animals, each.sire) for each in hers)
            sentence = (
                f"{line.words} is to breed with {sires}, {counted(litters, 'litter')} together, and the plan runs for "
                f"{counted(seasons, 'season')} of one litter each. Withdraw a pair, or plan fewer litters."
            )
            yield Finding(CODE, WARN, (number,), sentence)


def _of_all(plan: Plan, lines: PlanLines) -> Iterator[Finding]:
    litters, wanted = sum(each.litters for each in lines.pairs), plan.litters_wanted
    if wanted and litters > wanted:
        sentence = (
            f"The pairs have {counted(litters, 'litter')} together, and the plan wants {wanted}. Withdraw a pair, plan "
            "fewer litters, or correct how many are wanted."
        )
        yield Finding(CODE, WARN, (), sentence)


def _of_pregnancies(plan: Plan, lines: PlanLines) -> Iterator[Finding]:
    no_breeding = PlanAnimal.Breeding.DO_NOT_BREED
    asked = {
        each.animal: each
        for each in lines.animals
        if each.is_living and (each.is_sent or each.breeding == no_breeding)
    }
    if not asked:
        return
    found = Pregnancy.objects.open().filter(programme=plan.programme_id, dam__in=asked)
    names = {each.key: each.name for each in lines.places}
    for pregnancy in found.select_related("programme").order_by("conceived_earliest", "pk"):
        line = asked[pregnancy.dam_id]
        if line.is_sent and line.destination == line.holder:
            continue  # she has come where the plan sent her
        there = names.get(line.destination or 0, A_PLACE)
        yield Finding(CODE, WARN, (line.number,), _expecting(line, there, pregnancy.window))


def _expecting(line: Line, there: str, window: DateInterval | None) -> str:
    when = f"young may be born {window}" if window else "when young may be born is not known"
    if line.is_sent:
        remedy = "Say HOLD until then, or tell the outcome of the pregnancy"
        return f"{line.words} is to go to {there}, and a pregnancy of hers is open: {when}. {remedy}."
    remedy = "Tell the outcome of the pregnancy, or say in the notes what is to become of her young"
    return f"{line.words} is DO NOT BREED, and a pregnancy of hers is open: {when}. {remedy}."


def _words(animals: dict[str, Line], number: str) -> str:
    line = animals.get(number)
    return line.words if line else number
