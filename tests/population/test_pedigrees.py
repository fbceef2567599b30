from decimal import Decimal

import pytest

from pedigree.errors import CyclicPedigreeError
from pedigree.structure import FEMALE, MALE, SEVERAL, UNKNOWN, UNKNOWN_SEX, WILD
from studbook.animals.models import Animal, ParentKind
from studbook.core.dates import DateInterval
from studbook.population.pedigrees import book_of
from studbook.programmes.models import Programme
from tests.factories import AnimalFactory, FounderFactory, ParentCandidateFactory


def test_book_of__keeps_wild_unknown_and_several_apart(programme: Programme) -> None:
    FounderFactory(programme=programme, studbook_number="1", sex="M")
    unknown = AnimalFactory(programme=programme, studbook_number="2", sex="F")
    half = AnimalFactory(
        programme=programme, studbook_number="3", sex="U", dam=unknown, sire_kind=ParentKind.WILD
    )
    assert half.sex == Animal.Sex.UNKNOWN
    pedigree = book_of(programme).pedigree
    rows = {number: pedigree.row(number) for number in ("1", "2", "3")}
    assert (pedigree.sire[rows["1"]], pedigree.dam[rows["1"]]) == (WILD, WILD)
    assert (pedigree.sire[rows["2"]], pedigree.dam[rows["2"]]) == (UNKNOWN, UNKNOWN)
    assert (pedigree.sire[rows["3"]], pedigree.dam[rows["3"]]) == (WILD, rows["2"])
    assert [int(pedigree.sex[rows[number]]) for number in ("1", "2", "3")] == [MALE, FEMALE, UNKNOWN_SEX]


def test_book_of__three_thirds_are_one(programme: Programme) -> None:
    cub = AnimalFactory(programme=programme, studbook_number="9", sire_kind=ParentKind.SEVERAL)
    for _ in range(3):
        ParentCandidateFactory(animal=cub, probability=Decimal("0.333333333"))
    pedigree = book_of(programme).pedigree
    row = pedigree.row("9")
    assert pedigree.sire[row] == SEVERAL
    assert [share for _, share in pedigree.possible(row, "sire")] == pytest.approx([1 / 3] * 3, abs=1e-15)


def test_book_of__lives_are_those_recorded_living(programme: Programme) -> None:
    for status in (Animal.Status.LIVING, Animal.Status.RELEASED, Animal.Status.LOST):
        AnimalFactory(programme=programme, studbook_number=status, status=status)
    AnimalFactory(studbook_number="elsewhere")
    book = book_of(programme)
    assert sorted(book.pedigree.ids) == ["living", "lost", "released"]
    assert [number for number, lives in zip(book.pedigree.ids, book.living, strict=True) if lives] == [
        "living"
    ]


def test_book_of__refuses_a_loop_by_its_animals(programme: Programme) -> None:
    first = AnimalFactory(programme=programme, studbook_number="12", sex="M")
    second = AnimalFactory(programme=programme, studbook_number="40", sex="M", sire=first)
    Animal.objects.filter(pk=first.pk).update(sire=second, sire_kind=ParentKind.KNOWN)
    with pytest.raises(CyclicPedigreeError, match="12 -> 40 -> 12"):
        book_of(programme)


def test_book_of__three_queries_whatever_the_size(programme: Programme, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    with django_assert_num_queries(3):
        book_of(programme)
    ParentCandidateFactory(animal__programme=programme, probability=1)
    AnimalFactory.create_batch(20, programme=programme)
    with django_assert_num_queries(3):
        book_of(programme)


def test_book_of__takes_several_whom_nobody_wrote_down_for_unknown(programme: Programme) -> None:
    AnimalFactory(programme=programme, studbook_number="9", sire_kind=ParentKind.SEVERAL)
    pedigree = book_of(programme).pedigree
    assert pedigree.sire[pedigree.row("9")] == UNKNOWN


def test_book_of__litter_mates_share_their_uncertain_sire(programme: Programme) -> None:
    sires = [AnimalFactory(programme=programme, studbook_number=number, sex="M") for number in ("1", "2")]
    dam = AnimalFactory(programme=programme, studbook_number="3", sex="F")
    for number, born in (("4", "2020-05-01"), ("5", "2020-05-01"), ("6", "2021-05-01"), ("7", "2020")):
        cub = AnimalFactory(
            programme=programme,
            studbook_number=number,
            dam=dam,
            sire_kind=ParentKind.SEVERAL,
            birth=DateInterval.parse(born),
        )
        for sire in sires:
            ParentCandidateFactory(animal=cub, parent=sire)
    pedigree = book_of(programme).pedigree
    draws = [pedigree.draws[pedigree.row(number), "sire"] for number in ("4", "5", "6", "7")]
    assert draws[0] == draws[1]
    assert len(set(draws[1:])) == 3
