"""Parents that cannot be, or may not be, whoever names them."""

import pytest

from studbook.accounts.models import User
from studbook.animals.correcting.parents import correct_parents
from studbook.animals.models import Animal, ParentKind
from studbook.animals.parents_told import ParentChoice
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.findings import UnacknowledgedError
from tests import factories

UNKNOWN = ParentChoice(ParentKind.UNKNOWN)


def name(parent: Animal, role: str, animal: Animal, by: User) -> None:
    told = {"sire": UNKNOWN, "dam": UNKNOWN} | {role: ParentChoice(ParentKind.KNOWN, (parent,))}
    correct_parents(animal, **told, by=by, reason="DNA", opened_version=animal.version)


@pytest.mark.parametrize(
    ("role", "columns", "sentence"),
    [
        ("sire", {"sex": "F"}, "is recorded female and cannot be a sire"),
        ("dam", {"sex": "M"}, "is recorded male and cannot be a dam"),
        ("dam", {"birth": DateInterval.parse("2020")}, "was born 2020, not before"),
    ],
)
def test_correct_parents__refuses_who_cannot_be_one(
    cub: Animal, ada: User, role: str, columns: dict[str, object], sentence: str
) -> None:
    parent = factories.AnimalFactory(programme=cub.programme, studbook_number="30", **columns)
    with pytest.raises(StudbookError, match=sentence) as refusal:
        name(parent, role, cub, ada)
    assert refusal.value.field == role
    cub.refresh_from_db()
    assert (cub.dam.studbook_number, cub.version) == ("11", 1)


def test_correct_parents__warns_of_a_parent_of_unknown_sex(cub: Animal, dam: Animal, ada: User) -> None:
    parent = factories.AnimalFactory(programme=cub.programme, studbook_number="30", sex="U", birth=dam.birth)
    with pytest.raises(UnacknowledgedError) as warned:
        name(parent, "dam", cub, ada)
    assert "C12" in {each.code for each in warned.value.findings}


def test_correct_parents__refuses_an_animal_of_another_book(cub: Animal, ada: User) -> None:
    with pytest.raises(StudbookError, match="is not in the book of Leopards"):
        name(factories.FounderFactory(studbook_number="30"), "dam", cub, ada)


def test_correct_parents__looks_at_the_parent_as_it_is_now(cub: Animal, sire: Animal, ada: User) -> None:
    Animal.objects.filter(pk=cub.pk).update(sire=None, sire_kind="unknown")
    Animal.objects.filter(pk=sire.pk).update(sex="F")
    with pytest.raises(StudbookError, match="is recorded female and cannot be a sire"):
        name(sire, "sire", cub, ada)
