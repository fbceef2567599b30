"""Roles that change while somebody acts by them: what is written was allowed when it was written."""

from collections.abc import Callable
from threading import Event

import pytest

from studbook.accounts.models import InstitutionRole, ProgrammeRole, User
from studbook.accounts.rights import Right, Standing
from studbook.animals import keeping
from studbook.animals.models import Animal
from studbook.core.models import AuditEntry
from studbook.institutions import actions
from studbook.institutions.actions import withdraw_institution_role, withdraw_programme_role
from studbook.institutions.models import Institution
from studbook.institutions.people_rules import NotTheirsToGiveError
from studbook.programmes.changes import columns_of
from studbook.programmes.models import Programme
from tests.factories import ProgrammeRoleFactory
from tests.races.threads import BEFORE_A_LOCK, PATIENCE, Meeting, at_once, errors_in

pytestmark = pytest.mark.django_db(transaction=True)
LATE = "Written late"


@pytest.fixture
def write_while_withdrawn(
    zoo: Institution, cub: Animal, bo: User, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], tuple[Meeting, list[object]]]:
    """Return a function that lets a keeper write while the keeper's role is withdrawn.

    The keeper waits between the reading of rights and the writing until the role is gone, but not for ever.
    """
    meeting, rights_are_read = Meeting(2, patience=BEFORE_A_LOCK), Event()
    read = keeping.standing_of

    def read_and_wait(person: User, programme: int) -> Standing:
        standing = read(person, programme)
        rights_are_read.set()
        meeting.wait()
        return standing

    monkeypatch.setattr(keeping, "standing_of", read_and_wait)

    def write() -> None:
        animal = Animal.objects.select_related("programme").get(pk=cub.pk)
        own = User.objects.get(pk=bo.pk)
        with keeping.keeping(animal.programme, "note", by=own, right=Right.LOG, about=[animal]) as trail:
            before, animal.house_name = columns_of(animal), LATE
            animal.save(update_fields=["house_name"])
            trail.changed(animal, before)

    def withdraw() -> None:
        rights_are_read.wait(PATIENCE)
        withdraw_institution_role(zoo, bo, "keeper", by=None, reason="Left.")
        meeting.wait()

    return lambda: (meeting, at_once(write, withdraw))


def test_role_withdrawn__lets_nothing_be_written_after_it(
    cub: Animal, write_while_withdrawn: Callable[[], tuple[Meeting, list[object]]]
) -> None:
    meeting, outcomes = write_while_withdrawn()
    assert not meeting.happened
    cub.refresh_from_db()
    assert (errors_in(outcomes), cub.house_name) == ([], LATE)
    assert not InstitutionRole.objects.exists()
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == ["note", "withdraw role"]


def test_role_withdrawn__twin_without_the_lock_writes_by_a_role_that_is_gone(
    cub: Animal,
    lift_lock: Callable[[], None],
    write_while_withdrawn: Callable[[], tuple[Meeting, list[object]]],
) -> None:
    lift_lock()
    meeting, outcomes = write_while_withdrawn()
    cub.refresh_from_db()
    assert (meeting.happened, errors_in(outcomes), cub.house_name) == (True, [], LATE)


@pytest.fixture
def withdraw_each_other(
    programme: Programme, ada: User, monkeypatch: pytest.MonkeyPatch
) -> Callable[[], list[object]]:
    """Return a function that lets the two coordinators of a programme withdraw each other."""
    other = ProgrammeRoleFactory(programme=programme, role="coordinator").user
    meeting = Meeting(2, patience=BEFORE_A_LOCK)
    check = meeting.after(actions.refuse_last_coordinator)
    monkeypatch.setattr(actions, "refuse_last_coordinator", check)

    def deed(person: User, by: User) -> Callable[[], None]:
        own = Programme.objects.get(pk=programme.pk)
        return lambda: withdraw_programme_role(own, person, by=by, reason="It was the other.")

    return lambda: at_once(deed(other, ada), deed(ada, other))


def test_two_coordinators__leave_one_of_them(withdraw_each_other: Callable[[], list[object]]) -> None:
    told = errors_in(withdraw_each_other())
    assert [type(error) for error in told] == [NotTheirsToGiveError]
    assert ProgrammeRole.objects.count() == 1


def test_two_coordinators__twin_without_the_lock_leaves_nobody(
    lift_lock: Callable[[], None], withdraw_each_other: Callable[[], list[object]]
) -> None:
    lift_lock()
    assert errors_in(withdraw_each_other()) == []
    assert not ProgrammeRole.objects.exists()
