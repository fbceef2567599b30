"""The finder: a number scanned or typed leads to the one animal a person may log of, or to whom to ask."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from studbook.accounts.models import User
from studbook.accounts.rights import Standing, standing_of
from studbook.animals.entry.finder import animals_at_home, found_by, lately_logged
from studbook.animals.entry.observations import log_note
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories

CHIP = "276098106103921"


@pytest.fixture
def cat(programme: Programme, zoo: Institution) -> Animal:
    made = factories.animal_at(zoo, programme=programme, studbook_number="823", house_name="Khala")
    made.holdings.update(local_id="M0422")
    factories.IdentifierFactory(animal=made, value=CHIP)
    return made


@pytest.fixture
def foreign(programme: Programme) -> Animal:
    there = factories.InstitutionFactory(name="Zoo of the Others")
    return factories.animal_at(there, programme=programme, studbook_number="9", house_name="Khaliva")


@pytest.fixture
def bos(bo: User, programme: Programme) -> Standing:
    return standing_of(bo, programme.pk)


@pytest.mark.parametrize(
    "words",
    ["823", " 823 ", "khala", "Khala", CHIP, "276 0981 0610 3921", "276-098106103921", "M0422", "m0422"],
)
def test_found_by__one_exact_hit_is_chosen(words: str, cat: Animal, bos: Standing) -> None:
    search = found_by(cat.programme, bos, words)
    assert search.chosen is not None
    assert (search.chosen.animal, search.others, search.elsewhere) == (cat, (), ())


def test_found_by__a_part_of_a_name_finds_one_s_own_only(cat: Animal, foreign: Animal, bos: Standing) -> None:
    search = found_by(cat.programme, bos, "khal")
    assert (search.chosen, [each.animal for each in search.others], search.elsewhere) == (None, [cat], ())


def test_found_by__an_exact_number_elsewhere_says_whom_to_ask(
    cat: Animal, foreign: Animal, bos: Standing
) -> None:
    search = found_by(cat.programme, bos, "9")
    assert (search.chosen, [each.animal for each in search.elsewhere]) == (None, [foreign])


def test_found_by__one_s_own_goes_before_one_elsewhere_of_the_same_words(
    cat: Animal, foreign: Animal, bos: Standing
) -> None:
    foreign.holdings.update(local_id="823")
    search = found_by(cat.programme, bos, "823")
    assert search.chosen is not None
    assert (search.chosen.animal, [each.animal for each in search.elsewhere]) == (cat, [foreign])


def test_found_by__a_studbook_number_goes_before_local_ids_like_it(
    cat: Animal, zoo: Institution, bos: Standing
) -> None:
    others = [
        factories.animal_at(zoo, programme=cat.programme, studbook_number=str(n)) for n in range(100, 125)
    ]
    for each in others:
        each.holdings.update(local_id="823")
    search = found_by(cat.programme, bos, "823")
    assert search.chosen is not None
    assert (search.chosen.animal, [each.animal for each in search.others]) == (cat, others[:19])


def test_found_by__several_of_one_s_own_are_listed(cat: Animal, zoo: Institution, bos: Standing) -> None:
    other = factories.animal_at(zoo, programme=cat.programme, studbook_number="824", house_name="KHALA")
    search = found_by(cat.programme, bos, "khala")
    assert (search.chosen, [each.animal for each in search.others]) == (None, [cat, other])


@pytest.mark.parametrize("words", ["", " ", "\x00", "82", "%", "_", "'", "khala\x00x"])
def test_found_by__of_other_words_is_nothing(words: str, cat: Animal, bos: Standing) -> None:
    assert found_by(cat.programme, bos, words).nothing


def test_found_by__does_not_look_into_another_book(cat: Animal, bos: Standing) -> None:
    factories.animal_at(cat.holdings.get().institution, studbook_number="77", house_name="Kept")
    assert found_by(cat.programme, bos, "77").nothing
    assert found_by(cat.programme, bos, "Kept").nothing


def test_found_by__leaves_a_void_record_out(cat: Animal, bos: Standing) -> None:
    Animal.objects.update(status="void")
    assert found_by(cat.programme, bos, "823").nothing


def test_lately_logged__is_what_this_person_logged_last(
    cat: Animal, zoo: Institution, bo: User, bos: Standing
) -> None:
    second = factories.animal_at(zoo, programme=cat.programme, studbook_number="824")
    for each in (cat, second):
        log_note(each, on=DateInterval.parse("2025-05-03"), note="Seen.", by=bo)
    found = lately_logged(cat.programme, bos, bo)
    assert [each.animal for each in found] == [second, cat]
    second.holdings.update(institution=factories.InstitutionFactory())
    assert [each.animal for each in lately_logged(cat.programme, bos, bo)] == [cat]


def test_animals_at_home__are_the_living_of_one_s_zoos(
    cat: Animal, zoo: Institution, foreign: Animal, bos: Standing
) -> None:
    dead = DateInterval.parse("2024")
    factories.animal_at(zoo, programme=cat.programme, studbook_number="5", status="dead", death=dead)
    assert animals_at_home(cat.programme, bos) == {zoo: [cat]}


def test_log__leads_a_keeper_to_the_choice_of_entries(
    cat: Animal, foreign: Animal, bo: User, signed_in: Any
) -> None:
    client, url = signed_in(bo), reverse("log", args=["leopards"])
    page = client.get(url, {"q": CHIP}).content.decode()
    assert reverse("log_event", args=["leopards", "823", "weight"]) in page
    asked = client.get(url, {"q": "9"}).content.decode()
    assert "Zoo of the Others</a>: ask them to log it" in asked
    assert reverse("log_event", args=["leopards", "9", "weight"]) not in asked
    assert "No animal on which you may log anything" in client.get(url, {"q": "no such"}).content.decode()


@pytest.mark.parametrize(
    ("person", "status"), [("olga", 403), ("remy", 403), ("cy", 404), ("ada", 200), ("rita", 200)]
)
def test_log__is_for_those_who_may_log_somewhere(
    person: str, status: int, cat: Animal, signed_in: Any, request: pytest.FixtureRequest
) -> None:
    client = signed_in(request.getfixturevalue(person))
    assert client.get(reverse("log", args=["leopards"]), {"q": "823"}).status_code == status


def test_log__asks_the_same_however_many_animals_there_are(
    cat: Animal, zoo: Institution, bo: User, signed_in: Any
) -> None:
    client, url = signed_in(bo), reverse("log", args=["leopards"])

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(url, {"q": "kha"})
        return len(asked)

    before = queries()
    for number in range(6):
        factories.animal_at(
            zoo, programme=cat.programme, studbook_number=f"{number}0", house_name=f"Kha{number}"
        )
    assert queries() == before
