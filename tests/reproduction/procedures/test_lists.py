"""The list of procedures: narrowed and sorted as one does it by hand, who reads it, and where it is reached from."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.models import Procedure
from studbook.reproduction.procedures.columns import PROCEDURE_COLUMNS
from tests import factories
from tests.reproduction.procedures.listed import at, found, made, rows_of

SignedIn = Callable[[User], Client]


def about(each: Procedure) -> set[str]:
    """Return the numbers of all animals of a procedure."""
    animals = [each.animal]
    if each.kind == "insemination":
        animals.append(each.insemination.donor)
    if each.kind == "gametes":
        animals += [each.gametes.sire, each.gametes.dam]
    return {animal.studbook_number for animal in animals}


def fits(each: Procedure, asked: dict[str, str]) -> bool:
    span = DateInterval(
        date.fromisoformat(asked.get("after", "1800-01-01")),
        date.fromisoformat(asked.get("before", "2999-12-31")),
    )
    return (
        each.is_struck == (asked.get("state") == "struck")
        and each.kind == asked.get("kind", each.kind)
        and each.institution.name == asked.get("institution", each.institution.name)
        and ("animal" not in asked or asked["animal"] in about(each))
        and each.date is not None
        and each.date.meets(span)
    )


def asking(asked: dict[str, str]) -> dict[str, str]:
    """Return what the form sends, which names an institution by its key."""
    if "institution" not in asked:
        return asked
    return asked | {"institution": str(Institution.objects.get(name=asked["institution"]).pk)}


@pytest.mark.parametrize(
    ("asked", "many"),
    [
        ({}, 7),
        ({"state": "struck"}, 2),
        ({"animal": "21"}, 4),
        ({"animal": "22"}, 3),
        ({"animal": "7"}, 3),
        ({"animal": "99"}, 0),
        ({"kind": "anaesthesia"}, 1),
        ({"kind": "collection"}, 1),
        ({"kind": "examination"}, 2),
        ({"kind": "insemination"}, 1),
        ({"kind": "gametes"}, 1),
        ({"kind": "weighing"}, 1),
        ({"institution": "Zoo A"}, 4),
        ({"institution": "Zoo B"}, 3),
        ({"after": "2025-10-09"}, 3),
        ({"after": "2025-10-14"}, 3),
        ({"after": "2025-10-15"}, 2),
        ({"after": "2025-11-30"}, 1),
        ({"after": "2025-12-01"}, 0),
        ({"before": "2024-01-01"}, 1),
        ({"before": "2023-12-31"}, 0),
        ({"before": "2025-10-07"}, 2),
        ({"before": "2025-10-08"}, 6),
        ({"after": "2025-10-10", "before": "2025-10-10"}, 2),
        ({"after": "2025-10-08", "before": "2025-10-08", "animal": "21", "institution": "Zoo A"}, 3),
        ({"state": "struck", "animal": "21"}, 1),
        ({"state": "struck", "after": "2025-01-01"}, 1),
    ],
)
def test_list__is_narrowed_as_by_hand(
    asked: dict[str, str], many: int, book: list[Procedure], olga: User, signed_in: SignedIn
) -> None:
    by_hand = {each.pk for each in book if fits(each, asked)}
    assert set(found(signed_in(olga), **asking(asked))) == by_hand
    assert len(by_hand) == many


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"after": "2025-10-09", "before": "2025-10-08"}, "The end 2025-10-08 comes before the start 2025-10-09."),
        ({"after": "soon"}, "Write the day as 2003-05-01."),
        ({"before": "1700-01-01"}, "A day before 1800-01-01 is none of this book."),
        ({"kind": "birth"}, "Select a valid choice."),
        ({"institution": "999999"}, "Select a valid choice."),
        ({"state": "any"}, "Select a valid choice."),
        ({"animal": "\x00"}, "Null characters are not allowed."),
        ({"animal": "2" * 21}, "at most 20 characters"),
    ],
)  # fmt: skip
def test_filter__that_cannot_be_read_finds_none_and_says_why(
    asked: dict[str, str], sentence: str, book: list[Procedure], olga: User, signed_in: SignedIn
) -> None:
    browser = signed_in(olga)
    page = browser.get(at(), asked)
    assert (page.status_code, list(page.context["lines"])) == (200, [])
    for words in (sentence, "The filter cannot be read, so no procedure is shown."):
        assert words in page.text
    for name in ("procedures_csv", "procedures_xlsx"):
        answer = browser.get(at(name), asked)
        assert (answer.status_code, "The filter of this export cannot be read." in answer.text) == (400, True)


Key = Callable[[Procedure], Any]
KEYS: dict[str, Sequence[Key]] = {
    "kind": [lambda each: each.get_kind_display()],
    "day": [lambda each: each.date_earliest, lambda each: each.date_latest, lambda each: each.started],
    "started": [lambda each: each.started],
    "animal": [lambda each: int(each.animal.studbook_number)],
    "institution": [lambda each: each.institution.name],
}


def sorted_by_hand(rows: list[Procedure], order: str) -> list[int]:
    """Sort by one key after the other, the last first; what has no value stands last, what is alike the newest first."""
    rows = sorted(rows, key=lambda each: -each.pk)
    for key in reversed(KEYS[order.removeprefix("-")]):
        told = [each for each in rows if key(each) is not None]
        untold = [each for each in rows if key(each) is None]
        rows = sorted(told, key=key, reverse=order.startswith("-")) + untold
    return [each.pk for each in rows]


@pytest.mark.parametrize("order", [f"{sign}{key}" for key in KEYS for sign in ("", "-")])
def test_list__is_sorted_as_by_hand(
    order: str, book: list[Procedure], olga: User, signed_in: SignedIn
) -> None:
    assert found(signed_in(olga), order=order) == sorted_by_hand([e for e in book if not e.is_struck], order)


def test_list__begins_with_the_newest(book: list[Procedure], olga: User, signed_in: SignedIn) -> None:
    by_hand = sorted_by_hand([each for each in book if not each.is_struck], "-day")
    assert found(signed_in(olga)) == found(signed_in(olga), order="nonsense") == by_hand


@pytest.mark.parametrize("many", [3, 30])
@pytest.mark.parametrize(
    ("name", "queries"), [("procedures", 10), ("procedures_csv", 7), ("procedures_xlsx", 7)]
)
def test_list__asks_as_many_queries_for_many_as_for_few(
    many: int,
    name: str,
    queries: int,
    sire: Animal,
    dam: Animal,
    zoo: Institution,
    olga: User,
    signed_in: SignedIn,
    django_assert_num_queries: Any,
) -> None:
    kinds = ("anaesthesia", "insemination", "gametes", "collection", "examination", "weighing")
    asleep = taken = None
    for number in range(many):
        kind = kinds[number % 6]
        told = {
            "insemination": {"donor": sire, "collection": taken},
            "gametes": {"sire": sire, "dam": dam},
        }.get(kind)
        each = made(kind, dam, zoo, "2025-10-08", told=told, under=asleep, logged_by=olga)
        factories.ProcedureFileFactory(procedure=each)
        if kind == "anaesthesia":
            factories.AnaesthesiaAgentFactory(anaesthesia=each.anaesthesia)
        asleep, taken = (each if kind == "anaesthesia" else None), (each if kind == "collection" else taken)
    browser = signed_in(olga)
    asked = {"columns": ",".join(column.key for column in PROCEDURE_COLUMNS.every)}
    browser.get(at(), asked)
    with django_assert_num_queries(queries):
        answer = browser.get(at(name), asked)
        assert b"".join(answer)  # type: ignore[arg-type]


def test_list__is_of_its_programme_and_for_those_who_see_it(
    book: list[Procedure],
    ada: User,
    bo: User,
    rita: User,
    remy: User,
    rex: User,
    cy: User,
    signed_in: SignedIn,
) -> None:
    foreign = factories.ExaminationFactory().procedure
    names = ("procedures", "procedures_csv", "procedures_xlsx")
    for person in (ada, bo, rita, remy, rex):
        assert [signed_in(person).get(at(name)).status_code for name in names] == [200, 200, 200]
        assert foreign.pk not in found(signed_in(person))
        assert len(found(signed_in(person))) == len(rows_of(signed_in(person))) == 7
    assert [signed_in(cy).get(at(name)).status_code for name in names] == [404, 404, 404]


def test_list__says_that_there_is_none_or_that_none_fits(
    programme: Programme, olga: User, signed_in: SignedIn
) -> None:
    assert "No procedure is in the book yet." in signed_in(olga).get(at()).text
    page = signed_in(olga).get(at(), {"kind": "weighing"}).text
    assert "No procedure fits these filters." in page
    assert f'<a href="{at()}">Show the list without filters</a>' in page


def test_list__is_reached_from_the_room_an_animal_and_a_procedure(
    book: list[Procedure], sire: Animal, zoo: Institution, olga: User, signed_in: SignedIn
) -> None:
    made("weighing", sire, zoo, f"{timezone.localdate()}")
    browser = signed_in(olga)
    room = browser.get(at("reproduction"))
    assert f'<a href="{at()}">All procedures</a>' in room.text
    since = f"{room.context['overview'].since:%Y-%m-%d}"
    assert f'<a href="{at()}?after={since}">1</a>' in room.text
    assert len(found(browser, after=since)) == room.context["overview"].procedures_lately == 1
    assert (
        f'href="{at()}?animal=21">All procedures of this animal</a>' in browser.get(at("animal", "21")).text
    )
    assert f'<a href="{at("reproduction")}">Reproduction</a>' in browser.get(at()).text
    assert f'<a href="{at()}">Procedures</a>' in browser.get(book[0].get_absolute_url()).text
