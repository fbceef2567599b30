"""Parents corrected: one, wild, unknown or several; as a person writes them, and as the book takes them."""

from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.correcting.parent_forms import ParentsForm, parent_text
from studbook.animals.correcting.parents import correct_parents
from studbook.animals.correcting.undoing import undo_deed
from studbook.animals.models import Animal, ParentKind
from studbook.animals.parents_told import ParentChoice
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.models import AuditChange, AuditEntry
from studbook.programmes.models import Programme
from tests import factories
from tests.animals.correcting.conftest import Sent

UNKNOWN = ParentChoice(ParentKind.UNKNOWN)


def form(programme: Programme, **words: str) -> ParentsForm:
    return ParentsForm(
        {"sire": "unknown", "dam": "unknown", "opened_version": 1} | words, programme=programme
    )


@pytest.fixture
def males(programme: Programme, sire: Animal) -> list[Animal]:
    columns: dict[str, Any] = {"programme": programme, "sex": "M", "birth": sire.birth}
    return [sire, *(factories.AnimalFactory(studbook_number=number, **columns) for number in ("14", "15"))]


def correct(animal: Animal, by: User, **told: Any) -> None:
    correct_parents(
        animal,
        by=by,
        **({"sire": UNKNOWN, "dam": UNKNOWN, "reason": "DNA", "opened_version": animal.version} | told),
    )


def test_correct_parents__writes_kinds_and_candidates(cub: Animal, males: list[Animal], ada: User) -> None:
    several = ParentChoice(ParentKind.SEVERAL, tuple(males[:2]), (Decimal("0.6"), Decimal("0.4")))
    correct(cub, ada, sire=several)
    assert (cub.sire_kind, cub.sire, cub.dam_kind, cub.version) == ("several", None, "unknown", 2)
    assert parent_text(cub, "sire") == "10: 60 %, 14: 40 %"
    correct(cub, ada, sire=ParentChoice(ParentKind.KNOWN, (males[1],)))
    assert (cub.sire, cub.parent_candidates.count()) == (males[1], 0)
    assert AuditChange.objects.filter(record="animals.parentcandidate", animal=cub.pk).count() == 4


def test_correct_parents__refuses_a_loop_through_a_possible_parent(
    cub: Animal, sire: Animal, males: list[Animal], ada: User
) -> None:
    son = factories.AnimalFactory(programme=cub.programme, studbook_number="30", sex="M", dam=cub, birth=None)
    sire.birth = None
    sire.save()
    several = ParentChoice(ParentKind.SEVERAL, (son, males[1]), (Decimal("0.5"), Decimal("0.5")))
    with pytest.raises(StudbookError, match="Ancestry loop: "):
        correct(sire, ada, sire=several)
    assert not sire.parent_candidates.exists()


def test_correct_parents__refuses_the_wrong_sex_in_words(cub: Animal, dam: Animal, ada: User) -> None:
    with pytest.raises(StudbookError, match="is recorded female and cannot be a sire") as refusal:
        correct(cub, ada, sire=ParentChoice(ParentKind.KNOWN, (dam,)))
    assert refusal.value.field == "sire"


def test_correct_parents__refuses_a_void_record(cub: Animal, males: list[Animal], ada: User) -> None:
    Animal.every.filter(pk=males[1].pk).update(status="void")
    with pytest.raises(StudbookError, match="The record 14 is void and cannot be a sire"):
        correct(cub, ada, sire=ParentChoice(ParentKind.KNOWN, (males[1],)))


def test_correct_parents__tells_both_values_when_stale(
    cub: Animal, dam: Animal, ada: User, rita: User
) -> None:
    correct(cub, rita)
    with pytest.raises(StaleRecordError, match="dam was “11”, is “unknown” now, you wrote “11”"):
        correct(cub, ada, dam=ParentChoice(ParentKind.KNOWN, (dam,)), opened_version=1)


@pytest.mark.parametrize(
    ("words", "kind", "shares"),
    [
        ("10", "known", ()),
        ("Wild", "wild", ()),
        ("unk", "unknown", ()),
        ("10 60, 14 40", "several", ("0.6", "0.4")),
        ("10: 60 %, 14: 40 %", "several", ("0.6", "0.4")),
        ("10: 0.6; 14: 0.4", "several", ("0.6", "0.4")),
        ("10: 99.5, 14: 0.5", "several", ("0.995", "0.005")),
        ("10: 100 %", "known", ()),
        ("10, 14, 15", "several", ("0.333333333", "0.333333333", "0.333333334")),
    ],
)
def test_parents_form__reads_what_people_write(
    programme: Programme, males: list[Animal], words: str, kind: str, shares: tuple[str, ...]
) -> None:
    read = form(programme, sire=words)
    assert read.is_valid()
    choice = read.cleaned_data["sire"]
    assert (choice.kind, choice.shares) == (kind, tuple(map(Decimal, shares)))


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("99", "No animal 99 is in the book"),
        ("10 60, 14 50", "add up to 110 %"),
        ("10: 60, 14", "add up to 60 %"),
        ("10 60, 10 40", "10 is named twice as sire"),
        ("10 60", "names one sire and a share of it alone"),
        (", ;", "names no animals as sire"),
        (", ".join(map(str, range(1, 22))), "names 21 animals as sire"),
        ("10 a, 14 b", "“a” is no share of the sire 10"),
        ("10 nan, 14 40", "“nan” is no share of the sire 10"),
        ("10 -1, 14 101", "“-1” is no share of the sire 10"),
    ],
)
def test_parents_form__says_what_it_cannot_read(
    programme: Programme, males: list[Animal], words: str, sentence: str
) -> None:
    read = form(programme, sire=words)
    assert not read.is_valid()
    assert sentence in read.errors["sire"][0]


def test_parents_page__shows_first_what_follows_and_then_saves(
    cub: Animal, dam: Animal, ada: User, sent: Sent
) -> None:
    male = factories.AnimalFactory(programme=cub.programme, studbook_number="40", sex="M")
    factories.RecommendationFactory(programme=cub.programme, sire=male, dam=cub)
    address = reverse("correct_parents", args=["leopards", "12"])
    words = {"sire": "unknown", "dam": "11", "reason": "DNA", "opened_version": 1}
    first = sent(ada, address, **words)
    assert first.status_code == 200
    for shown in ("Touches 1 open recommendation", "40 × 12 Zeia", "Save these parents", "unknown | 11"):
        assert shown in first.text
    other = sent(ada, address, **(words | {"dam": "unknown"}), looked="unknown | 11")
    assert other.status_code == 200
    assert sent(ada, address, **words, looked="unknown | 11").status_code == 302
    cub.refresh_from_db()
    assert (cub.sire, cub.dam) == (None, dam)


def test_parents_page__saves_at_once_where_nothing_follows(cub: Animal, ada: User, sent: Sent) -> None:
    words = {"sire": "unknown", "dam": "11", "reason": "DNA", "opened_version": 1}
    assert sent(ada, reverse("correct_parents", args=["leopards", "12"]), **words).status_code == 302


def test_correct_parents__refuses_an_animal_as_its_own_parent(
    cub: Animal, males: list[Animal], ada: User
) -> None:
    own = ParentChoice(ParentKind.KNOWN, (cub,))
    perhaps = ParentChoice(ParentKind.SEVERAL, (males[0], cub), (Decimal("0.5"), Decimal("0.5")))
    for choice in (own, perhaps):
        with pytest.raises(StudbookError, match="12 Zeia cannot be its own sire"):
            correct(cub, ada, sire=choice)


def test_correct_parents__with_shares_can_be_undone(cub: Animal, males: list[Animal], ada: User) -> None:
    several = ParentChoice(ParentKind.SEVERAL, tuple(males[:2]), (Decimal("0.7"), Decimal("0.3")))
    correct(cub, ada, sire=several)
    undo_deed(AuditEntry.objects.get(), by=ada)
    cub.refresh_from_db()
    assert (cub.sire, cub.parent_candidates.count()) == (males[0], 0)
