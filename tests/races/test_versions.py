"""Two people edit one record; many people change one book."""

from collections.abc import Callable

import pytest

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.errors import StaleRecordError
from studbook.core.models import AuditChange, AuditEntry
from studbook.programmes.changes import changing, columns_of, save_unless_stale
from studbook.programmes.models import Programme
from tests.races.threads import Meeting, at_once, errors_in

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 4
CHANGES_EACH = 8
EDITS = {"house_name": "Khala", "note": "Limps on cold days."}


def edits_of(animal: Animal, save: Callable[[Animal, str], None]) -> list[Callable[[], str]]:
    """Return two edits of one animal, of a column each, that have both read it before either saves."""
    meeting = Meeting(2)

    def edit(column: str) -> str:
        opened = Animal.objects.get(pk=animal.pk)
        meeting.wait()
        setattr(opened, column, EDITS[column])
        save(opened, column)
        return column

    return [lambda column=column: edit(column) for column in EDITS]


def kept_of(animal: Animal) -> set[str]:
    animal.refresh_from_db()
    return {column for column, value in EDITS.items() if getattr(animal, column) == value}


def save_in_a_change(animal: Animal, column: str) -> None:
    with changing(animal.programme, "edit", by=None) as trail:
        before = columns_of(Animal.objects.get(pk=animal.pk))
        save_unless_stale(animal, opened_version=animal.version, fields=[column])
        trail.changed(animal, before)


def save_alone(animal: Animal, column: str) -> None:
    save_unless_stale(animal, opened_version=animal.version, fields=[column])


@pytest.mark.parametrize("save", [save_in_a_change, save_alone])
def test_save_unless_stale__lets_one_of_two_stale_edits_win(
    cub: Animal, save: Callable[[Animal, str], None]
) -> None:
    outcomes = at_once(*edits_of(cub, save))
    assert [type(error) for error in errors_in(outcomes)] == [StaleRecordError]
    assert kept_of(cub) == {outcome for outcome in outcomes if isinstance(outcome, str)}
    assert cub.version == 2


def test_plain_save__loses_one_of_two_edits(cub: Animal) -> None:
    outcomes = at_once(*edits_of(cub, lambda animal, _: animal.save()))
    assert errors_in(outcomes) == []
    assert len(kept_of(cub)) == 1


def test_changing__counts_every_change_of_many_people(programme: Programme, cub: Animal, ada: User) -> None:
    def change_often() -> None:
        for _ in range(CHANGES_EACH):
            with changing(programme.__class__.objects.get(pk=programme.pk), "note", by=ada) as trail:
                animal = Animal.objects.get(pk=cub.pk)
                before = columns_of(animal)
                animal.note = f"{animal.note}."
                save_unless_stale(animal, opened_version=animal.version, fields=["note"])
                trail.changed(animal, before)

    assert errors_in(at_once(*[change_often] * PEOPLE)) == []
    programme.refresh_from_db()
    cub.refresh_from_db()
    changes = PEOPLE * CHANGES_EACH
    assert (programme.revision, cub.version, cub.note) == (1 + changes, 1 + changes, "." * changes)
    assert (AuditEntry.objects.count(), AuditChange.objects.count()) == (changes, changes)


def test_revision__read_and_written_back_loses_changes(programme: Programme) -> None:
    meeting = Meeting(PEOPLE)

    def change() -> None:
        mine = Programme.objects.get(pk=programme.pk)
        meeting.wait()
        mine.revision += 1
        mine.save(update_fields=["revision"])

    assert errors_in(at_once(*[change] * PEOPLE)) == []
    programme.refresh_from_db()
    assert programme.revision == 2
