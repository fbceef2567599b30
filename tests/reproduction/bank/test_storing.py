"""A sample is stored, described better, struck out: what each needs, and what the rules of the bank refuse."""

from decimal import Decimal
from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.findings import UnacknowledgedError
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.bank.labels import proposed_label
from studbook.reproduction.bank.stepping import Place, split_sample, use_sample
from studbook.reproduction.bank.storing import edit_sample, store_sample, strike_sample
from studbook.reproduction.models import GameteWork, Procedure, Sample
from tests import factories
from tests.reproduction.bank.conftest import COLLECTED, LATER, Described, Stored, procedure_of

pytestmark = pytest.mark.django_db
DIED = DateInterval.parse("2025-06-10")


def dead(animal: Animal, on: DateInterval = DIED) -> None:
    animal.status, animal.death = Animal.Status.DEAD, on
    animal.save()


def test_store__opens_the_ledger_and_moves_the_book_on(
    programme: Programme, rita: User, donor: Animal, zoo: Institution, stored: Stored, described: Described
) -> None:
    revision = programme.revision
    made = store_sample(programme, stored(tank="2"), described(), by=rita)
    line = made.steps.get()
    assert (made.label, made.units, made.units_stored, made.logged_by) == ("12-20250601-A", 6, 6, rita)
    assert (line.kind, line.change, line.on, line.becomes) == ("stored", 6, COLLECTED.latest, "Zoo A, tank 2")
    entry = AuditEntry.objects.get(verb="store sample")
    assert sorted(entry.changes.values_list("record", flat=True)) == [
        "reproduction.sample",
        "reproduction.samplestep",
    ]
    programme.refresh_from_db()
    assert programme.revision == revision + 1


def test_label__runs_on_over_what_is_gone_and_is_unique_in_capitals_or_not(
    programme: Programme, ada: User, donor: Animal, stored: Stored, described: Described
) -> None:
    first = store_sample(programme, stored(), described(label="12-20250601-a"), by=ada)
    strike_sample(first, by=ada, opened_version=1, reason="Stored twice.")
    assert proposed_label(programme, donor, COLLECTED) == "12-20250601-B"
    assert proposed_label(programme, donor, DateInterval.parse("2024")) == "12-2024-A"
    for number in range(25):
        factories.SampleFactory(programme=programme, donor=donor, label=f"12-20250601-{chr(66 + number)}")
    assert proposed_label(programme, donor, COLLECTED) == "12-20250601-AA"
    with pytest.raises(StudbookError, match="which was struck out"):
        store_sample(programme, stored(), described(label="12-20250601-A"), by=ada)


@pytest.mark.rule("G1", door="form", case="inside outside interval")
def test_donor__may_be_dead_and_the_sample_of_the_day_after(
    programme: Programme, ada: User, donor: Animal, stored: Stored, described: Described
) -> None:
    dead(donor)

    def store(day: str, **told: Any) -> Sample:
        acknowledged = told.pop("acknowledged", ())
        collected = DateInterval.parse(day)
        return store_sample(
            programme, stored(), described(collected=collected, **told), by=ada, acknowledged=acknowledged
        )

    assert store("2025-06-12", kind="epididymal").units == 6
    with pytest.raises(
        StudbookError, match="12 Baruto died 2025-06-10, and the sample was collected more than 2"
    ):
        store("2025-06-13")
    with pytest.raises(UnacknowledgedError, match="may have been collected more than 2 days later"):
        store("June 2025")
    assert store("June 2025", acknowledged=["G1"]).units == 6
    assert store("2025-09-01", kind="blood").units == 6
    with pytest.raises(StudbookError, match="was born 2018-05-03, and the sample was collected before"):
        store("2017")
    with pytest.raises(UnacknowledgedError, match="may have been collected before"):
        store("2018")
    with pytest.raises(StudbookError, match="lies in the future"):
        store("2999")


@pytest.mark.rule("G2", door="form", case="inside outside")
def test_position__taken_by_another_sample_is_warned_of(
    programme: Programme, ada: User, sample: Sample, stored: Stored, described: Described
) -> None:
    assert store_sample(programme, stored(tank="1", position="4"), described(), by=ada).pk
    with pytest.raises(UnacknowledgedError, match="12-A of 12 Baruto is at Zoo A, tank 1, position 3 too"):
        store_sample(programme, stored(tank="1", position="3"), described(), by=ada)
    assert store_sample(
        programme, stored(tank="1", position="3"), described(), by=ada, acknowledged=["G2"]
    ).pk
    Sample.objects.filter(position="3").update(units=0)
    assert store_sample(programme, stored(tank="1", position="3"), described(), by=ada).pk


def test_donor__of_the_wrong_sex_or_book_is_refused(
    programme: Programme, ada: User, donor: Animal, stored: Stored, described: Described
) -> None:
    stranger = factories.AnimalFactory(sex="M")
    dam = factories.AnimalFactory(programme=programme, studbook_number="90", sex="F")
    refusals = (
        (stored(donor=dam), described(), "recorded female, and such an animal gives no semen. Correct"),
        (stored(), described(kind="oocytes"), "recorded male, and such an animal gives no oocytes"),
        (stored(donor=stranger), described(), "is no animal of Leopards"),
        (stored(embryo_sire=donor, donor=dam), described(kind="oocytes"), "Only embryos have a sire"),
        (stored(embryo_sire=dam, donor=dam), described(kind="embryos"), "sired no embryo"),
        (
            stored(donor=dam),
            described(kind="oocytes", motile_percent=Decimal(40)),
            "oocytes, in which no sperm",
        ),
        (
            stored(donor=dam),
            described(kind="embryos", million_per_unit=Decimal(9)),
            "embryos, in which no sperm",
        ),
        (stored(units=0), described(), "1 to 10,000"),
        (stored(), described(per_dose=0), "1 to 1000"),
    )
    for storage, description, sentence in refusals:
        with pytest.raises(StudbookError, match=sentence):
            store_sample(programme, storage, description, by=ada)
    assert store_sample(programme, stored(donor=dam, embryo_sire=donor), described(kind="embryos"), by=ada).pk
    unknown = factories.AnimalFactory(programme=programme, studbook_number="91", sex="U")
    with pytest.raises(StudbookError, match="cannot be both dam and sire of an embryo") as refused:
        store_sample(programme, stored(donor=unknown, embryo_sire=unknown), described(kind="embryos"), by=ada)
    assert refused.value.field == "embryo_sire"


def test_procedure__is_the_donors_and_stands(
    programme: Programme, ada: User, zoo: Institution, donor: Animal, stored: Stored, described: Described
) -> None:
    other = factories.AnimalFactory(programme=programme, studbook_number="90", sex="M")
    theirs = procedure_of(other, zoo, Procedure.Kind.COLLECTION)
    with pytest.raises(StudbookError, match="done on another animal than 12 Baruto"):
        store_sample(programme, stored(procedure=theirs), described(), by=ada)
    mine = procedure_of(donor, zoo, Procedure.Kind.COLLECTION)
    made = store_sample(programme, stored(procedure=mine), described(), by=ada)
    assert made.steps.get().procedure == mine
    Procedure.objects.filter(pk=mine.pk).update(struck_at="2026-01-01T00:00Z", struck_why="Another animal.")
    mine.refresh_from_db()
    with pytest.raises(StudbookError, match="does not stand in this book"):
        store_sample(programme, stored(procedure=mine), described(), by=ada)


def test_edit__asks_why_and_for_the_version_and_leaves_the_units(
    ada: User, sample: Sample, described: Described
) -> None:
    better = described(label="12-A", quality="clear", per_dose=3)
    with pytest.raises(StudbookError, match="Say how you know"):
        edit_sample(sample, better, by=ada, opened_version=1, reason=" ")
    edited = edit_sample(sample, better, by=ada, opened_version=1, reason="The card.")
    assert (edited.quality, edited.doses, edited.units, edited.version) == ("clear", 2, 6, 2)
    with pytest.raises(StaleRecordError):
        edit_sample(sample, better, by=ada, opened_version=1, reason="The card.")


def test_strike__takes_a_sample_out_but_none_of_which_something_was_used(
    ada: User, sample: Sample, insemination: Procedure, zoo: Institution
) -> None:
    with pytest.raises(StudbookError, match="Say why"):
        strike_sample(sample, by=ada, opened_version=1, reason="")
    part = split_sample(sample, Place(zoo), units=2, on=LATER, by=ada)
    use_sample(part, procedure=insemination, units=1, by=ada)
    for each in (sample, part):
        each.refresh_from_db()
        with pytest.raises(StudbookError, match="cannot be struck out: it was"):
            strike_sample(each, by=ada, opened_version=each.version, reason="Never was.")


def test_strike__leaves_a_part_to_be_discarded(ada: User, sample: Sample, zoo: Institution) -> None:
    part = split_sample(sample, Place(zoo), units=2, on=LATER, by=ada)
    with pytest.raises(StudbookError, match="Discard it instead"):
        strike_sample(part, by=ada, opened_version=1, reason="Never was.")


def test_strike__out_of_the_reserve_is_the_coordinators(ada: User, rita: User, sample: Sample) -> None:
    Sample.objects.update(account="reserve")
    with pytest.raises(StudbookError, match="only the coordinator gives something out"):
        strike_sample(sample, by=rita, opened_version=1, reason="Never was.")
    strike_sample(sample, by=ada, opened_version=1, reason="Never was.")


def test_edit__does_not_contradict_the_ledger(
    ada: User, sample: Sample, insemination: Procedure, zoo: Institution, described: Described
) -> None:
    part = split_sample(sample, Place(zoo), units=2, on=LATER, by=ada)
    use_sample(sample, procedure=insemination, units=1, by=ada)

    def edit(of: Sample, **told: Any) -> Sample:
        of.refresh_from_db()
        said = described(label=of.label, **told)
        return edit_sample(of, said, by=ada, opened_version=of.version, reason="The card.")

    with pytest.raises(StudbookError, match=r"12-A was used in .* so it was semen"):
        edit(sample, kind="blood")
    work = procedure_of(insemination.animal, zoo, Procedure.Kind.GAMETES)
    GameteWork.objects.create(procedure=work, what="embryos")
    tissue = factories.SampleFactory(
        programme=sample.programme, donor=sample.donor, institution=zoo, kind="testis"
    )
    use_sample(tissue, procedure=work, units=1, by=ada)
    with pytest.raises(StudbookError, match="which takes no blood or DNA"):
        edit(tissue, kind="blood")
    assert edit(sample, kind="epididymal").kind == "epididymal"
    assert edit(part, kind="blood").kind == "blood"
    for each in (sample, part):
        with pytest.raises(StudbookError, match=r"tells of 2025-07-01 .* before this day \(2025-07-02\)"):
            edit(each, collected=DateInterval.parse("2025-07-02"))
        assert edit(each, collected=DateInterval.exact(LATER)).collected == DateInterval.exact(LATER)


def test_struck__counts_no_more_and_takes_no_step(
    ada: User, sample: Sample, described: Described, insemination: Procedure
) -> None:
    strike_sample(sample, by=ada, opened_version=1, reason="Never was.")
    assert not Sample.objects.stored().exists()
    with pytest.raises(StudbookError, match="was struck out: Never was"):
        use_sample(sample, procedure=insemination, units=1, by=ada)
    with pytest.raises(StudbookError, match="was struck out"):
        edit_sample(sample, described(), by=ada, opened_version=2, reason="The card.")


def test_rights__are_those_of_who_stores_and_who_owns(
    programme: Programme, bo: User, rita: User, olga: User, remy: User, away: Institution, sample: Sample,
    stored: Stored, described: Described,
) -> None:  # fmt: skip
    assert store_sample(programme, stored(owner=away), described(), by=bo).pk
    assert store_sample(programme, stored(institution=away), described(), by=bo).pk
    for person, storage in ((olga, stored()), (remy, stored()), (bo, stored(institution=away, owner=away))):
        with pytest.raises(StudbookError, match="to which you may do this"):
            store_sample(programme, storage, described(), by=person)
    with pytest.raises(StudbookError, match="to which you may do this"):
        strike_sample(sample, by=bo, opened_version=1, reason="Never was.")
    strike_sample(sample, by=rita, opened_version=1, reason="Never was.")
