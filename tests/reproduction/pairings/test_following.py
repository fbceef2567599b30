"""A pair ends by itself when one of the two dies or leaves, and follows what becomes of that deed."""

import pytest

from studbook.accounts.models import User
from studbook.animals.correcting.events import correct_event, remove_event
from studbook.animals.correcting.merging import merge_animals
from studbook.animals.correcting.undoing import undo_deed
from studbook.animals.entry.life import log_death, log_found, log_lost
from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.models import Pairing
from studbook.reproduction.pairings.actions import introduce_pair, separate
from tests import factories
from tests.reproduction.conftest import day

pytestmark = pytest.mark.django_db
SAME = {"choices": {}, "opened_version": 1, "other_version": 1}


def now(pair: Pairing) -> tuple[str, str]:
    pair.refresh_from_db()
    return str(pair.separated or ""), pair.end


def died(animal: Animal, on: str = "2025-06-01") -> AuditEntry:
    log_death(animal, on=day(on), by=None)
    return AuditEntry.objects.latest("pk")


def test_death__separates_in_the_same_deed(pair: Pairing, dam: Animal) -> None:
    entry = died(dam)
    assert now(pair) == ("2025-06-01", "death")
    assert {change.record for change in entry.changes.all()} >= {"reproduction.pairing", "animals.animal"}


def test_loss__separates_as_a_move(pair: Pairing, sire: Animal) -> None:
    log_lost(sire, on=day("2025-06-01"), by=None)
    assert now(pair) == ("2025-06-01", "moved")


def test_death_undone__makes_the_pair_open_again(pair: Pairing, dam: Animal) -> None:
    undo_deed(died(dam), by=None)
    assert now(pair) == ("", "")


def test_death_taken_out__makes_the_pair_open_again(pair: Pairing, dam: Animal) -> None:
    died(dam)
    event = dam.events.get(kind="death")
    remove_event(event, by=None, reason="Another cat.", opened_version=1)
    assert now(pair) == ("", "")


def test_death_corrected__corrects_the_separation(pair: Pairing, dam: Animal) -> None:
    died(dam)
    event = dam.events.get(kind="death")
    correct_event(event, by=None, reason="The diary.", opened_version=1, date=day("2025-06-05"))
    assert now(pair) == ("2025-06-05", "death")


def test_death__leaves_a_pair_that_people_separated(pair: Pairing, dam: Animal) -> None:
    separate(pair, on=day("2025-05-01"), end="moved", by=None, opened_version=1)
    died(dam)
    assert now(pair) == ("2025-05-01", "moved")


def test_death_before_the_pair__does_not_turn_its_dates_round(pair: Pairing, dam: Animal) -> None:
    died(dam, "2025-01-20")
    assert now(pair) == ("2025-02-01", "death")


def test_other_deeds__leave_the_pair(pair: Pairing, dam: Animal) -> None:
    event = dam.events.get(kind="birth")
    correct_event(event, by=None, reason="The diary.", opened_version=1, note="Third of three.")
    assert now(pair) == ("", "")


def test_merge__takes_pair_and_mating_along_and_undo_brings_them_back(
    pair: Pairing, sire: Animal, dam: Animal, programme: Programme, zoo: Institution, rita: User
) -> None:
    factories.MatingFactory(programme=programme, sire=sire, dam=dam, institution=zoo, pairing=pair)
    twin = factories.AnimalFactory(programme=programme, studbook_number="90", birth=dam.birth, sex="F")
    merge_animals(twin, dam, by=None, reason="The same cat.", **SAME)
    pair.refresh_from_db()
    assert (pair.dam, pair.matings.get().dam) == (twin, twin)
    undo_deed(AuditEntry.objects.latest("pk"), by=None, reason="Two cats.", acknowledged=("C5", "C9"))
    pair.refresh_from_db()
    assert (pair.dam, pair.matings.get().dam) == (dam, dam)


def test_merge__into_the_mate_is_refused_kindly(pair: Pairing, sire: Animal, dam: Animal) -> None:
    Animal.objects.filter(pk=dam.pk).update(sex="U")
    with pytest.raises(StudbookError):
        merge_animals(sire, dam, by=None, reason="The same cat.", **SAME)


def test_introduce__after_a_former_pair_ended_by_itself(
    pair: Pairing, sire: Animal, dam: Animal, programme: Programme
) -> None:
    log_lost(sire, on=day("2025-06-01"), by=None)
    lost = AuditEntry.objects.latest("pk")
    assert now(pair)[1] == "moved"
    undo_deed(lost, by=None)
    separate(Pairing.objects.get(), on=day("2025-07-01"), by=None, opened_version=pair.version + 1)
    assert introduce_pair(programme, sire=sire, dam=dam, on=day("2025-08-01"), by=None).is_open


def test_found_again__leaves_the_pair_that_the_loss_ended(pair: Pairing, sire: Animal) -> None:
    log_lost(sire, on=day("2025-06-01"), by=None)
    lost = AuditEntry.objects.latest("pk")
    log_found(sire, on=day("2025-07-01"), by=None)
    found = AuditEntry.objects.latest("pk")
    assert now(pair) == ("2025-06-01", "moved")
    log_death(sire, on=day("2025-08-01"), by=None)
    assert now(pair) == ("2025-06-01", "moved")
    undo_deed(AuditEntry.objects.latest("pk"), by=None)
    undo_deed(found, by=None)
    assert now(pair) == ("2025-06-01", "moved")
    undo_deed(lost, by=None)
    assert now(pair) == ("", "")
