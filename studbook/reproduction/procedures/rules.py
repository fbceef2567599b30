"""What a procedure may not say: days and times that cannot be, and an anaesthesia that was another's."""

from datetime import timedelta
from itertools import pairwise
from typing import Any

from studbook.animals.entry.observation_rules import refuse_impossible_day
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.findings import rejected
from studbook.reproduction.models import (
    Anaesthesia,
    Examination,
    GameteWork,
    Insemination,
    Pregnancy,
    Procedure,
    SemenCollection,
)
from studbook.reproduction.procedures.kinds import KINDS, OF_FEMALES
from studbook.reproduction.procedures.times import (
    LONGEST_HOURS,
    Times,
    days_asleep,
    times_asleep,
    times_of,
    too_long,
)
from studbook.reproduction.spans import RECOVERY_DAYS
from studbook.reproduction.whereabouts import refuse_absent, refuse_sex

REMEDY = "Strike the pregnancy out first, and start it anew when this is corrected."


def refuse_procedure(procedure: Procedure, on: DateInterval) -> None:
    """Refuse a procedure that was not possible on the animal on that day, or at these times; two queries at most."""
    kind, animal = KINDS[procedure.kind], procedure.animal
    if kind.sex:
        refuse_sex(animal, kind.sex, kind.label)
    if kind.of_the_dead:
        refuse_impossible_day(animal, kind.label, on)
    else:
        refuse_absent(animal, kind.label, on)
    _refuse_backwards(procedure, times_of(procedure))
    _refuse_under(procedure, on)


def refuse_anaesthesia(procedure: Procedure, told: Anaesthesia) -> None:
    """Refuse times of an anaesthesia that do not follow each other, over midnight or not."""
    _refuse_backwards(procedure, times_asleep(procedure, told))


def refuse_collection(procedure: Procedure, told: SemenCollection) -> None:
    """Refuse semen collected of a dead male, but from the epididymis within days of the death."""
    on, death = procedure.date, procedure.animal.death
    if on is None:
        return
    recovered = told.method == SemenCollection.Method.EPIDIDYMIS and death is not None
    if not recovered or on.earliest - death.latest > timedelta(days=RECOVERY_DAYS):  # type: ignore[union-attr]
        refuse_absent(procedure.animal, "semen collection", on)


def refuse_examination(procedure: Procedure, told: Examination) -> None:
    """Refuse of a male what is found in females alone, and young that were counted without a pregnancy."""
    found = [name for name in OF_FEMALES if getattr(told, name) not in ("", None)]
    animal = procedure.animal
    if found and animal.sex == Animal.Sex.MALE:
        sentence = f"{animal} is recorded male and cannot {OF_FEMALES[found[0]]}. Leave it out, choose a female, or correct its sex first."
        raise rejected("B2", [animal.studbook_number], sentence, field=found[0])
    if told.young and told.pregnancy != Examination.Finding.YES:
        raise StudbookError(
            f"{told.young} young are counted in {animal}, and no pregnancy was found. Choose “pregnant: found”, or leave the "
            "number out.",
            field="young",
        )


def refuse_gametes(told: GameteWork) -> None:
    """Refuse parents of the wrong sex, and more of a later stage than there were of the one before."""
    if told.sire:
        refuse_sex(told.sire, "M", "oocyte or embryo work", field="sire")
    if told.dam:
        refuse_sex(told.dam, "F", "oocyte or embryo work", field="dam")
    for more, fewer, words in (
        ("oocytes", "matured", "matured"),
        ("oocytes", "fertilised", "were fertilised"),
        ("fertilised", "embryos", "became embryos"),
    ):
        of, became = getattr(told, more), getattr(told, fewer)
        if of is not None and became is not None and became > of:
            raise StudbookError(
                f"{became} {words}, and there were {of} {more}. Correct one of the two.", field=fewer
            )


def refuse_against_what_rests_on_it(procedure: Procedure, row: Any, on: DateInterval) -> None:
    """Refuse what contradicts what was done under it or with its semen, and what came of it; three queries."""
    for each in procedure.done_under.standing():
        if each.date and not each.date.meets(days_asleep(procedure, on)):
            raise StudbookError(
                f"The {each} was done under it, on another day than {on}. Correct that one first.", field="on"
            )
    used = Insemination.objects.filter(collection=procedure, procedure__struck_at=None)
    for insemination in used.select_related("procedure__animal"):
        date = insemination.procedure.date
        if date and date.latest < on.earliest:
            raise StudbookError(
                f"Its semen was used for the {insemination.procedure}, before {on}. Correct that one first.",
                field="on",
            )
    _refuse_against_pregnancies(procedure, row, on)


def _refuse_against_pregnancies(procedure: Procedure, row: Any, on: DateInterval) -> None:
    if procedure.kind not in (Procedure.Kind.INSEMINATION, Procedure.Kind.GAMETES):
        return
    for each in procedure.pregnancies.standing().select_related("dam", "sire", "gene_dam"):
        if each.conceived and not each.conceived.meets(on):
            raise StudbookError(
                f"The {each}, is recorded to come of it, which does not fit {on}. {REMEDY}", field="on"
            )
        if isinstance(row, Insemination):
            _refuse_other_sire(each, row.donor, "donor")
        elif isinstance(row, GameteWork):
            _refuse_other_sire(each, row.sire, "sire")
            _refuse_other_embryos(each, row)


def _refuse_other_sire(pregnancy: Pregnancy, sire: Animal | None, field: str) -> None:
    if sire and sire.pk != pregnancy.sire_id:
        told = pregnancy.sire or "no known sire"
        raise StudbookError(
            f"The {pregnancy}, is recorded to come of it, by {told} and not by {sire}. {REMEDY}", field=field
        )


def _refuse_other_embryos(pregnancy: Pregnancy, work: GameteWork) -> None:
    if work.what != GameteWork.What.TRANSFER:
        raise StudbookError(f"The {pregnancy}, is recorded to come of this transfer. {REMEDY}", field="what")
    told, dam = pregnancy.gene_dam or pregnancy.dam, work.dam or pregnancy.dam
    if told != dam:
        raise StudbookError(
            f"The {pregnancy}, is recorded to bear young of {told}, not of {dam}. {REMEDY}", field="dam"
        )


def _refuse_under(procedure: Procedure, on: DateInterval) -> None:
    under = procedure.under
    if under is None:
        return
    if under.is_struck or under.kind != Procedure.Kind.ANAESTHESIA or under.animal_id != procedure.animal_id:
        raise StudbookError(
            f"The {under} is no anaesthesia of {procedure.animal} that stands. Choose one of this animal, or none.",
            field="under",
        )
    if under.date and not days_asleep(under, under.date).meets(on):
        raise StudbookError(
            f"The {under} was not on {on}. Correct one of the dates, or choose another anaesthesia.",
            field="under",
        )


def _refuse_backwards(procedure: Procedure, times: Times) -> None:
    if not too_long(times):
        return
    told = [(name, at) for name, at in times if at is not None]
    for (earlier, before), (later, after) in pairwise(told):
        if after < before:
            raise StudbookError(
                f"The {procedure.get_kind_display()} of {procedure.animal} would be {_words(later)} at {after:%H:%M}, before it "
                f"was {_words(earlier)} at {before:%H:%M}; and if that was after midnight, it lasted longer than "
                f"{LONGEST_HOURS} hours. Correct one of the times.",
                field=later,
            )


def _words(name: str) -> str:
    words = {"lying_at": "lying", "reversed_at": "given the antidote", "standing_at": "standing"}
    return words.get(name, name)
