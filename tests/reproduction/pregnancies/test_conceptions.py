"""How the young of pregnancies were conceived, as the rules read it."""

from typing import Any

import pytest

from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.reproduction.models import Pregnancy, Procedure, Sample
from studbook.reproduction.pregnancies.conceptions import Conception, conceptions_of, young_borne_by
from tests.factories import AnimalFactory, InstitutionFactory, PregnancyFactory, PregnancyYoungFactory
from tests.reproduction.assisted import collected, inseminated, procedure, sample_of, used

pytestmark = pytest.mark.django_db
ON = "2025-01-10"


@pytest.fixture
def place() -> Institution:
    return InstitutionFactory()  # type: ignore[return-value]


@pytest.fixture
def sire() -> Animal:
    return AnimalFactory(sex="M", studbook_number="1")  # type: ignore[return-value]


@pytest.fixture
def dam(sire: Animal) -> Animal:
    return AnimalFactory(programme=sire.programme, studbook_number="2")  # type: ignore[return-value]


def conception(dam: Animal, sire: Animal, by: Procedure | None, **columns: Any) -> Conception:
    """Return how the only young of one pregnancy was conceived."""
    columns = {"method": Pregnancy.Method.BANKED if by else Pregnancy.Method.NATURAL} | columns
    pregnancy = PregnancyFactory(
        programme=dam.programme,
        dam=dam,
        sire=sire,
        insemination=by,
        outcome="litter",
        ended=DateInterval.parse("2025-04-16"),
        litter_size=1,
        **columns,
    )
    young = PregnancyYoungFactory(pregnancy=pregnancy)
    assert young_borne_by([dam.pk]) == {young.animal.pk}
    return conceptions_of(dam.programme, [young.animal.pk])[young.animal.studbook_number]


def test_conceptions_of__tell_when_and_of_whom(sire: Animal, dam: Animal) -> None:
    found = conception(dam, sire, None)
    assert (found.sire, found.dam, found.conceived.earliest.isoformat()) == ("1", "2", ON)
    assert (found.taken, found.banked) == ({}, frozenset())


def test_conceptions_of__a_sample_that_was_used(sire: Animal, dam: Animal, place: Institution) -> None:
    insemination = inseminated(dam, sire, ON, place)
    used(sample_of(sire, "2019-06-01", place), insemination)
    found = conception(dam, sire, insemination)
    assert {parent: str(each.earliest) for parent, each in found.taken.items()} == {"1": "2019-06-01"}
    assert found.banked == {"1"}


def test_conceptions_of__nothing_was_taken_where_no_sample_is_named(
    sire: Animal, dam: Animal, place: Institution
) -> None:
    sample_of(sire, "2019-06-01", place)
    assert conception(dam, sire, inseminated(dam, sire, ON, place)).taken == {}


@pytest.mark.parametrize("wrong", ["kind", "later", "struck sample", "struck insemination"])
def test_conceptions_of__leave_out_what_cannot_have_been_used(
    wrong: str, sire: Animal, dam: Animal, place: Institution
) -> None:
    insemination = inseminated(dam, sire, ON, place)
    sample = sample_of(sire, "2025-02-01" if wrong == "later" else "2019-06-01", place)
    used(sample, insemination)
    struck = {"struck_at": sample.logged_at, "struck_why": "Another male."}
    if wrong == "kind":
        Sample.objects.filter(pk=sample.pk).update(kind=Sample.Kind.BLOOD)
    if wrong == "struck sample":
        Sample.objects.filter(pk=sample.pk).update(**struck)
    if wrong == "struck insemination":
        Procedure.objects.filter(pk=insemination.pk).update(**struck)
    assert conception(dam, sire, insemination).taken == {}


def test_conceptions_of__a_pregnancy_struck_out_tells_nothing(sire: Animal, dam: Animal) -> None:
    conception(dam, sire, None)
    Pregnancy.objects.update(struck_at=sire.programme.as_of.strftime("%Y-%m-%dT00:00Z"), struck_why="Wrong.")
    assert conceptions_of(dam.programme) == {}


@pytest.mark.parametrize(
    ("on", "taken"), [("2025-01-03", True), ("2025-01-02", False), (ON, True), ("2025-01-11", False)]
)
def test_conceptions_of__fresh_semen_is_used_within_a_week(
    on: str, taken: bool, sire: Animal, dam: Animal, place: Institution
) -> None:
    found = conception(dam, sire, inseminated(dam, sire, ON, place, collected(sire, on, place)))
    assert list(found.taken) == (["1"] if taken else [])
    assert found.banked == frozenset()


def test_conceptions_of__fresh_semen_is_of_the_donor(sire: Animal, dam: Animal, place: Institution) -> None:
    other = AnimalFactory(programme=dam.programme, sex="M")
    insemination = inseminated(dam, sire, ON, place, collected(other, ON, place))  # type: ignore[arg-type]
    assert conception(dam, sire, insemination).taken == {}


def test_conceptions_of__an_embryo_has_two_parents(sire: Animal, dam: Animal, place: Institution) -> None:
    gene_dam = AnimalFactory(programme=dam.programme, studbook_number="9")
    transfer = procedure(dam, Procedure.Kind.GAMETES, ON, place)
    used(sample_of(gene_dam, "2020-01-01", place, kind="embryos", embryo_sire=sire), transfer)  # type: ignore[arg-type]
    found = conception(dam, sire, transfer, method=Pregnancy.Method.EMBRYO, gene_dam=gene_dam)
    assert (found.dam, set(found.taken), found.banked) == ("9", {"1", "9"}, {"1", "9"})


def test_conceptions_of__cost_two_queries(
    sire: Animal, dam: Animal, place: Institution, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        conceptions_of(dam.programme)
    insemination = inseminated(dam, sire, ON, place)
    used(sample_of(sire, "2019-06-01", place), insemination)
    conception(dam, sire, insemination)
    with django_assert_num_queries(2):
        conceptions_of(dam.programme)
