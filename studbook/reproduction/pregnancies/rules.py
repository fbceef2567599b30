"""What a pregnancy cannot be: of a male, by a female, of a record that is another's, or told twice."""

from typing import cast

from studbook.animals.deed_rules import refuse_future
from studbook.animals.models import Animal
from studbook.animals.parents_told import ParentChoice
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.findings import WARN, Finding, rejected
from studbook.reproduction.models import Mating, Pregnancy, Procedure
from studbook.reproduction.pregnancies.beginnings import may_begin, of_insemination
from studbook.reproduction.whereabouts import refuse_absent

NOUN = "pregnancy"
Method = Pregnancy.Method


def sire_among(told: ParentChoice, dam: Animal) -> Animal | None:
    """Return the one sire that is named, None where none is. Refuses several, and one that cannot be."""
    if told.candidates:
        raise StudbookError(
            "A pregnancy has one sire, or none that is known yet. Name the likeliest, or leave it open until the litter is "
            "logged, which may have several.",
            field="sire",
        )
    sire = told.animal
    if sire is None:
        return None
    if sire.programme_id != dam.programme_id:
        sentence = f"{sire} is not in the book of {dam.programme}. Choose a sire from this book."
        raise rejected("B16", [sire.studbook_number], sentence, field="sire")
    if sire.pk == dam.pk or sire.sex == Animal.Sex.FEMALE:
        sentence = f"{sire} is recorded {sire.get_sex_display()} and cannot be the sire. Choose a male, or correct its sex first."
        raise rejected("B2", [sire.studbook_number], sentence, field="sire")
    return sire


def refuse_unsound(pregnancy: Pregnancy) -> None:
    """Refuse a pregnancy that cannot be as it is about to be written; two queries at most."""
    dam, conceived = pregnancy.dam, cast(DateInterval, pregnancy.conceived)
    if dam.sex == Animal.Sex.MALE:
        sentence = (
            f"{dam} is recorded male and cannot be pregnant. Choose a female, or correct its sex first."
        )
        raise rejected("B2", [dam.studbook_number], sentence)
    refuse_absent(dam, NOUN, conceived)
    if pregnancy.mating:
        _refuse_other_mating(pregnancy, pregnancy.mating)
    if pregnancy.insemination:
        _refuse_other_procedure(pregnancy, pregnancy.insemination)
    refuse_end(pregnancy)
    _refuse_twice(pregnancy)


def refuse_end(pregnancy: Pregnancy) -> None:
    """Refuse an end that has not come, or lies before the beginning; nothing of one that is open."""
    ended, conceived = pregnancy.ended, pregnancy.conceived
    if ended:
        refuse_future(pregnancy.dam, ended, "end of the pregnancy")
    if ended and conceived and ended.latest < conceived.earliest:
        raise StudbookError(
            f"The pregnancy of {pregnancy.dam} cannot end {ended}, before it began {conceived}. Correct one of the two dates.",
            field="on",
        )


def refuse_told(pregnancy: Pregnancy) -> None:
    """Refuse to tell the outcome of a pregnancy a second time."""
    if pregnancy.outcome:
        raise StudbookError(
            f"The {pregnancy} ended {pregnancy.ended}: {pregnancy.get_outcome_display()}. Take that outcome back first, if it "
            "is another."
        )


def young_left_by(pregnancy: Pregnancy) -> list[Finding]:
    """Return a warning that names the young which a pregnancy leaves in the book when it is struck out; one query."""
    young = [each.animal for each in pregnancy.young.select_related("animal")]
    if not young:
        return []
    words = ", ".join(map(str, young))
    stay = "stays in the book and is" if len(young) == 1 else "stay in the book and are"
    sentence = (
        f"The litter of this pregnancy, {words}, {stay} of no pregnancy any more. If the young were born of another, tie them "
        "to that one afterwards; if they were never born, make their records void first."
    )
    return [Finding("D15", WARN, tuple(each.studbook_number for each in young), sentence)]


def _refuse_other_mating(pregnancy: Pregnancy, mating: Mating) -> None:
    if mating.is_struck:
        raise StudbookError(f"The {mating} was struck out. Begin with another mating, or with none.")
    if mating.dam_id != pregnancy.dam_id or mating.sire_id != pregnancy.sire_id:
        raise StudbookError(
            f"The {mating} is of other animals than this pregnancy. Name its sire, or begin with another mating.",
            field="sire",
        )
    if pregnancy.method != Method.NATURAL:
        raise StudbookError(
            f"Of a mating comes a pregnancy by natural mating, not by {pregnancy.get_method_display()}. Choose that method, or "
            "begin with the insemination.",
            field="method",
        )
    if mating.date:
        _refuse_other_days(pregnancy, mating.date, f"the {mating}")


def _refuse_other_procedure(pregnancy: Pregnancy, procedure: Procedure) -> None:
    if procedure.is_struck:
        raise StudbookError(f"The {procedure} was struck out. Begin with another, or with none.")
    if not may_begin(procedure):
        raise StudbookError(
            f"No pregnancy comes of the {procedure}: no embryos were transferred in it. Begin with the transfer, or with an "
            "insemination."
        )
    told = of_insemination(procedure)
    if procedure.animal_id != pregnancy.dam_id:
        raise StudbookError(f"The {procedure} was done on another animal than {pregnancy.dam}.")
    if told.sire and told.sire.pk != pregnancy.sire_id:
        raise StudbookError(
            f"The {procedure} names {told.sire} as the sire. Name him, or correct the procedure.",
            field="sire",
        )
    fitting = {Method.EMBRYO} if told.method == Method.EMBRYO else {Method.FRESH, Method.BANKED}
    if pregnancy.method not in fitting:
        raise StudbookError(
            f"{pregnancy.get_method_display().capitalize()} is not how the {procedure} was done. Choose "
            f"{' or '.join(sorted(Method(each).label for each in fitting))}.",
            field="method",
        )
    _refuse_other_days(pregnancy, told.conceived, f"the {procedure}")


def _refuse_other_days(pregnancy: Pregnancy, told: DateInterval, said: str) -> None:
    conceived = pregnancy.conceived
    if conceived and not conceived.meets(told):
        raise StudbookError(
            f"Conceived {conceived} does not fit {said}. Give its day, or the days of all matings with it.",
            field="on",
        )


def _refuse_twice(pregnancy: Pregnancy) -> None:
    same = Pregnancy.objects.standing().filter(
        dam=pregnancy.dam_id,
        conceived_earliest=pregnancy.conceived_earliest,
        conceived_latest=pregnancy.conceived_latest,
    )
    if twice := same.exclude(pk=pregnancy.pk).first():
        raise StudbookError(
            f"The {twice} is in the book already. Go on with it, or correct it, instead of telling it twice.",
            field="on",
        )
