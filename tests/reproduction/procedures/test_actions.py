"""Procedures of each kind logged: what is kept, what is refused with which words."""

from datetime import time
from decimal import Decimal
from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.keeping import NotTheirsError
from studbook.animals.models import Animal, Observation
from studbook.core.errors import StudbookError
from studbook.core.findings import RuleError, UnacknowledgedError
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.reproduction.models import Procedure, Sample, SampleStep
from tests import factories
from tests.reproduction.conftest import day
from tests.reproduction.procedures.conftest import DAY, Logged, sample_of

pytestmark = pytest.mark.django_db


def dies(animal: Animal, on: str) -> None:
    Animal.objects.filter(pk=animal.pk).update(
        status="dead", death_earliest=on, death_latest=on, death_text=on
    )
    animal.refresh_from_db()


def test_anaesthesia__keeps_agents_and_times(
    logged: Logged, sire: Animal, zoo: Institution, bo: User
) -> None:
    agents = [{"agent": "medetomidine", "dose": Decimal("2.5"), "unit": "mg"}, {"agent": "ketamine"}]
    told = {
        "lying_at": time(9, 12),
        "reversed_at": time(10, 30),
        "standing_at": time(10, 41),
        "recovery": "smooth",
    }
    made = logged("anaesthesia", sire, told, agents=agents, started=time(9, 1), team="Seven vets")
    assert (made.institution, made.team, made.logged_by) == (zoo, "Seven vets", bo)
    assert [str(each) for each in made.anaesthesia.agents.all()] == ["medetomidine 2.5 mg", "ketamine"]
    entry = AuditEntry.objects.latest("pk")
    assert entry.verb == "log anaesthesia"
    assert [change.record.split(".")[1] for change in entry.changes.order_by("pk")] == [
        "procedure",
        "anaesthesia",
        "anaesthesiaagent",
        "anaesthesiaagent",
    ]


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        (
            "anaesthesia",
            {"started": time(9), "ended": time(8)},
            "would be ended at 08:00, before it was started",
        ),
        ("anaesthesia", {"started": time(9), "told": {"lying_at": time(8, 59)}}, "would be lying at 08:59"),
        (
            "anaesthesia",
            {"told": {"lying_at": time(9), "standing_at": time(8)}},
            "would be standing at 08:00, before it was lying at 09:00",
        ),
        ("examination", {"on": day("2999-01-01")}, "lies in the future"),
        ("examination", {"on": day("2010-01-01")}, "was born 2015-05-03"),
        ("collection", {"who": "dam"}, "is recorded female, and the semen collection needs a male"),
        ("insemination", {"who": "sire"}, "is recorded male, and the insemination needs a female"),
        ("weighing", {"weight": None}, "Say what 22 Khala weighed"),
        (
            "collection",
            {
                "who": "sire",
                "told": {"method": "catheter", "volume_ml": Decimal(0), "motile_percent": Decimal(70)},
            },
            r"no semen was collected \(0 ml\), and yet it is said to be 70 % motile",
        ),
        (
            "collection",
            {
                "who": "sire",
                "told": {"method": "catheter", "million_per_ml": Decimal(0), "normal_percent": Decimal(9)},
            },
            "the semen held no sperm .* 9 % of normal form",
        ),
        ("gametes", {"told": {"oocytes": 4, "matured": 5}}, "5 matured, and there were 4 oocytes"),
        (
            "gametes",
            {"told": {"fertilised": 1, "embryos": 2}},
            "2 became embryos, and there were 1 fertilised",
        ),
    ],
)
def test_procedure__that_cannot_be_is_refused(
    logged: Logged, sire: Animal, dam: Animal, kind: str, more: dict[str, Any], words: str
) -> None:
    animal = {"sire": sire, "dam": dam}[more.pop("who", "dam")]
    with pytest.raises(StudbookError, match=words):
        logged(kind, animal, **more)
    assert not Procedure.objects.exists()


def test_collection__of_nothing_is_logged_where_nothing_is_told_of_it(logged: Logged, sire: Animal) -> None:
    assert logged("collection", sire, {"volume_ml": Decimal(0), "motile_percent": Decimal(0)})
    assert logged(
        "collection", sire, {"volume_ml": Decimal("0.4"), "million_per_ml": Decimal(0)}, started=time(10, 10)
    )


def test_procedure__on_the_dead_is_of_few_kinds(logged: Logged, sire: Animal, dam: Animal) -> None:
    dies(sire, "2025-10-07")
    dies(dam, "2025-10-07")
    for kind, animal in (("anaesthesia", sire), ("examination", dam), ("collection", sire)):
        with pytest.raises(RuleError, match="died 2025-10-07, before this"):
            logged(kind, animal)
    assert logged("collection", sire, {"method": "epididymis"})
    with pytest.raises(RuleError, match="died 2025-10-07, before this"):
        logged("collection", sire, {"method": "epididymis"}, on=day("2025-10-10"))
    assert logged("gametes", dam)


def test_procedure__is_where_the_animal_was_on_that_day(
    logged: Logged, sire: Animal, zoo: Institution, away: Institution
) -> None:
    sire.holdings.update(end="2025-12-01")
    factories.HoldingFactory(animal=sire, institution=away, start="2025-12-01")
    assert logged("collection", sire, by=None).institution == zoo


def test_under__is_an_anaesthesia_of_this_animal_on_that_day(
    logged: Logged, sire: Animal, dam: Animal
) -> None:
    asleep = logged("anaesthesia", sire)
    assert logged("collection", sire, under=asleep).under == asleep
    other = logged("anaesthesia", sire, on=day("2025-10-01"))
    examined = logged("examination", sire)
    for under, animal, words in (
        (asleep, dam, "is no anaesthesia of 22 Khala"),
        (other, sire, "was not on 2025-10-08"),
        (examined, sire, "is no anaesthesia of 21 Baruto"),
    ):
        with pytest.raises(StudbookError, match=words):
            logged("examination", animal, under=under)


def test_weighing__writes_the_weight_of_the_daily_record(logged: Logged, dam: Animal) -> None:
    made = logged("weighing", dam)
    seen = Observation.objects.get()
    assert (made.weight, seen.quantity, seen.unit, str(seen.date)) == (
        seen,
        Decimal("38.5"),
        "kg",
        "2025-10-08",
    )
    # a keeper's entry waits until somebody confirms it, here too
    assert seen.provisional


def test_insemination__with_fresh_semen_takes_no_straw(
    logged: Logged, sire: Animal, dam: Animal, sample: Sample
) -> None:
    taken = logged("collection", sire)
    made = logged("insemination", dam, {"collection": taken, "chance_percent": 50, "stimulus": True})
    assert (made.insemination.donor, made.insemination.collection) == (sire, taken)
    sample.refresh_from_db()
    assert sample.units == 4


@pytest.mark.rule("D11", door="form", case="inside")
def test_insemination__uses_units_of_a_sample_also_after_the_donor_s_death(
    logged: Logged, sire: Animal, dam: Animal, sample: Sample
) -> None:
    dies(sire, "2025-05-01")
    made = logged("insemination", dam, sample=sample, units=3)
    assert made.insemination.donor == sire
    step = SampleStep.objects.latest("pk")
    assert (step.kind, step.change, step.procedure, str(step.on)) == ("used", -3, made, "2025-10-08")
    sample.refresh_from_db()
    assert (sample.units, sample.version) == (1, 2)
    with pytest.raises(StudbookError, match="has 1 straw left, and 2 are asked for"):
        logged("insemination", dam, sample=sample, units=2)
    assert logged("insemination", dam, sample=sample, started=time(15))
    sample.refresh_from_db()
    assert sample.units == 0


@pytest.mark.rule("D11", door="form", case="outside")
def test_insemination__of_a_dead_donor_needs_a_sample(logged: Logged, sire: Animal, dam: Animal) -> None:
    taken = logged("collection", sire, on=day("2025-04-01"))
    dies(sire, "2025-05-01")
    for told in ({"donor": sire}, {"collection": taken}):
        with pytest.raises(RuleError, match="21 Baruto died 2025-05-01; without a sample of his") as refused:
            logged("insemination", dam, told)
        assert refused.value.findings[0].code == "D11"


def test_insemination__is_of_semen_that_was_his_and_there(
    logged: Logged, sire: Animal, dam: Animal, zoo: Institution, sample: Sample
) -> None:
    rival = factories.animal_at(
        zoo, programme=sire.programme, studbook_number="23", sex="M", birth=sire.birth
    )
    late = logged("collection", sire, on=day("2025-10-20"))
    taken = logged("collection", sire)
    stale = logged("collection", sire, on=day("2025-09-30"))
    cells = sample_of(sire, zoo, label="AL-2", kind="cells")
    frozen_later = sample_of(sire, zoo, label="AL-3", collected=day("2025-10-20"))
    struck = sample_of(sire, zoo, label="AL-4", struck_at="2025-10-01T00:00Z", struck_why="None.")
    for told, banked, words in (
        ({}, None, "Say whose semen it was"),
        ({"donor": sire}, None, "Nothing says which semen of 21 Baruto it was"),
        ({"donor": dam}, sample, "is recorded female"),
        ({"donor": rival}, sample, "AL-1 is of 21 Baruto, not of 23"),
        ({"donor": rival, "collection": taken}, None, "was collected of 21 Baruto, not of 23"),
        ({"collection": late}, None, "was collected 2025-10-20, after this insemination"),
        ({"collection": stale}, None, "does not stay fresh until 2025-10-08"),
        ({"collection": taken}, sample, "Semen is fresh or banked"),
        ({}, cells, "AL-2 is cell line"),
        ({}, frozen_later, "AL-3 was collected 2025-10-20, after this insemination"),
        ({}, struck, "AL-4 was struck out"),
    ):
        with pytest.raises(StudbookError, match=words):
            logged("insemination", dam, told, sample=banked)
    assert SampleStep.objects.filter(kind="used").count() == 0


def test_sample__of_others_is_theirs_to_use(
    logged: Logged, sire: Animal, dam: Animal, away: Institution, zoo: Institution, ada: User
) -> None:
    theirs = sample_of(sire, away)
    with pytest.raises(StudbookError, match="is stored at Zoo B and belongs to Zoo B"):
        logged("insemination", dam, sample=theirs)
    assert logged("insemination", dam, sample=theirs, by=ada)
    ours = sample_of(sire, away, label="AL-5", owner=zoo)
    assert logged("insemination", dam, sample=ours, started=time(15))


def test_insemination__under_contraception_asks_why(
    logged: Logged, sire: Animal, dam: Animal, sample: Sample
) -> None:
    told = {
        "kind": "contraception",
        "what": "implant",
        "quantity": None,
        "unit": "",
        "date": day("2025-09-01"),
    }
    factories.ObservationFactory(animal=dam, **told)
    factories.ObservationFactory(animal=sire, **told)
    with pytest.raises(UnacknowledgedError) as warned:
        logged("insemination", dam, sample=sample)
    # of the donor of a banked sample it says nothing
    assert [each.animals for each in warned.value.findings] == [("22",)]
    assert logged("insemination", dam, sample=sample, acknowledged=("D10",), reason="It was taken out.")


def test_procedure__is_for_those_who_log_of_the_animal(
    logged: Logged, dam: Animal, rex: User, remy: User
) -> None:
    for person in (rex, remy):
        with pytest.raises(NotTheirsError):
            logged("examination", dam, by=person)
    assert DAY.is_exact
