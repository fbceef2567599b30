"""The litter of a pregnancy: logged with its outcome in one deed, tied where it is in the book, taken from it when it is void."""

from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.correcting.actions import void_animal
from studbook.animals.correcting.undoing import undo_deed
from studbook.animals.entry.litter import Young, log_birth
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.findings import RuleError, UnacknowledgedError
from studbook.core.models import AuditEntry
from studbook.reproduction.models import Pregnancy, PregnancyYoung, Procedure
from studbook.reproduction.pregnancies.actions import (
    correct_pregnancy,
    start_pregnancy,
    strike_pregnancy,
    take_outcome_back,
    tell_outcome,
)
from studbook.reproduction.pregnancies.beginnings import choice_of
from studbook.reproduction.pregnancies.litters import log_litter, tie_litter
from studbook.reproduction.striking import strike_out
from tests.reproduction.assisted import inseminated, sample_of, used
from tests.reproduction.conftest import Couple

BIRTH = DateInterval.parse("2025-04-16")
WHY = "The team's protocol says so."
LATE = "more than 105 days of gestation before the birth .* with a sample of his, from its pregnancy"


def assisted(couple: Couple, by: User, *, sample: str = "2018-01-01") -> Pregnancy:
    """Return the pregnancy of an insemination with semen of the male who has died, banked unless no sample is named."""
    insemination = inseminated(couple.dam, couple.late, "2025-01-10", couple.zoo)
    if sample:
        used(sample_of(couple.late, sample, couple.zoo), insemination)
    return start_pregnancy(
        couple.dam,
        on=DateInterval.parse("2025-01-10"),
        sire=choice_of(couple.late),
        method="banked",
        insemination=insemination,
        by=by,
    )


def natural(couple: Couple, by: User) -> Pregnancy:
    return start_pregnancy(
        couple.dam, on=DateInterval.parse("2025-01-10"), sire=choice_of(couple.sire), by=by
    )


def born(pregnancy: Pregnancy, by: User, **told: Any) -> list[Animal]:
    told = {"on": BIRTH, "young": [Young(sex="F"), Young(sex="M")], "opened_version": 1} | told
    told.setdefault("sire", choice_of(pregnancy.sire))
    return log_litter(pregnancy, by=by, **told)


@pytest.mark.rule("B9", door="form", case="inside outside")
def test_log_litter__of_a_sire_long_dead_needs_a_sample(couple: Couple, bo: User) -> None:
    with pytest.raises(RuleError, match=LATE) as refusal:
        born(assisted(couple, bo, sample=""), bo)
    assert {each.code for each in refusal.value.findings} == {"B9"}
    assert not PregnancyYoung.objects.exists()
    assert Animal.objects.count() == 3
    pregnancy = Pregnancy.objects.get()
    used(sample_of(couple.late, "2018-01-01", couple.zoo), Procedure.objects.get())
    litter = born(pregnancy, bo)
    for each in litter:
        each.refresh_from_db()
        assert (each.sire, each.dam, each.birth) == (couple.late, couple.dam, BIRTH)
        assert each.pregnancy_born_of.pregnancy.method == "banked"
    pregnancy.refresh_from_db()
    assert (pregnancy.outcome, pregnancy.litter_size, pregnancy.ended) == ("litter", 2, BIRTH)


def test_log_birth__without_its_pregnancy_is_refused_although_there_is_a_sample(
    couple: Couple, bo: User
) -> None:
    assisted(couple, bo)
    with pytest.raises(RuleError, match=LATE):
        log_birth(
            couple.programme,
            on=BIRTH,
            young=[Young()],
            sire=choice_of(couple.late),
            dam=choice_of(couple.dam),
            by=bo,
        )


def test_log_litter__of_a_sample_taken_after_the_death_is_refused(couple: Couple, bo: User) -> None:
    with pytest.raises(RuleError, match="died on 2019-03-01, before what the young comes of was taken"):
        born(assisted(couple, bo, sample="2019-03-10"), bo)
    with pytest.raises(StudbookError, match="already"):
        assisted(couple, bo, sample="")


def test_log_litter__is_one_deed(couple: Couple, bo: User) -> None:
    born(natural(couple, bo), bo)
    entry = AuditEntry.objects.order_by("pk").last()
    assert entry is not None
    assert entry.verb == "log birth"
    records = {each.record for each in entry.changes.all()}
    assert {"animals.animal", "reproduction.pregnancy", "reproduction.pregnancyyoung"} <= records


def test_log_litter__leaves_open_who_the_pregnancy_is_of(couple: Couple, bo: User) -> None:
    pregnancy = natural(couple, bo)
    Pregnancy.objects.update(sire=None)
    pregnancy.refresh_from_db()
    born(pregnancy, bo, sire=choice_of(couple.sire))
    pregnancy.refresh_from_db()
    young = {each.animal.sire for each in pregnancy.young.all()}
    assert (pregnancy.sire, young) == (None, {couple.sire})


def test_log_litter__of_the_dam_as_its_sire_is_refused(couple: Couple, bo: User) -> None:
    pregnancy = natural(couple, bo)
    Pregnancy.objects.update(sire=None)
    pregnancy.refresh_from_db()
    with pytest.raises(StudbookError):
        born(pregnancy, bo, sire=choice_of(couple.dam))
    assert Animal.objects.count() == 3


def test_log_litter__warns_of_another_sire_than_the_pregnancys(couple: Couple, bo: User) -> None:
    other = Animal.objects.get(pk=couple.sire.pk)
    other.pk, other.studbook_number = None, "40"
    other.save()
    with pytest.raises(UnacknowledgedError) as warned:
        born(natural(couple, bo), bo, sire=choice_of(other))
    assert "B20" in {each.code for each in warned.value.findings}


@pytest.mark.rule("B19", door="form", case="inside outside")
@pytest.mark.parametrize(
    ("on", "error"),
    [("2025-04-25", None), ("2025-04-26", UnacknowledgedError), ("2025-06-20", RuleError)],
)
def test_log_litter__is_born_within_the_window(
    on: str, error: type[StudbookError] | None, couple: Couple, bo: User
) -> None:
    pregnancy = natural(couple, bo)
    if error is None:
        assert len(born(pregnancy, bo, on=DateInterval.parse(on))) == 2
        return
    with pytest.raises(error) as refusal:
        born(pregnancy, bo, on=DateInterval.parse(on))
    assert {each.code for each in refusal.value.findings} == {"B19"}  # type: ignore[attr-defined]


def test_log_litter__comes_once_and_of_the_version_seen(couple: Couple, bo: User) -> None:
    pregnancy = natural(couple, bo)
    with pytest.raises(StaleRecordError):
        born(pregnancy, bo, opened_version=7)
    born(pregnancy, bo)
    with pytest.raises(StudbookError, match="Take that outcome back"):
        born(pregnancy, bo, opened_version=2)
    assert Animal.objects.filter(dam=couple.dam).count() == 2


def test_log_litter__of_a_transfer_is_of_the_dam_by_her_genes(couple: Couple, bo: User) -> None:
    pregnancy = natural(couple, bo)
    other = Animal.objects.get(pk=couple.dam.pk)
    other.pk, other.studbook_number = None, "41"
    other.save()
    Pregnancy.objects.update(gene_dam=other, method="embryo")
    pregnancy.refresh_from_db()
    (young,) = born(pregnancy, bo, young=[Young()])
    assert (young.dam, young.holdings.get().institution) == (other, couple.zoo)


def test_tell_outcome__is_possible_where_the_beginning_was_struck_out(couple: Couple, rita: User) -> None:
    pregnancy = assisted(couple, rita)
    strike_out(Procedure.objects.get(), about=[couple.dam], by=rita, opened_version=1, reason=WHY)
    told = tell_outcome(pregnancy, outcome="lost", on=BIRTH, by=rita, opened_version=1)
    assert told.outcome == "lost"


def test_tie_litter__makes_an_assisted_birth_possible_afterwards(couple: Couple, bo: User) -> None:
    litter = log_birth(
        couple.programme,
        on=BIRTH,
        young=[Young(), Young()],
        sire=choice_of(couple.sire),
        dam=choice_of(couple.dam),
        by=bo,
    )
    tied = tie_litter(natural(couple, bo), young=litter, by=bo, opened_version=1)
    assert (tied.outcome, tied.litter_size, tied.ended) == ("litter", 2, BIRTH)
    later = start_pregnancy(
        couple.dam, on=DateInterval.parse("2025-01-12"), sire=choice_of(couple.sire), by=bo
    )
    with pytest.raises(StudbookError, match="of the pregnancy"):
        tie_litter(later, young=litter[:1], by=bo, opened_version=1)


def test_tie_litter__is_of_young_of_the_dam(couple: Couple, bo: User) -> None:
    with pytest.raises(StudbookError, match="Correct the dam first"):
        tie_litter(natural(couple, bo), young=[couple.sire], by=bo, opened_version=1)
    with pytest.raises(StudbookError, match="Choose the young"):
        tie_litter(Pregnancy.objects.get(), young=[], by=bo, opened_version=1)


@pytest.mark.parametrize("how", ["outcome", "pregnancy", "insemination", "sire"])
def test_rules__are_asked_when_what_a_birth_rests_on_is_taken_away(
    how: str, couple: Couple, rita: User
) -> None:
    pregnancy = assisted(couple, rita)
    born(pregnancy, rita)
    insemination = Procedure.objects.get()
    told: dict[str, Any] = {"by": rita, "reason": WHY}
    deeds = {
        "outcome": lambda: take_outcome_back(pregnancy, opened_version=2, **told),
        "pregnancy": lambda: strike_pregnancy(pregnancy, opened_version=2, acknowledged=["D15"], **told),
        "insemination": lambda: strike_out(insemination, about=[couple.dam], opened_version=1, **told),
        "sire": lambda: correct_pregnancy(
            pregnancy,
            on=DateInterval.parse("2024-01-10"),
            sire=choice_of(couple.late),
            method="banked",
            opened_version=2,
            **told,
        ),
    }
    with pytest.raises(StudbookError, match=r"B9|died|does not fit"):
        deeds[how]()
    assert PregnancyYoung.objects.count() == 2


def test_void__of_a_young_leaves_the_pregnancy_and_of_the_last_opens_it(couple: Couple, ada: User) -> None:
    pregnancy = natural(couple, ada)
    first, second = born(pregnancy, ada)
    void_animal(first, by=ada, opened_version=first.version, reason=WHY)
    pregnancy.refresh_from_db()
    assert (pregnancy.outcome, pregnancy.litter_size) == ("litter", 1)
    void_animal(second, by=ada, opened_version=second.version, reason=WHY)
    pregnancy.refresh_from_db()
    assert (pregnancy.outcome, pregnancy.ended, pregnancy.litter_size) == ("", None, None)


def test_void__taken_back_ends_the_pregnancy_again(couple: Couple, ada: User) -> None:
    pregnancy = natural(couple, ada)
    (young,) = born(pregnancy, ada, young=[Young()])
    void_animal(young, by=ada, opened_version=young.version, reason=WHY)
    entry = AuditEntry.objects.order_by("pk").last()
    assert entry is not None
    undo_deed(entry, by=ada, reason=WHY)
    pregnancy.refresh_from_db()
    assert (pregnancy.outcome, pregnancy.litter_size) == ("litter", 1)
    assert pregnancy.young.get().animal == young


def test_strike__of_a_natural_one_lets_its_young_go(couple: Couple, ada: User) -> None:
    pregnancy = natural(couple, ada)
    born(pregnancy, ada)
    strike_pregnancy(pregnancy, by=ada, opened_version=2, reason=WHY, acknowledged=["D15"])
    assert not PregnancyYoung.objects.exists()


def test_void__of_a_dam_waits_for_her_pregnancy(couple: Couple, ada: User) -> None:
    pregnancy = natural(couple, ada)
    with pytest.raises(StudbookError, match="Other records speak of"):
        void_animal(couple.dam, by=ada, opened_version=1, reason=WHY)
    strike_pregnancy(pregnancy, by=ada, opened_version=1, reason=WHY)
    void_animal(couple.dam, by=ada, opened_version=1, reason=WHY)
