"""Parents recorded: what it leaves in the book and in the trail, and what it refuses."""

from collections.abc import Callable

import pytest

from studbook.accounts.models import User
from studbook.animals.actions import record_parents
from studbook.animals.models import Animal, ParentKind
from studbook.core.dates import DateInterval
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditChange
from studbook.programmes.models import Programme
from tests.factories import (
    AnimalFactory,
    FounderFactory,
    ParentCandidateFactory,
)

pytestmark = pytest.mark.django_db

MAY_2012 = DateInterval.parse("2012-05-01")
MALE, FEMALE = Animal.Sex.MALE, Animal.Sex.FEMALE


@pytest.fixture
def set_parents(ada: User) -> Callable[..., None]:
    def deed(animal: Animal, **parents: object) -> None:
        unknown = {"sire": ParentKind.UNKNOWN, "dam": ParentKind.UNKNOWN}
        version = {"opened_version": animal.version}
        record_parents(animal, by=ada, reason="DNA", **(unknown | version | parents))  # type: ignore[arg-type]

    return deed


def test_record_parents__leaves_before_and_after(
    programme: Programme, set_parents: Callable[..., None]
) -> None:
    cub, sire = AnimalFactory(programme=programme), FounderFactory(programme=programme, sex=MALE)
    set_parents(cub, sire=sire, dam=ParentKind.WILD)
    assert (cub.sire, cub.sire_kind, cub.dam, cub.dam_kind, cub.version) == (sire, "known", None, "wild", 2)
    change = AuditChange.objects.get()
    assert (change.before["sire_id"], change.after["sire_id"]) == (None, sire.pk)
    assert (change.entry.actor_name, change.entry.reason) == ("ada", "DNA")
    assert cub.programme.revision == 2


def test_record_parents__drops_the_candidates(set_parents: Callable[..., None], programme: Programme) -> None:
    cub = ParentCandidateFactory(animal__programme=programme).animal
    set_parents(cub)
    assert not cub.parent_candidates.exists()
    assert AuditChange.objects.filter(record="animals.parentcandidate", after__isnull=True).count() == 1


def test_record_parents__shows_the_loop(programme: Programme, set_parents: Callable[..., None]) -> None:
    birth = {"programme": programme, "birth": None}
    top = AnimalFactory(studbook_number="12", **birth)
    middle = AnimalFactory(studbook_number="77", dam=top, **birth)
    last = AnimalFactory(studbook_number="40", sex=MALE, dam=middle, **birth)
    with pytest.raises(StudbookError, match="Ancestry loop: 12 -> 40 -> 77 -> 12"):
        set_parents(top, sire=last)
    top.refresh_from_db()
    assert (top.sire, top.version) == (None, 1)


def test_record_parents__refuses_what_changed_since(
    programme: Programme, set_parents: Callable[..., None]
) -> None:
    cub = AnimalFactory(programme=programme)
    set_parents(cub)
    with pytest.raises(StaleRecordError):
        set_parents(cub, opened_version=1)


@pytest.mark.parametrize(
    ("role", "columns", "sentence"),
    [
        ("sire", {"sex": FEMALE}, "is recorded female and cannot be a sire"),
        ("dam", {"sex": MALE}, "is recorded male and cannot be a dam"),
        ("dam", {"sex": Animal.Sex.UNKNOWN}, "is recorded with unknown sex and cannot be a dam"),
        ("dam", {"birth": DateInterval.parse("2020")}, "was born 2020, not before"),
    ],
)
def test_record_parents__refuses_a_parent_that_cannot_be(
    programme: Programme,
    set_parents: Callable[..., None],
    role: str,
    columns: dict[str, object],
    sentence: str,
) -> None:
    cub, parent = AnimalFactory(programme=programme), AnimalFactory(programme=programme, **columns)
    with pytest.raises(StudbookError, match=sentence) as refusal:
        set_parents(cub, **{role: parent})
    assert refusal.value.field == role


def test_record_parents__refuses_another_book(programme: Programme, set_parents: Callable[..., None]) -> None:
    with pytest.raises(StudbookError, match="is not in the book of Leopards"):
        set_parents(AnimalFactory(programme=programme), dam=FounderFactory())


def test_record_parents__refuses_a_kind_that_names_nobody(
    programme: Programme, set_parents: Callable[..., None]
) -> None:
    with pytest.raises(StudbookError, match="or say that it is wild or unknown"):
        set_parents(AnimalFactory(programme=programme), dam=ParentKind.KNOWN)
