"""Procedures corrected with a reason, and struck out with what hung on them."""

from datetime import time
from decimal import Decimal

import pytest

from studbook.accounts.models import User
from studbook.animals.correcting.observations import remove_observation
from studbook.animals.correcting.undoing import undo_deed
from studbook.animals.entry.observation_values import weight_from
from studbook.animals.entry.pending_actions import refuse_entries
from studbook.animals.keeping import NotTheirsError
from studbook.animals.models import Animal, Observation
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.reproduction.bank.stepping import use_sample
from studbook.reproduction.models import Procedure, Sample, SampleStep
from studbook.reproduction.procedures.correcting import correct_procedure, strike_procedure
from tests import factories
from tests.reproduction.conftest import day
from tests.reproduction.procedures.conftest import DAY, Logged, sample_of

pytestmark = pytest.mark.django_db
WHY = {"opened_version": 1, "reason": "The protocol."}


def fresh(made: Procedure) -> Procedure:
    return Procedure.objects.whole().get(pk=made.pk)


def test_correct__changes_the_common_part_the_row_and_the_agents(
    logged: Logged, sire: Animal, bo: User, rita: User
) -> None:
    made = logged("anaesthesia", sire, agents=[{"agent": "ketamine", "dose": Decimal(1), "unit": "ml"}])
    wanted = {"told": {"way": "gas"}, "agents": [{"agent": "isoflurane"}], "started": time(9)}
    with pytest.raises(NotTheirsError):
        correct_procedure(made, on=DAY, by=bo, **wanted, **WHY)
    with pytest.raises(StudbookError, match="needs a reason"):
        correct_procedure(made, on=DAY, by=rita, **wanted, opened_version=1, reason="")
    done = correct_procedure(made, on=day("2025-10-09"), by=rita, **wanted, **WHY)
    assert (done.version, str(done.date), done.started) == (2, "2025-10-09", time(9))
    assert (fresh(made).anaesthesia.way, [str(each) for each in fresh(made).anaesthesia.agents.all()]) == (
        "gas",
        ["isoflurane"],
    )
    with pytest.raises(StaleRecordError):
        correct_procedure(made, on=DAY, by=rita, **wanted, **WHY)


def test_correct__of_nothing_is_refused(logged: Logged, dam: Animal, rita: User) -> None:
    made = logged("examination", dam, {"cysts": "yes"})
    with pytest.raises(StudbookError, match="The book says this of the examination"):
        correct_procedure(made, on=DAY, by=rita, told={"cysts": "yes"}, **WHY)


def test_correct__is_refused_what_logging_is(logged: Logged, sire: Animal, dam: Animal, rita: User) -> None:
    taken = logged("collection", sire)
    made = logged("insemination", dam, {"collection": taken})
    with pytest.raises(StudbookError, match="was collected 2025-10-08, after this insemination"):
        correct_procedure(made, on=day("2025-10-07"), by=rita, **WHY)
    with pytest.raises(StudbookError, match="Its semen was used for the insemination of 22 Khala 2025-10-08"):
        correct_procedure(taken, on=day("2025-10-09"), by=rita, **WHY)
    asleep = logged("anaesthesia", dam)
    logged("examination", dam, under=asleep)
    with pytest.raises(StudbookError, match="was done under it, on another day"):
        correct_procedure(asleep, on=day("2025-10-09"), by=rita, **WHY)


def test_correct__of_a_weighing_corrects_the_weight_too(logged: Logged, dam: Animal, rita: User) -> None:
    made = logged("weighing", dam)
    correct_procedure(made, on=day("2025-10-07"), by=rita, weight=weight_from("39"), **WHY)
    seen = Observation.objects.get()
    assert (seen.quantity, str(seen.date), seen.version) == (39, "2025-10-07", 2)


def test_strike__of_a_weighing_takes_its_weight_out(logged: Logged, dam: Animal, rita: User) -> None:
    made = logged("weighing", dam)
    struck = strike_procedure(made, by=rita, **WHY)
    assert (struck.is_struck, struck.weight, Observation.objects.count()) == (True, None, 0)
    removed = AuditEntry.objects.latest("pk").changes.get(record="animals.observation")
    assert removed.after is None


def test_weight__of_a_weighing_is_not_taken_out_by_itself(logged: Logged, dam: Animal, rita: User) -> None:
    logged("weighing", dam)
    logged_in = AuditEntry.objects.latest("pk")
    seen = Observation.objects.get()
    for attempt in (
        lambda: remove_observation(seen, by=rita, **WHY),
        lambda: undo_deed(logged_in, by=rita, reason="Wrong."),
        lambda: refuse_entries(dam.programme, observations=[seen.pk], by=rita, reason="Wrong."),
    ):
        with pytest.raises(StudbookError, match="weighing of 22 Khala"):
            attempt()
    assert Observation.objects.count() == 1


def test_strike__gives_units_back_only_where_it_is_said(
    logged: Logged, dam: Animal, sample: Sample, rita: User
) -> None:
    first, second = (
        logged("insemination", dam, sample=sample, units=2, started=time(hour)) for hour in (9, 15)
    )
    strike_procedure(first, by=rita, **WHY)
    sample.refresh_from_db()
    assert sample.units == 0
    with pytest.raises(StudbookError, match="Put back 2 at most"):
        strike_procedure(second, by=rita, put_back=3, **WHY)
    strike_procedure(second, by=rita, put_back=1, **WHY)
    sample.refresh_from_db()
    step = SampleStep.objects.latest("pk")
    assert (sample.units, step.kind, step.change) == (1, "counted", 1)
    assert "put back, the insemination was struck out: The protocol." in step.reason
    assert sum(each.change for each in sample.steps.all()) == sample.units


def test_strike__of_what_others_rest_on_is_refused_with_their_names(
    logged: Logged, sire: Animal, dam: Animal, zoo: Institution, rita: User
) -> None:
    asleep = logged("anaesthesia", sire)
    taken = logged("collection", sire, under=asleep)
    made = logged("insemination", dam, {"collection": taken})
    frozen = sample_of(sire, zoo, procedure=taken)
    pregnancy = dam.programme.pregnancies.model(
        programme=dam.programme, dam=dam, sire=sire, institution=zoo, method="fresh", insemination=made
    )
    pregnancy.conceived = DAY
    pregnancy.save()
    for procedure, words in (
        (asleep, "semen collection of 21 Baruto 2025-10-08"),
        (taken, r"insemination of 22 Khala 2025-10-08, logged 20[^;]*; sample AL-1"),
        (made, "pregnancy of 22 Khala"),
    ):
        with pytest.raises(StudbookError, match=words):
            strike_procedure(procedure, by=rita, **WHY)
    pregnancy.struck_at, pregnancy.struck_why = "2025-11-01T00:00Z", "None."
    pregnancy.save()
    frozen.struck_at, frozen.struck_why = "2025-11-01T00:00Z", "None."
    frozen.save()
    for procedure in (made, taken, asleep):
        assert strike_procedure(procedure, by=rita, **WHY).is_struck
    with pytest.raises(StudbookError, match="was struck out since you opened it"):
        correct_procedure(asleep, on=DAY, by=rita, told={"way": "gas"}, **WHY)


def test_correct__belongs_to_the_zoo_where_it_was_done(
    logged: Logged, sire: Animal, away: Institution, rita: User, rex: User
) -> None:
    made = logged("collection", sire)
    sire.holdings.update(end="2025-12-01")
    factories.HoldingFactory(animal=sire, institution=away, start="2025-12-01")
    with pytest.raises(NotTheirsError):
        correct_procedure(made, on=DAY, by=rex, told={"volume_ml": Decimal("0.4")}, **WHY)
    assert correct_procedure(made, on=DAY, by=rita, told={"volume_ml": Decimal("0.4")}, **WHY)


def test_strike__is_not_held_up_by_what_was_wrong_with_the_animal_before(
    logged: Logged, sire: Animal, dam: Animal, rita: User
) -> None:
    made = logged("examination", dam)
    Animal.objects.filter(pk=dam.pk).update(sire=sire, sire_kind="known")  # of the same age
    assert strike_procedure(made, by=rita, **WHY).is_struck


def test_correct__of_work_fits_the_samples_used_in_it(
    logged: Logged, dam: Animal, sample: Sample, rita: User
) -> None:
    made = logged("gametes", dam, {"what": "embryos"})
    use_sample(sample, procedure=made, units=1, by=rita)
    with pytest.raises(StudbookError, match=r"AL-1 is semen, and the .* is about embryos transferred"):
        correct_procedure(made, on=DAY, by=rita, told={"what": "transfer"}, **WHY)
    assert correct_procedure(made, on=DAY, by=rita, told={"embryos": 2}, **WHY)


def test_correct__without_a_donor_takes_the_one_of_the_semen(
    logged: Logged, sire: Animal, dam: Animal, sample: Sample, rita: User
) -> None:
    fresh_semen = logged("insemination", dam, {"collection": logged("collection", sire)})
    banked = logged("insemination", dam, sample=sample, started=time(15))
    for made in (fresh_semen, banked):
        correct_procedure(made, on=DAY, by=rita, told={"donor": None, "route": "vagina"}, **WHY)
        assert fresh(made).insemination.donor == sire
    with pytest.raises(StudbookError, match="Say whose semen it was"):
        correct_procedure(
            fresh_semen,
            on=DAY,
            by=rita,
            told={"donor": None, "collection": None},
            opened_version=2,
            reason="The protocol.",
        )


def test_correct__of_an_insemination_fits_the_pregnancy_that_came_of_it(
    logged: Logged, sire: Animal, dam: Animal, zoo: Institution, rita: User
) -> None:
    made = logged("insemination", dam, {"collection": logged("collection", sire)})
    other = factories.animal_at(zoo, programme=dam.programme, studbook_number="40", sex="M", birth=sire.birth)
    his = logged("collection", other)
    told = {"sire": sire, "conceived": DAY, "method": "fresh", "insemination": made, "institution": zoo}
    factories.PregnancyFactory(programme=dam.programme, dam=dam, **told)
    with pytest.raises(
        StudbookError, match=r"come of it, which does not fit 2025-10-09\. Strike the pregnancy"
    ):
        correct_procedure(made, on=day("2025-10-09"), by=rita, **WHY)
    with pytest.raises(StudbookError, match="by 21 Baruto and not by 40"):
        correct_procedure(made, on=DAY, by=rita, told={"donor": other, "collection": his}, **WHY)
    assert correct_procedure(made, on=DAY, by=rita, told={"route": "vagina"}, **WHY)


def test_correct__of_a_transfer_fits_the_pregnancy_that_came_of_it(
    logged: Logged, sire: Animal, dam: Animal, zoo: Institution, rita: User
) -> None:
    made = logged("gametes", dam, {"what": "transfer", "sire": sire})
    other = factories.animal_at(zoo, programme=dam.programme, studbook_number="40", sex="F", birth=sire.birth)
    told = {"sire": sire, "conceived": DAY, "method": "embryo", "insemination": made, "institution": zoo}
    factories.PregnancyFactory(programme=dam.programme, dam=dam, **told)
    for wrong, words in (
        ({"what": "oocytes"}, "of this transfer"),
        ({"dam": other}, "young of 22 Khala, not of 40"),
    ):
        with pytest.raises(StudbookError, match=words):
            correct_procedure(made, on=DAY, by=rita, told=wrong, **WHY)
    assert correct_procedure(made, on=DAY, by=rita, told={"embryos": 2}, **WHY)


def test_procedure__names_what_was_struck_out_meanwhile(
    logged: Logged, sire: Animal, dam: Animal, rita: User
) -> None:
    asleep, taken = logged("anaesthesia", dam), logged("collection", sire)
    made = logged("examination", dam)
    for each in (asleep, taken):
        strike_procedure(Procedure.objects.get(pk=each.pk), by=rita, **WHY)
    assert not asleep.is_struck
    with pytest.raises(StudbookError, match="no anaesthesia of 22 Khala that stands"):
        logged("examination", dam, under=asleep)
    with pytest.raises(StudbookError, match="no anaesthesia of 22 Khala that stands"):
        correct_procedure(made, on=DAY, by=rita, under=asleep, **WHY)
    with pytest.raises(StudbookError, match="no semen collection that stands"):
        logged("insemination", dam, {"collection": taken})
