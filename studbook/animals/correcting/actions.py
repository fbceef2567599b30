"""Corrections of an animal's own record; each a deed with a reason, refused if somebody changed the record since."""

from collections.abc import Iterable

from studbook.accounts.models import User
from studbook.animals.correcting.checking import refuse_used_as_parent
from studbook.animals.correcting.events import put_in_order
from studbook.animals.correcting.pointing import refuse_pointed_at
from studbook.animals.correcting.reasons import correcting, refuse_unchanged
from studbook.animals.correcting.rewriting import rewrite, take_out
from studbook.animals.keeping import locked
from studbook.animals.models import Animal, Event, Holding, Ownership
from studbook.animals.retelling import retelling
from studbook.core.dates import DateInterval, interval_columns
from studbook.programmes.changes import Trail, columns_of, refuse_stale, save_unless_stale


def correct_animal(
    animal: Animal,
    *,
    house_name: str,
    sex: str,
    birth: DateInterval | None,
    birth_type: str,
    rearing: str,
    note: str,
    by: User | None,
    reason: str,
    opened_version: int,
    acknowledged: Iterable[str] = (),
) -> None:
    """Correct who an animal is; a birth date is corrected in its birth event too."""
    with correcting(animal, "correct animal", by=by, reason=reason, acknowledged=acknowledged) as trail:
        current = locked(animal)
        before, born = columns_of(current), current.birth
        current.house_name, current.sex, current.birth = house_name, sex, birth
        current.birth_type, current.rearing, current.note = birth_type, rearing, note
        fields = ["house_name", "sex", *interval_columns("birth", None), "birth_type", "rearing", "note"]
        save_unless_stale(current, opened_version=opened_version, fields=fields)
        refuse_unchanged(current, before)
        trail.changed(current, before)
        _follow_birth(trail, current, born)
    animal.refresh_from_db()


def void_animal(
    animal: Animal, *, by: User | None, reason: str, opened_version: int, acknowledged: Iterable[str] = ()
) -> None:
    """Say that a record is no animal: it keeps its number and its events and is left out of everything else."""
    with correcting(animal, "void record", by=by, reason=reason, acknowledged=acknowledged) as trail:
        current = locked(animal)
        refuse_stale(current, opened_version=opened_version)
        refuse_used_as_parent(current)
        refuse_pointed_at(current)
        clear_places(trail, current)
        for identifier in current.identifiers.filter(active=True):
            rewrite(trail, identifier, active=False)
        rewrite(trail, current, status=Animal.Status.VOID)


def clear_places(trail: Trail, animal: Animal) -> None:
    """Take out the stays and the ownership of a record that is no animal, so that it is counted nowhere."""
    for model in (Holding, Ownership):
        for row in model._base_manager.filter(animal=animal.pk):
            take_out(trail, row)


def _follow_birth(trail: Trail, animal: Animal, born: DateInterval | None) -> None:
    if animal.birth == born:
        return
    event = animal.events.filter(kind=Event.Kind.BIRTH).first()
    if event and event.date == born:
        with retelling(trail, animal):
            rewrite(trail, event, **interval_columns("date", animal.birth))
            put_in_order(trail, animal, event)
