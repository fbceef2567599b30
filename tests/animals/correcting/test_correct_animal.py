"""Who an animal is, corrected: what it leaves, what follows, what it refuses."""

from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.correcting.actions import correct_animal, void_animal
from studbook.animals.keeping import NotTheirsError
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.findings import RuleError
from studbook.core.models import AuditChange
from tests import factories


def correct(animal: Animal, by: User, **facts: Any) -> None:
    names = ("house_name", "sex", "birth", "birth_type", "rearing", "note")
    standing = {name: getattr(animal, name) for name in names}
    told = {"reason": "The zoo's card.", "opened_version": animal.version} | facts
    correct_animal(animal, by=by, **(standing | told))


def test_correct_animal__leaves_before_after_who_and_why(cub: Animal, rita: User) -> None:
    correct(cub, rita, house_name="Seia")
    change = AuditChange.objects.get(record="animals.animal")
    assert (change.before["house_name"], change.after["house_name"]) == ("Zeia", "Seia")
    assert (change.entry.actor_name, change.entry.reason) == ("rita", "The zoo's card.")
    assert (change.animal, cub.version, cub.programme.revision) == (cub.pk, 2, 2)


def test_correct_animal__takes_the_birth_event_and_the_stay_along(cub: Animal, ada: User) -> None:
    correct(cub, ada, birth=DateInterval.parse("2018-06-01"))
    assert str(cub.events.get().date) == "2018-06-01"
    assert str(cub.holdings.get().start) == "2018-06-01"
    assert str(cub.ownerships.get().start) == "2018-06-01"


def test_correct_animal__leaves_a_birth_event_of_another_day(cub: Animal, ada: User) -> None:
    event = cub.events.get()
    event.date = DateInterval.parse("about 2018")
    event.save()
    cub.holdings.all().delete()
    cub.ownerships.all().delete()
    correct(cub, ada, birth=DateInterval.parse("2018-06-01"))
    assert str(cub.events.get().date) == "about 2018"


def test_correct_animal__needs_a_reason(cub: Animal, ada: User) -> None:
    with pytest.raises(StudbookError, match="needs a reason") as refusal:
        correct(cub, ada, house_name="Seia", reason=" ")
    assert refusal.value.field == "reason"


def test_correct_animal__refuses_what_the_book_says_already(cub: Animal, ada: User) -> None:
    with pytest.raises(StudbookError, match="12 Zeia: the book says this already"):
        correct(cub, ada)
    cub.refresh_from_db()
    assert cub.version == 1


def test_correct_animal__refuses_a_foreign_animal_to_the_registrar(foreign: Animal, rita: User) -> None:
    with pytest.raises(NotTheirsError):
        correct(foreign, rita, house_name="Mine")


def test_correct_animal__refuses_a_birth_after_that_of_its_young(dam: Animal, cub: Animal, ada: User) -> None:
    with pytest.raises(RuleError, match="2019"):
        correct(dam, ada, birth=DateInterval.parse("2019"))
    dam.refresh_from_db()
    assert str(dam.birth) == "2010-06-03"


def test_correct_animal__refuses_another_sex_to_a_dam(dam: Animal, cub: Animal, ada: User) -> None:
    with pytest.raises(RuleError):
        correct(dam, ada, sex="M")


def test_correct_animal__tells_who_changed_it_and_both_values(cub: Animal, ada: User, rita: User) -> None:
    correct(cub, rita, house_name="Seia")
    with pytest.raises(
        StaleRecordError, match=r"changed by rita on .* house name was “Zeia”, is “Seia” now"
    ) as stale:
        correct(cub, ada, house_name="Zaia", opened_version=1)
    assert stale.value.version == 2
    assert [(each.fact, each.opened, each.now, each.written) for each in stale.value.differences] == [
        ("house name", "Zeia", "Seia", "Zaia")
    ]


def test_void_animal__leaves_number_and_events_and_frees_the_rest(cub: Animal, ada: User) -> None:
    mark = factories.IdentifierFactory(animal=cub)
    void_animal(cub, by=ada, reason="Written twice by mistake.", opened_version=1)
    void = Animal.every.get(pk=cub.pk)
    mark.refresh_from_db()
    assert (void.status, void.studbook_number, void.events.count()) == ("void", "12", 1)
    assert (void.holdings.count(), void.ownerships.count(), mark.active) == (0, 0, False)
    assert not Animal.objects.filter(pk=cub.pk).exists()


def test_void_animal__refuses_a_parent(dam: Animal, cub: Animal, ada: User) -> None:
    with pytest.raises(StudbookError, match="11 is a parent, or may be one, of 12"):
        void_animal(dam, by=ada, reason="Mistake.", opened_version=1)


def test_void_animal__refuses_one_of_which_a_plan_speaks(cub: Animal, sire: Animal, ada: User) -> None:
    factories.RecommendationFactory(programme=cub.programme, sire=sire, dam=cub)
    with pytest.raises(StudbookError, match="Other records speak of 12 Zeia: recommendation"):
        void_animal(cub, by=ada, reason="Mistake.", opened_version=1)
