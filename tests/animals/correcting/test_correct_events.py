"""Events and observations corrected: the timelines follow, the order of the events too."""

from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.correcting.events import correct_event, remove_event
from studbook.animals.correcting.observations import correct_observation, remove_observation
from studbook.animals.keeping import keeping
from studbook.animals.models import Animal, Event
from studbook.animals.retelling import insert_event, retelling
from studbook.core.dates import DateInterval
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories


def happened(animal: Animal, kind: str, on: str, at: Institution | None = None, **columns: Any) -> Event:
    event = Event(kind=kind, institution=at, **columns)
    event.date = DateInterval.parse(on)
    with (
        keeping(animal.programme, "test", by=None, right=None, about=[animal]) as trail,
        retelling(trail, animal),
    ):
        return insert_event(trail, animal, event)


def correct(event: Event, by: User, **facts: Any) -> None:
    correct_event(event, by=by, **({"reason": "The card.", "opened_version": event.version} | facts))


def stays(animal: Animal) -> list[tuple[str, str, str]]:
    found = animal.holdings.select_related("institution").order_by("start", "id")
    return [(each.institution.mnemonic, str(each.start), str(each.end)) for each in found]


def test_correct_event__moves_the_stays(cub: Animal, other_zoo: Institution, ada: User) -> None:
    move = happened(cub, "transfer", "2020-02-01", other_zoo)
    correct(move, ada, date=DateInterval.parse("2020-03-01"))
    assert stays(cub) == [("ZOOA", "2018-05-03", "2020-03-01"), ("ZOOB", "2020-03-01", "None")]
    assert move.version == 2


def test_correct_event__puts_it_where_its_new_date_belongs(
    cub: Animal, zoo: Institution, other_zoo: Institution, ada: User
) -> None:
    away = happened(cub, "transfer", "2020-02-01", other_zoo)
    happened(cub, "transfer", "2021-02-01", zoo)
    third = factories.InstitutionFactory(mnemonic="ZOOC")
    correct(away, ada, date=DateInterval.parse("2022-02-01"), institution=third)
    assert [each.institution.mnemonic for each in cub.events.order_by("sequence")] == ["ZOOA", "ZOOA", "ZOOC"]
    assert stays(cub)[-1] == ("ZOOC", "2022-02-01", "None")


def test_correct_event__of_a_birth_corrects_the_animal(cub: Animal, ada: User) -> None:
    correct(cub.events.get(), ada, date=DateInterval.parse("2018-05-09"))
    cub.refresh_from_db()
    assert (str(cub.birth), str(cub.holdings.get().start), cub.version) == ("2018-05-09", "2018-05-09", 2)


def test_correct_event__of_a_death_corrects_the_date_of_death(
    cub: Animal, zoo: Institution, ada: User
) -> None:
    death = happened(cub, "death", "2022-02-01", zoo)
    correct(death, ada, date=DateInterval.parse("2022-02-04"), cause="old age")
    cub.refresh_from_db()
    assert (str(cub.death), death.cause) == ("2022-02-04", "old age")


def test_correct_event__refuses_a_date_that_leaves_no_room(cub: Animal, zoo: Institution, ada: User) -> None:
    happened(cub, "death", "2022-02-01", zoo)
    birth = cub.events.get(kind="birth")
    with pytest.raises(StudbookError):
        correct(birth, ada, date=DateInterval.parse("2023-02-01"))
    birth.refresh_from_db()
    assert str(birth.date) == "2018-05-03"


def test_correct_event__refuses_what_changed_since(cub: Animal, ada: User, rita: User) -> None:
    event = cub.events.get()
    correct(event, rita, note="At dawn.")
    with pytest.raises(StaleRecordError, match=r"changed by rita .* note was empty, is “At dawn.” now"):
        correct(event, ada, note="At noon.", opened_version=1)


def test_remove_event__gives_the_stays_back(cub: Animal, other_zoo: Institution, ada: User) -> None:
    before = stays(cub)
    move = happened(cub, "transfer", "2020-02-01", other_zoo)
    remove_event(move, by=ada, reason="It stayed.", opened_version=1)
    assert stays(cub) == before
    with pytest.raises(StaleRecordError, match="was taken out by somebody else"):
        remove_event(move, by=ada, reason="It stayed.", opened_version=1)


def test_remove_event__leaves_no_animal_without_an_origin(cub: Animal, ada: User) -> None:
    with pytest.raises(StudbookError):
        remove_event(cub.events.get(), by=ada, reason="Never.", opened_version=1)
    assert cub.events.count() == 1


def test_correct_observation__keeps_history_and_version(cub: Animal, rita: User) -> None:
    weight = factories.ObservationFactory(animal=cub)
    correct_observation(weight, quantity=39, by=rita, reason="Misread.", opened_version=1)
    assert (weight.quantity, weight.version) == (39, 2)
    with pytest.raises(StaleRecordError, match=r"quantity was “38.5000”"):
        correct_observation(weight, quantity=40, by=rita, reason="Misread.", opened_version=1)


def test_remove_observation__takes_it_out(cub: Animal, rita: User) -> None:
    weight = factories.ObservationFactory(animal=cub)
    remove_observation(weight, by=rita, reason="Another cat.", opened_version=1)
    assert not cub.observations.exists()


def test_correct_observation__of_what_no_analysis_reads_keeps_the_revision(cub: Animal, rita: User) -> None:
    weight, revision = factories.ObservationFactory(animal=cub), cub.programme.revision
    correct_observation(weight, quantity=39, by=rita, reason="Misread.", opened_version=1)
    remove_observation(weight, by=rita, reason="Another cat.", opened_version=2)
    assert Programme.objects.get().revision == revision
