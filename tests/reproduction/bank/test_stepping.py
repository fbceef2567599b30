"""The steps of a sample: what each writes into the ledger, who may take it, and what it may not do."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from studbook.accounts.models import User
from studbook.animals.correcting.actions import correct_animal, void_animal
from studbook.animals.correcting.merging import merge_animals
from studbook.animals.models import Animal
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.findings import UnacknowledgedError
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.bank import stepping
from studbook.reproduction.bank.ledger import NotEnoughUnitsError
from studbook.reproduction.bank.stepping import Place
from studbook.reproduction.models import Procedure, Sample
from tests import factories
from tests.reproduction.bank.conftest import LATER, procedure_of

pytestmark = pytest.mark.django_db
NEVER = "was collected 2025-06-01, after this step"


def now(sample: Sample) -> Sample:
    return Sample.objects.whole().get(pk=sample.pk)


def last(sample: Sample) -> tuple[str, int, str, str, str]:
    step = sample.steps.last()
    assert step
    return step.kind, step.change, step.was, step.becomes, step.reason


def reserved(sample: Sample) -> Sample:
    Sample.objects.filter(pk=sample.pk).update(account="reserve")
    return now(sample)


def test_move__says_from_where_to_where_and_leaves_the_numbers_alone(
    programme: Programme, bo: User, sample: Sample, away: Institution
) -> None:
    revision = programme.revision
    moved = stepping.move_sample(
        sample, Place(away, "7", "2", "11"), on=LATER, by=bo, opened_version=1, reason="Our tank leaks."
    )
    was, becomes = "Zoo A, tank 1, position 3", "Zoo B, tank 7, canister 2, position 11"
    assert last(moved) == ("moved", 0, was, becomes, "Our tank leaks.")
    programme.refresh_from_db()
    assert (programme.revision, now(moved).institution) == (revision, away)
    with pytest.raises(StaleRecordError):
        stepping.move_sample(sample, Place(away), on=LATER, by=bo, opened_version=1)
    with pytest.raises(StudbookError, match="position 11 already"):
        stepping.move_sample(moved, Place(away, "7", "2", "11"), on=LATER, by=bo, opened_version=2)


def test_move__to_a_place_that_is_taken_is_warned_of(ada: User, sample: Sample, zoo: Institution) -> None:
    other = factories.SampleFactory(programme=sample.programme, institution=zoo, donor__studbook_number="90")
    there = Place(zoo, "1", "", "3")
    with pytest.raises(UnacknowledgedError, match="12-A of 12 Baruto is at"):
        stepping.move_sample(other, there, on=LATER, by=ada, opened_version=1)
    stepping.move_sample(other, there, on=LATER, by=ada, opened_version=1, acknowledged=["G2"])


def test_split__makes_a_sample_of_its_own_with_a_line_on_both(
    ada: User, sample: Sample, away: Institution
) -> None:
    part = stepping.split_sample(sample, Place(away, "7"), units=2, on=LATER, by=ada)
    assert (part.label, part.units, part.units_stored, part.split_from) == ("12-20250601-A", 2, 2, sample)
    assert (part.donor, part.collected, part.account) == (sample.donor, sample.collected, sample.account)
    assert last(part) == ("stored", 2, "part of 12-A", "Zoo B, tank 7", "")
    assert last(sample) == ("split", -2, "", part.label, "")
    assert now(sample).units == 4
    with pytest.raises(StudbookError, match="4 straws are all that is left of 12-A"):
        stepping.split_sample(sample, Place(away), units=4, on=LATER, by=ada)
    with pytest.raises(NotEnoughUnitsError):
        stepping.split_sample(sample, Place(away), units=5, on=LATER, by=ada)
    with pytest.raises(StudbookError, match="12-A is the label of semen of 12 Baruto"):
        stepping.split_sample(sample, Place(away), units=1, label="12-a", on=LATER, by=ada)


def test_thaw__fills_in_what_was_found(bo: User, sample: Sample) -> None:
    stepping.thaw_sample(sample, units=1, on=LATER, by=bo, motile_percent=35, reason="Slow.")
    assert last(sample) == ("thawed", -1, "", "35 % motile", "Slow.")
    assert (now(sample).units, now(sample).motile_percent) == (5, 35)


def test_use__is_a_line_on_the_day_of_the_procedure(
    bo: User, sample: Sample, insemination: Procedure
) -> None:
    stepping.use_sample(sample, procedure=insemination, units=4, by=bo)
    step = sample.steps.last()
    assert step
    assert (step.kind, step.change, step.procedure, step.on) == ("used", -4, insemination, LATER)
    with pytest.raises(NotEnoughUnitsError, match="12-A of 12 Baruto has 2 straws left, and 3 are asked for"):
        stepping.use_sample(sample, procedure=insemination, units=3, by=bo)
    assert now(sample).units == 2


def test_use__is_of_semen_in_an_insemination_that_was_not_with_fresh_semen(
    bo: User, sample: Sample, zoo: Institution, insemination: Procedure
) -> None:
    blood = factories.SampleFactory(
        programme=sample.programme, institution=zoo, donor=sample.donor, kind="blood", label="12-B"
    )
    with pytest.raises(StudbookError, match="12-B is blood or DNA, with which nobody inseminates"):
        stepping.use_sample(blood, procedure=insemination, units=1, by=bo)
    fresh = procedure_of(sample.donor, zoo, Procedure.Kind.COLLECTION)
    insemination.insemination.collection = fresh
    insemination.insemination.save()
    with pytest.raises(StudbookError, match="was done with the fresh semen of a collection"):
        stepping.use_sample(sample, procedure=insemination, units=1, by=bo)


def test_use__is_in_an_insemination_with_this_donor(
    bo: User, sample: Sample, zoo: Institution, insemination: Procedure
) -> None:
    other = factories.SampleFactory(programme=sample.programme, institution=zoo, donor__studbook_number="90")
    with pytest.raises(StudbookError, match="was done with semen of 12 Baruto"):
        stepping.use_sample(other, procedure=insemination, units=1, by=bo)
    wrong = procedure_of(sample.donor, zoo, Procedure.Kind.WEIGHING)
    foreign = procedure_of(factories.AnimalFactory(), zoo, Procedure.Kind.INSEMINATION)
    for each in (wrong, foreign):
        with pytest.raises(StudbookError, match="no procedure of this book in which a sample is used"):
            stepping.use_sample(sample, procedure=each, units=1, by=bo)
    early = procedure_of(
        factories.AnimalFactory(programme=sample.programme, studbook_number="91"),
        zoo,
        "gametes",
        "2025-05-01",
    )
    with pytest.raises(StudbookError, match=NEVER):
        stepping.use_sample(sample, procedure=early, units=1, by=bo)


def test_discard__asks_why(bo: User, sample: Sample) -> None:
    with pytest.raises(StudbookError, match="Say why it is discarded"):
        stepping.discard_sample(sample, units=6, on=LATER, by=bo, reason=" ")
    stepping.discard_sample(sample, units=6, on=LATER, by=bo, reason="The tank ran dry.")
    assert (now(sample).units, last(sample)[0]) == (0, "discarded")


def test_count__needs_a_reason_for_a_difference(bo: User, sample: Sample) -> None:
    counted = stepping.thaw_sample(sample, units=1, on=LATER, by=bo)
    counted = stepping.count_sample(sample, counted=5, on=LATER, by=bo, opened_version=counted.version)
    assert last(sample) == ("counted", 0, "5 straws", "5 straws", "")
    with pytest.raises(StudbookError, match="The ledger says 5 straws and 6 are there"):
        stepping.count_sample(sample, counted=6, on=LATER, by=bo, opened_version=counted.version)
    counted = stepping.count_sample(
        sample, counted=6, on=LATER, by=bo, opened_version=counted.version, reason="None was thawed."
    )
    assert (counted.units, last(sample)[1]) == (6, 1)
    stepping.count_sample(sample, counted=0, on=LATER, by=bo, opened_version=counted.version, reason="Gone.")
    assert now(sample).units == 0


def test_count__of_more_than_were_stored_cannot_be(ada: User, sample: Sample, away: Institution) -> None:
    def count(of: Sample, counted: int) -> Sample:
        seen = {"opened_version": now(of).version, "reason": "Counted twice."}
        return stepping.count_sample(of, counted=counted, on=LATER, by=ada, **seen)

    with pytest.raises(StudbookError, match="was stored as 6 straws, so 9000 cannot be left"):
        count(sample, 9000)
    part = stepping.split_sample(sample, Place(away), units=3, on=LATER, by=ada)
    stepping.split_sample(part, Place(away, "2"), units=1, on=LATER, by=ada)
    stepping.thaw_sample(sample, units=1, on=LATER, by=ada)
    with pytest.raises(
        StudbookError, match="6 straws, 3 straws of which its parts hold, so 4 cannot be left"
    ):
        count(sample, 4)
    assert count(sample, 3).units == 3
    with pytest.raises(StudbookError, match="stored as 3 straws, 1 straw of which its parts hold"):
        count(part, 3)
    assert count(part, 0).units == 0  # both are in one goblet again
    assert count(sample, 5).units == 5


def test_owner__is_another_and_the_place_stays(
    ada: User, bo: User, sample: Sample, away: Institution
) -> None:
    given = stepping.change_owner(sample, owner=away, on=LATER, by=bo, opened_version=1)
    assert (given.owner, given.institution.name) == (away, "Zoo A")
    assert last(sample) == ("owner", 0, "Zoo A", "Zoo B", "")
    with pytest.raises(StudbookError, match="belongs to Zoo B already"):
        stepping.change_owner(given, owner=away, on=LATER, by=ada, opened_version=2)


def test_reserve__is_given_out_by_the_coordinator_for_a_reason(
    ada: User, bo: User, rita: User, sample: Sample, insemination: Procedure
) -> None:
    stepping.change_account(sample, account="reserve", on=LATER, by=bo, opened_version=1, acknowledged=["G3"])
    kept = now(sample)
    for person in (ada, bo):
        with pytest.raises(StudbookError, match="in the national reserve, which is not drawn on"):
            stepping.use_sample(kept, procedure=insemination, units=1, by=person)
        with pytest.raises(StudbookError, match="in the national reserve, which is not drawn on"):
            stepping.thaw_sample(kept, units=1, on=LATER, by=person)
    out = {"account": "checking", "on": LATER, "opened_version": kept.version}
    with pytest.raises(StudbookError, match="only the coordinator gives something out"):
        stepping.change_account(kept, **out, by=rita, reason="For Khala.")
    with pytest.raises(StudbookError, match="only the coordinator gives something out"):
        stepping.discard_sample(kept, units=1, on=LATER, by=rita, reason="Old.")
    with pytest.raises(StudbookError, match="leaves it for a reason"):
        stepping.change_account(kept, **out, by=ada)
    stepping.change_account(kept, **out, by=ada, reason="For Khala.")
    assert last(sample) == ("account", 0, "national reserve", "checking", "For Khala.")
    stepping.use_sample(sample, procedure=insemination, units=1, by=bo)


def test_days__are_neither_to_come_nor_before_the_sample(ada: User, sample: Sample) -> None:
    for on, sentence in ((date(2025, 5, 31), NEVER), (date(2999, 1, 1), "lies in the future")):
        with pytest.raises(StudbookError, match=sentence):
            stepping.discard_sample(sample, units=1, on=on, by=ada, reason="Old.")


def test_numbers__below_one_are_refused(ada: User, sample: Sample, insemination: Procedure) -> None:
    for units in (0, -1, 10_001):
        with pytest.raises(StudbookError, match="one at least"):
            stepping.use_sample(sample, procedure=insemination, units=units, by=ada)
    with pytest.raises(StudbookError, match="Between 0 and 10,000"):
        stepping.count_sample(sample, counted=-1, on=LATER, by=ada, opened_version=1, reason="None.")


def test_rights__are_those_of_who_stores_and_who_owns(
    bo: User, olga: User, cy: User, sample: Sample, away: Institution
) -> None:
    for person in (olga, cy):
        with pytest.raises(StudbookError, match="to which you may do this"):
            stepping.discard_sample(sample, units=1, on=LATER, by=person, reason="Old.")
    Sample.objects.filter(pk=sample.pk).update(institution=away)
    stepping.discard_sample(sample, units=1, on=LATER, by=bo, reason="Old.")
    Sample.objects.filter(pk=sample.pk).update(owner=away)
    with pytest.raises(StudbookError, match="to which you may do this"):
        stepping.discard_sample(sample, units=1, on=LATER, by=bo, reason="Old.")


def test_units__are_never_below_none_past_the_action(sample: Sample) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Sample.objects.filter(pk=sample.pk).update(units=-1)


def test_donor__that_is_merged_takes_its_samples_along(
    ada: User, programme: Programme, zoo: Institution, sample: Sample
) -> None:

    donor = sample.donor
    with pytest.raises(StudbookError, match="Other records speak of 12 Baruto"):
        void_animal(donor, by=ada, reason="None.", opened_version=1)
    kept = factories.animal_at(zoo, programme=programme, studbook_number="11", sex=Animal.Sex.MALE)
    merge_animals(kept, donor, choices={}, by=ada, reason="One animal.", opened_version=1, other_version=1)
    assert now(sample).donor == kept


def test_donor__of_semen_cannot_become_a_female(ada: User, sample: Sample) -> None:
    donor = sample.donor
    told = {
        "house_name": "Baruto",
        "birth": donor.birth,
        "birth_type": "captive",
        "rearing": "unknown",
        "note": "",
    }
    with pytest.raises(StudbookError, match="12-A is semen of 12 Baruto, so it cannot be female"):
        correct_animal(donor, **told, sex="F", by=ada, reason="A letter.", opened_version=1)
    correct_animal(donor, **told, sex="U", by=ada, reason="A letter.", opened_version=1)
