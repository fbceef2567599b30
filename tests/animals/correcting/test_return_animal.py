"""An animal returned to each earlier state of its history, by a new change."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.correcting.actions import correct_animal
from studbook.animals.correcting.events import correct_event, remove_event
from studbook.animals.correcting.history import history_of
from studbook.animals.correcting.parents import correct_parents
from studbook.animals.correcting.returning import return_animal
from studbook.animals.correcting.states import Rows, state_now
from studbook.animals.keeping import NotTheirsError, keeping, locked
from studbook.animals.models import Animal, Event, Identifier, Observation, ParentKind
from studbook.animals.parents_told import ParentChoice
from studbook.animals.retelling import insert_event, retelling
from studbook.core.dates import DateInterval
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from tests import factories

ROUNDS = 6
Step = Callable[[Animal, User, random.Random], None]


def newest(animal: Animal) -> int:
    return history_of(animal).newest


def go_back(animal: Animal, entry: int, by: User, **words: Any) -> None:
    told = {"opened_deed": newest(animal)} | words
    return_animal(animal, entry=AuditEntry.objects.get(pk=entry), by=by, **told)


def facts(rows: Rows) -> dict[tuple[str, int], dict[str, Any]]:
    return {
        key: {name: value for name, value in row.items() if name != "version"} for key, row in rows.items()
    }


def rename(animal: Animal, by: User, chance: random.Random) -> None:
    names = ("sex", "birth", "birth_type", "note")
    told = {name: getattr(animal, name) for name in names} | {"rearing": chance.choice(["hand", "parent"])}
    correct_animal(
        animal,
        house_name=f"Name {chance.random()}",
        by=by,
        reason="Card.",
        opened_version=locked(animal).version,
        **told,
    )


def orphan(animal: Animal, by: User, chance: random.Random) -> None:
    unknown = ParentChoice(ParentKind.UNKNOWN)
    sire = ParentChoice(ParentKind.KNOWN, (Animal.objects.get(studbook_number="10"),))
    current = locked(animal)
    choice = unknown if current.sire else sire
    correct_parents(animal, sire=choice, dam=unknown, by=by, reason="DNA", opened_version=current.version)


def move(animal: Animal, by: User, chance: random.Random) -> None:
    place = chance.choice(list(Institution.objects.exclude(holdings__animal=animal, holdings__end=None)))
    last = animal.holdings.order_by("start").last()
    assert last
    event = Event(kind="transfer", institution=place, terms=chance.choice(["donation", "loan"]))
    event.date = DateInterval.exact(last.start.replace(year=last.start.year + 1))
    with keeping(animal.programme, "transfer", by=by, right=Right.LOG, about=[animal]) as trail:
        current = locked(animal)
        with retelling(trail, current):
            insert_event(trail, current, event)


def take_out_last_move(animal: Animal, by: User, chance: random.Random) -> None:
    event = animal.events.filter(kind="transfer").order_by("sequence").last()
    if event:
        remove_event(event, by=by, reason="It stayed.", opened_version=event.version)


def note_move(animal: Animal, by: User, chance: random.Random) -> None:
    event = animal.events.order_by("sequence").last()
    assert event
    correct_event(event, note=f"{chance.random()}", by=by, reason="Card.", opened_version=event.version)


def mark(animal: Animal, by: User, chance: random.Random) -> None:
    with keeping(animal.programme, "mark", by=by, right=Right.LOG, about=[animal]) as trail:
        made = [
            Identifier.objects.create(animal=animal, kind="tag", value=f"{chance.random()}"),
            Observation.objects.create(
                animal=animal, kind="weight", quantity=chance.randrange(20, 60), unit="kg"
            ),
        ]
        trail.created(made)


STEPS: tuple[Step, ...] = (rename, orphan, move, take_out_last_move, note_move, mark)


@pytest.mark.parametrize("seed", range(4))
def test_return_animal__to_each_state_of_a_random_history(
    cub: Animal, other_zoo: Institution, ada: User, seed: int
) -> None:
    chance = random.Random(seed)
    mark(cub, ada, chance)
    states = {newest(cub): facts(state_now(cub))}
    while len(states) < ROUNDS:
        chance.choice(STEPS)(cub, ada, chance)
        states[newest(cub)] = facts(state_now(cub))
    for entry in chance.sample(sorted(states), ROUNDS):
        if facts(state_now(cub)) == states[entry]:
            continue
        go_back(cub, entry, ada)
        assert facts(state_now(cub)) == states[entry]


def test_return_animal__keeps_number_and_goes_on_with_versions(cub: Animal, ada: User) -> None:
    chance = random.Random(1)
    rename(cub, ada, chance)
    first = newest(cub)
    rename(cub, ada, chance)
    go_back(cub, first, ada, reason="It was right.")
    cub.refresh_from_db()
    assert (cub.studbook_number, cub.version) == ("12", 4)
    entry = AuditEntry.objects.latest("pk")
    assert entry.verb == "return to earlier state"
    assert "returned to the state after: “correct animal” by ada on " in entry.reason
    assert entry.reason.endswith("It was right.")


def test_return_animal__refuses_what_was_changed_since_its_history_was_opened(cub: Animal, ada: User) -> None:
    chance = random.Random(1)
    rename(cub, ada, chance)
    first = newest(cub)
    rename(cub, ada, chance)
    with pytest.raises(
        StaleRecordError, match="was changed since you opened its history: “correct animal” by ada"
    ):
        go_back(cub, first, ada, opened_deed=first)


def test_return_animal__refuses_the_state_that_stands(cub: Animal, ada: User) -> None:
    rename(cub, ada, random.Random(1))
    with pytest.raises(StudbookError, match="Nothing is left to do"):
        go_back(cub, newest(cub), ada)


def test_return_animal__refuses_parents_that_cannot_be_any_more(cub: Animal, sire: Animal, ada: User) -> None:
    mark(cub, ada, random.Random(1))
    first = newest(cub)
    orphan(cub, ada, random.Random(1))
    Animal.objects.filter(pk=sire.pk).update(status="void")
    with pytest.raises(StudbookError, match="The record 10 is void and cannot be a sire"):
        go_back(cub, first, ada)


def test_return_animal__refuses_a_transponder_that_another_bears_now(
    cub: Animal, dam: Animal, ada: User
) -> None:
    chip = factories.IdentifierFactory(animal=cub, value="900")
    mark(cub, ada, random.Random(1))
    first = newest(cub)
    with keeping(cub.programme, "unmark", by=ada, right=Right.CORRECT, about=[cub]) as trail:
        trail.removed([chip])
        chip.delete()
    factories.IdentifierFactory(animal=dam, value="900")
    with pytest.raises(StudbookError, match="Another record has taken its place since"):
        go_back(cub, first, ada)


def test_return_animal__refuses_a_foreign_animal_to_the_registrar(
    foreign: Animal, ada: User, rita: User
) -> None:
    mark(foreign, ada, random.Random(1))
    first = newest(foreign)
    rename(foreign, ada, random.Random(1))
    with pytest.raises(NotTheirsError):
        go_back(foreign, first, rita)
