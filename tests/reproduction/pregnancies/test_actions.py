"""Pregnancies begun, ended, corrected, taken back and struck out."""

from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.keeping import NotTheirsError
from studbook.animals.parents_told import ParentChoice
from studbook.core.dates import DateInterval
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditEntry
from studbook.reproduction.models import GameteWork, Mating, Pregnancy
from studbook.reproduction.pregnancies.actions import (
    correct_pregnancy,
    start_pregnancy,
    strike_pregnancy,
    take_outcome_back,
    tell_outcome,
)
from studbook.reproduction.pregnancies.beginnings import beginning_of, choice_of
from tests import factories
from tests.reproduction.assisted import inseminated, procedure, sample_of, used
from tests.reproduction.conftest import Couple

ON = DateInterval.parse("2025-01-10")
WHY = "The keeper's card says so."


def mated(couple: Couple, on: str) -> Mating:
    mating = Mating(programme=couple.programme, sire=couple.sire, dam=couple.dam, institution=couple.zoo)
    mating.date = DateInterval.parse(on)
    mating.save()
    return mating


def begun(couple: Couple, by: User | None, **told: Any) -> Pregnancy:
    told = {"on": ON, "sire": choice_of(couple.sire)} | told
    return start_pregnancy(couple.dam, by=by, **told)


def ended(pregnancy: Pregnancy, by: User, **told: Any) -> Pregnancy:
    told = {"outcome": "lost", "on": DateInterval.parse("2025-03-01"), "opened_version": 1} | told
    return tell_outcome(pregnancy, by=by, **told)


def test_start_pregnancy__is_at_the_dams_zoo_with_a_trail(couple: Couple, bo: User) -> None:
    made = begun(couple, bo)
    assert (made.institution, made.method, made.outcome, made.logged_by) == (couple.zoo, "natural", "", bo)
    assert str(made.window) == "between 2025-04-10 and 2025-04-25"
    assert AuditEntry.objects.get().verb == "start pregnancy"


def test_start_pregnancy__may_be_suspected_without_a_sire(couple: Couple, bo: User) -> None:
    assert begun(couple, bo, sire=ParentChoice()).sire is None


def test_start_pregnancy__is_asked_of_the_zoo_that_holds_the_dam(
    couple: Couple, cy: User, remy: User
) -> None:
    for stranger in (cy, remy):
        with pytest.raises(NotTheirsError):
            begun(couple, stranger)


def test_beginning_of__a_mating_spans_the_matings_of_its_heat(couple: Couple) -> None:
    mated(couple, "2025-01-10")
    last = mated(couple, "2025-01-14")
    mated(couple, "2025-03-01")
    told = beginning_of(couple.dam, mating=last.pk, insemination=None)
    assert told is not None
    assert str(told.conceived) == "between 2025-01-10 and 2025-01-14"
    assert (told.sire, told.method) == (couple.sire, "natural")
    assert beginning_of(couple.sire, mating=last.pk, insemination=None) is None


def test_beginning_of__an_insemination_tells_donor_and_method(couple: Couple) -> None:
    insemination = inseminated(couple.dam, couple.late, "2025-01-10", couple.zoo)
    told = beginning_of(couple.dam, mating=None, insemination=insemination.pk)
    assert told is not None
    assert (told.sire, told.method) == (couple.late, "fresh")
    used(sample_of(couple.late, "2018-01-01", couple.zoo), insemination)
    told = beginning_of(couple.dam, mating=None, insemination=insemination.pk)
    assert told is not None
    assert told.method == "banked"


def test_start_pregnancy__of_a_transfer_names_whose_young_they_are(couple: Couple, bo: User) -> None:
    donor = factories.AnimalFactory(programme=couple.programme)
    transfer = procedure(couple.dam, "gametes", "2025-01-10", couple.zoo)
    GameteWork.objects.create(procedure=transfer, what="transfer", sire=couple.sire, dam=donor)
    made = begun(couple, bo, insemination=transfer, method="embryo")
    assert made.gene_dam == donor


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"on": DateInterval.parse("2005")}, "was born"),
        ({"on": DateInterval.parse("2999")}, "future|not come"),
        ({"sire": "dam"}, "cannot be the sire"),
        ({"sire": "several"}, "one sire"),
        ({"sire": "foreign"}, "not in the book"),
        ({"mating": True, "on": DateInterval.parse("2025-02-10")}, "does not fit"),
        ({"mating": True, "method": "fresh"}, "natural mating"),
        ({"mating": True, "sire": "late"}, "other animals"),
        ({"insemination": True}, "Choose insemination"),
        ({"insemination": True, "method": "fresh"}, "names 1"),
    ],
)
def test_start_pregnancy__refuses_what_cannot_be(
    told: dict[str, Any], sentence: str, couple: Couple, bo: User
) -> None:
    sires = {
        "dam": choice_of(couple.dam),
        "late": choice_of(couple.late),
        "foreign": choice_of(factories.AnimalFactory(sex="M")),  # type: ignore[arg-type]
        "several": ParentChoice("several", (couple.sire, couple.late), (1, 1)),  # type: ignore[arg-type]
    }
    told = dict(told)
    if "sire" in told:
        told["sire"] = sires[told["sire"]]
    if told.get("mating"):
        told["mating"] = mated(couple, "2025-01-10")
    if told.get("insemination"):
        told["insemination"] = inseminated(couple.dam, couple.late, "2025-01-10", couple.zoo)
        told.setdefault("sire", choice_of(couple.sire if told.get("method") else couple.late))
    with pytest.raises(StudbookError, match=sentence):
        begun(couple, bo, **told)
    assert not Pregnancy.objects.exists()


def test_start_pregnancy__refuses_a_male(couple: Couple, bo: User) -> None:
    with pytest.raises(StudbookError, match="recorded male"):
        start_pregnancy(couple.sire, on=ON, sire=ParentChoice(), by=bo)


def test_start_pregnancy__refuses_the_same_a_second_time(couple: Couple, bo: User) -> None:
    begun(couple, bo)
    with pytest.raises(StudbookError, match="in the book already"):
        begun(couple, bo)


@pytest.mark.parametrize("outcome", ["not pregnant", "lost"])
def test_tell_outcome__ends_it_without_young(outcome: str, couple: Couple, bo: User) -> None:
    told = ended(begun(couple, bo), bo, outcome=outcome, told_by="ultrasound")
    told.refresh_from_db()
    assert (told.outcome, str(told.ended), told.told_by) == (outcome, "2025-03-01", "ultrasound")
    assert told.litter_size is None


def test_tell_outcome__is_told_once_after_the_beginning_and_is_no_litter(couple: Couple, bo: User) -> None:
    pregnancy = begun(couple, bo)
    with pytest.raises(StudbookError, match="before it began"):
        ended(pregnancy, bo, on=DateInterval.parse("2024-12-01"))
    with pytest.raises(StudbookError, match="is logged, or tied"):
        ended(pregnancy, bo, outcome="litter")
    ended(pregnancy, bo)
    with pytest.raises(StudbookError, match="Take that outcome back"):
        ended(pregnancy, bo, opened_version=2)


def test_take_outcome_back__opens_it_again_for_a_reason(couple: Couple, bo: User, rita: User) -> None:
    pregnancy = ended(begun(couple, bo), bo)
    with pytest.raises(StudbookError, match="needs a reason"):
        take_outcome_back(pregnancy, by=rita, opened_version=2, reason=" ")
    with pytest.raises(NotTheirsError):
        take_outcome_back(pregnancy, by=bo, opened_version=2, reason=WHY)
    opened = take_outcome_back(pregnancy, by=rita, opened_version=2, reason=WHY)
    assert (opened.outcome, opened.ended, opened.told_by) == ("", None, "")


def test_correct_pregnancy__refuses_a_stale_form_and_nothing_new(couple: Couple, rita: User) -> None:
    pregnancy = begun(couple, rita)
    told: dict[str, Any] = {"by": rita, "sire": choice_of(couple.sire), "method": "natural", "reason": WHY}
    with pytest.raises(StudbookError, match="says this already"):
        correct_pregnancy(pregnancy, on=ON, opened_version=1, **told)
    later = DateInterval.parse("2025-01-12")
    corrected = correct_pregnancy(pregnancy, on=later, opened_version=1, **told)
    assert corrected.conceived == later
    with pytest.raises(StaleRecordError):
        correct_pregnancy(pregnancy, on=ON, opened_version=1, **told)


def test_strike_pregnancy__leaves_the_dam_free_for_the_right_one(couple: Couple, rita: User) -> None:
    pregnancy = begun(couple, rita)
    strike_pregnancy(pregnancy, by=rita, opened_version=1, reason=WHY)
    assert begun(couple, rita).pk != pregnancy.pk
    with pytest.raises(StudbookError, match="was struck out"):
        ended(pregnancy, rita, opened_version=2)


def test_start_pregnancy__begins_with_nothing_that_was_struck_out_meanwhile(couple: Couple, bo: User) -> None:
    mating, insemination = (
        mated(couple, "2025-01-10"),
        inseminated(couple.dam, couple.sire, "2025-01-10", couple.zoo),
    )
    for each in (mating, insemination):
        type(each).objects.update(struck_at="2025-02-01T00:00Z", struck_why="None.")
    with pytest.raises(StudbookError, match=r"was struck out\. Begin with another mating"):
        begun(couple, bo, mating=mating)
    with pytest.raises(StudbookError, match=r"was struck out\. Begin with another, or"):
        begun(couple, bo, insemination=insemination, method="fresh")


def test_start_pregnancy__comes_of_embryos_only_where_they_were_transferred(couple: Couple, bo: User) -> None:
    taken = procedure(couple.dam, "gametes", "2025-01-10", couple.zoo)
    GameteWork.objects.create(procedure=taken, what="oocytes", sire=couple.sire)
    assert beginning_of(couple.dam, mating=None, insemination=taken.pk) is None
    with pytest.raises(StudbookError, match="no embryos were transferred in it"):
        begun(couple, bo, insemination=taken, method="embryo")
    GameteWork.objects.update(what="transfer")
    assert beginning_of(couple.dam, mating=None, insemination=taken.pk)


def test_pregnancy__is_reminded_of_anew_when_its_days_are_others(
    couple: Couple, bo: User, rita: User
) -> None:
    made = begun(couple, bo)
    Pregnancy.objects.update(reminded_at="2025-04-01T00:00Z")
    told = {"sire": choice_of(couple.sire), "method": "natural", "by": rita, "reason": WHY}
    kept = correct_pregnancy(made, on=ON, note="Seen.", opened_version=1, **told)
    assert kept.reminded_at
    moved = correct_pregnancy(made, on=DateInterval.parse("2025-02-10"), opened_version=2, **told)
    assert moved.reminded_at is None
    Pregnancy.objects.update(reminded_at="2025-04-01T00:00Z")
    ended(made, bo, opened_version=3)
    take_outcome_back(made, by=rita, opened_version=4, reason=WHY)
    made.refresh_from_db()
    assert made.reminded_at is None


def test_expected__needs_a_window(couple: Couple, bo: User) -> None:
    begun(couple, bo)
    programme, last = couple.programme, DateInterval.parse("2025-12-01").latest
    assert Pregnancy.objects.expected(programme, on=ON.latest, until=last).exists()
    programme.gestation_days_max = None
    assert not Pregnancy.objects.expected(programme, on=ON.latest, until=last).exists()
