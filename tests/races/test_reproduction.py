"""Two people at one pair, or at the last straw, at the same moment: one of them does it, the other is told so."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.errors import StaleRecordError
from studbook.core.findings import RuleError
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.bank.ledger import NotEnoughUnitsError
from studbook.reproduction.models import Mating, Pairing, Procedure, Sample
from studbook.reproduction.pairings import actions as pair_actions
from studbook.reproduction.pairings.actions import introduce_pair, strike_pairing
from studbook.reproduction.pairings.matings import log_mating
from studbook.reproduction.procedures import actions as procedure_actions
from studbook.reproduction.procedures.actions import log_procedure
from tests.factories import animal_at
from tests.races.threads import BEFORE_A_LOCK, PATIENCE, Meeting, at_once, errors_in
from tests.reproduction.conftest import BORN, day
from tests.reproduction.procedures.conftest import sample_of

pytestmark = pytest.mark.django_db(transaction=True)
Deed = Callable[[], object]
Arranged = Callable[[float], Meeting]


@pytest.fixture
def sire(programme: Programme, zoo: Institution) -> Animal:
    return animal_at(zoo, programme=programme, studbook_number="21", sex="M", birth=BORN)


@pytest.fixture
def dam(programme: Programme, zoo: Institution) -> Animal:
    return animal_at(zoo, programme=programme, studbook_number="22", sex="F", birth=BORN)


@pytest.fixture
def introduce(programme: Programme, sire: Animal, dam: Animal) -> Callable[[User], Deed]:
    """Return a function that gives one person's way to introduce the two."""

    def by_person(by: User) -> Deed:
        return lambda: introduce_pair(
            Programme.objects.get(pk=programme.pk), sire=sire, dam=dam, on=day("2025-02-01"), by=by
        )

    return by_person


@pytest.fixture
def inseminate(dam: Animal, last_straw: Sample) -> Callable[[User], Deed]:
    """Return a function that gives one person's way to use the last straw."""

    def by_person(by: User) -> Deed:
        told = {"on": day("2025-10-08"), "told": {"route": "cervix"}, "sample": last_straw}
        return lambda: log_procedure("insemination", Animal.objects.get(pk=dam.pk), by=by, **told)

    return by_person


@pytest.fixture
def last_straw(sire: Animal, zoo: Institution) -> Sample:
    return sample_of(sire, zoo, units=1, units_stored=1)


@pytest.fixture
def meet_when_checked(monkeypatch: pytest.MonkeyPatch) -> Arranged:
    """Return a function that lets two deeds meet when each has found nothing against it."""

    def arrange(patience: float) -> Meeting:
        meeting = Meeting(2, patience=patience)
        for module, name in ((pair_actions, "refuse_pairing"), (procedure_actions, "refuse_row")):
            monkeypatch.setattr(module, name, meeting.after(getattr(module, name)))
        return meeting

    return arrange


@pytest.mark.parametrize("patience", [0.0, BEFORE_A_LOCK])
def test_introduce__of_two_at_once_is_one_pair(
    introduce: Callable[[User], Deed], meet_when_checked: Arranged, bo: User, ada: User, patience: float
) -> None:
    meet_when_checked(patience)
    (refusal,) = errors_in(at_once(introduce(bo), introduce(ada)))
    assert isinstance(refusal, RuleError)
    assert "are a pair since 2025-02-01" in refusal.sentence
    assert Pairing.objects.count() == 1


def test_introduce__without_the_lock_is_stopped_by_the_database_alone(
    introduce: Callable[[User], Deed],
    meet_when_checked: Arranged,
    bo: User,
    ada: User,
    lift_lock: Callable[[], None],
) -> None:
    lift_lock()
    meeting = meet_when_checked(PATIENCE)
    (refusal,) = errors_in(at_once(introduce(bo), introduce(ada)))
    assert meeting.happened
    assert isinstance(refusal, IntegrityError)


@pytest.mark.parametrize("patience", [0.0, BEFORE_A_LOCK])
def test_last_straw__of_two_at_once_is_given_once(
    inseminate: Callable[[User], Deed],
    meet_when_checked: Arranged,
    last_straw: Sample,
    bo: User,
    ada: User,
    patience: float,
) -> None:
    meet_when_checked(patience)
    (refusal,) = errors_in(at_once(inseminate(bo), inseminate(ada)))
    assert isinstance(refusal, NotEnoughUnitsError)
    last_straw.refresh_from_db()
    assert (last_straw.units, last_straw.steps.filter(kind="used").count()) == (0, 1)
    assert Procedure.objects.count() == 1


def test_last_straw__without_the_lock_is_kept_by_the_version_alone(
    inseminate: Callable[[User], Deed],
    meet_when_checked: Arranged,
    last_straw: Sample,
    bo: User,
    ada: User,
    lift_lock: Callable[[], None],
) -> None:
    lift_lock()
    meeting = meet_when_checked(PATIENCE)
    (refusal,) = errors_in(at_once(inseminate(bo), inseminate(ada)))
    assert meeting.happened
    # both found a straw: without the lock nobody is told that none is left, and on SQLite half of a deed stays
    assert isinstance(refusal, StaleRecordError)
    last_straw.refresh_from_db()
    assert last_straw.units == 0
    assert Procedure.objects.count() == (2 if connection.vendor == "sqlite" else 1)


def test_mating_with_striking_out__leaves_no_mating_on_a_pair_that_never_was(
    introduce: Callable[[User], Deed], programme: Programme, sire: Animal, dam: Animal, bo: User, ada: User
) -> None:
    for _ in range(5):
        introduce(bo)()
        pair = Pairing.objects.standing().select_related("programme", "institution").get()
        outcomes = at_once(
            lambda: log_mating(
                Programme.objects.get(pk=programme.pk), sire=sire, dam=dam, on=day("2025-03-01"), by=bo
            ),
            lambda pair=pair: strike_pairing(pair, by=ada, opened_version=1, reason="Other cats."),
        )
        assert len(errors_in(outcomes)) <= 1
        assert not Mating.objects.standing().filter(pairing__struck_at__isnull=False).exists()
        Mating.objects.update(struck_at="2025-10-01T00:00Z", struck_why="For the next round.")
        Pairing.objects.filter(struck_at=None).update(struck_at="2025-10-01T00:00Z", struck_why="Next round.")
