"""Every change leaves who, when, what before, what after, why; in the transaction of the change itself."""

import pytest

from studbook.accounts.models import ProgrammeRole, User
from studbook.accounts.rights import Right
from studbook.core.errors import StaleRecordError
from studbook.core.models import AuditChange, AuditEntry
from studbook.programmes.changes import RightEndedError, changing, columns_of, save_unless_stale
from studbook.programmes.models import Programme
from tests.factories import AnimalFactory

pytestmark = pytest.mark.django_db


def test_changing__leaves_who_what_and_why(programme: Programme, ada: User) -> None:
    animal = AnimalFactory(programme=programme, house_name="Before")
    before = columns_of(animal)
    with changing(programme, "rename", by=ada, reason="The keepers asked.") as trail:
        animal.house_name = "After"
        animal.save()
        trail.changed(animal, before)
    entry = AuditEntry.objects.get()
    assert (entry.actor, entry.actor_name, entry.verb) == (ada, "ada", "rename")
    assert entry.reason == "The keepers asked."
    change = entry.changes.get()
    assert (change.record, change.record_id) == ("animals.animal", animal.pk)
    assert change.before["house_name"] == "Before"
    assert change.after["house_name"] == "After"


def test_changing__tells_new_records_from_removed_ones(programme: Programme) -> None:
    with changing(programme, "add", by=None) as trail:
        animal = AnimalFactory(programme=programme)
        trail.created([animal])
        trail.removed([animal])
    created, removed = AuditChange.objects.all()
    assert (created.before, removed.after) == (None, None)
    assert AuditEntry.objects.get().actor_name == "the system"


def test_changing__raises_the_revision_once(programme: Programme) -> None:
    with changing(programme, "add", by=None):
        pass
    assert programme.revision == 2


def test_changing__keeps_the_revision_when_no_number_moves(programme: Programme) -> None:
    with changing(programme, "note", by=None, alters_numbers=False):
        pass
    programme.refresh_from_db()
    assert programme.revision == 1


def test_changing__leaves_nothing_after_an_error(programme: Programme) -> None:
    def fail_within() -> None:
        with changing(programme, "add", by=None) as trail:
            trail.created([AnimalFactory(programme=programme)])
            raise KeyError

    with pytest.raises(KeyError):
        fail_within()
    programme.refresh_from_db()
    assert not programme.animals.exists()
    assert not AuditEntry.objects.exists()
    assert programme.revision == 1


def test_save_unless_stale__saves_and_counts_the_version() -> None:
    animal = AnimalFactory()
    animal.house_name = "Khala"
    save_unless_stale(animal, opened_version=1, fields=["house_name"])
    animal.refresh_from_db()
    assert (animal.house_name, animal.version) == ("Khala", 2)


def test_save_unless_stale__refuses_what_changed_since_it_was_opened() -> None:
    animal = AnimalFactory(house_name="First")
    animal.house_name = "Second"
    save_unless_stale(animal, opened_version=1, fields=["house_name"])
    animal.house_name = "Third"
    with pytest.raises(StaleRecordError, match="was changed by"):
        save_unless_stale(animal, opened_version=1, fields=["house_name"])
    animal.refresh_from_db()
    assert animal.house_name == "Second"


def test_changing__leaves_no_entry_of_a_deed_that_changed_nothing(programme: Programme) -> None:
    with changing(programme, "look", by=None):
        pass
    assert not AuditEntry.objects.exists()
    with changing(programme, "give a link", by=None, is_word=True):
        pass
    assert AuditEntry.objects.get().verb == "give a link"


def test_changing__refuses_a_person_whose_role_has_ended_meanwhile(programme: Programme, ada: User) -> None:
    ProgrammeRole.objects.filter(user=ada).delete()
    with (
        pytest.raises(RightEndedError, match="role in Leopards does not include this, or not any more"),
        changing(programme, "recommend pair", by=ada, right=Right.PLAN),
    ):
        pytest.fail("the deed began")
    assert not AuditEntry.objects.exists()


def test_changing__asks_nothing_of_the_system_itself(programme: Programme) -> None:
    with changing(programme, "recommend pair", by=None, right=Right.PLAN, is_word=True):
        pass
    assert AuditEntry.objects.get().actor is None
