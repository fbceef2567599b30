"""A record that becomes void while somebody has it open: what is saved then is refused in words, and nothing changes."""

from collections.abc import Callable

import pytest

from studbook.accounts.models import User
from studbook.animals.correcting.merging import merge_animals
from studbook.animals.entry.observations import log_note
from studbook.animals.keeping import VoidRecordError
from studbook.animals.models import Animal, Event
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.planning.actions import recommend_pair
from tests import factories
from tests.animals.correcting.test_correct_animal import correct
from tests.races.digest import digest_of_everything

Deed = Callable[[Animal, User], object]


def note(animal: Animal, by: User) -> None:
    log_note(animal, on=DateInterval.parse("2024-05-03"), note="Limps.", by=by)


def rename(animal: Animal, by: User) -> None:
    correct(animal, by, house_name="Seia")


def recommend(animal: Animal, by: User) -> None:
    mate = animal.programme.animals.get(studbook_number="10")
    recommend_pair(animal.programme, sire=mate, dam=animal, reason="Both carry rare lines.", by=by)


@pytest.fixture
def twin(cub: Animal, zoo: Institution) -> Animal:
    """Return a second record of the cub, 13."""
    columns = {"studbook_number": "13", "sire": cub.sire, "dam": cub.dam}
    return factories.animal_at(zoo, programme=cub.programme, birth=cub.birth, **columns)


@pytest.mark.parametrize("deed", [note, rename, recommend])
def test_deed__on_a_record_merged_meanwhile_leads_to_the_other(
    cub: Animal, twin: Animal, ada: User, deed: Deed
) -> None:
    merge_animals(cub, twin, choices={}, by=ada, reason="One animal.", opened_version=1, other_version=1)
    before = digest_of_everything()
    with pytest.raises(
        VoidRecordError, match=r"13 was merged into 12 Zeia since you opened it.*Do it on 12 Zeia"
    ):
        deed(twin, ada)
    assert digest_of_everything() == before


def test_deed__on_a_record_made_void_meanwhile_is_refused(cub: Animal, ada: User) -> None:
    Animal.every.filter(pk=cub.pk).update(status=Animal.Status.VOID)
    with pytest.raises(VoidRecordError, match="12 Zeia was made void since you opened it") as refusal:
        note(cub, ada)
    assert refusal.value.status == 409
    assert not Event.objects.filter(note="Limps.").exists()
