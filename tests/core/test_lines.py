"""What no text of one line may hold, and where it is refused."""

from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.core.findings import RuleError
from studbook.core.lines import seen, unfit_in
from studbook.institutions.actions import make_account
from studbook.programmes.changes import changing, columns_of
from studbook.programmes.models import Programme
from studbook.programmes.saved_views import keep_view
from tests import factories


@pytest.mark.parametrize(
    "letter", [*"\x00\t\n\r\x1b\x7f\x85", "\u2028", "\u202a", "\u202e", "\u2066", "\u2069"]
)
def test_unfit_in__names_what_breaks_a_line_or_turns_it_around(letter: str) -> None:
    assert unfit_in(f"Mi{letter}ra") == letter


@pytest.mark.parametrize(
    "text", ["", "Mira", "Ÿuki’s “2nd”", "دینا", "נמר", "虎 3", "👩‍👧", "nar\u200cges", "L\u200e1"]
)
def test_unfit_in__lets_be_what_people_write(text: str) -> None:
    assert unfit_in(text) == ""


def test_seen__spells_out_and_shortens() -> None:
    assert seen("a\u202eb") == "a\\u202eb"
    assert seen("a" * 60) == f"{'a' * 40}…"


def renamed(animal: Animal, by: User, **columns: str) -> None:
    with changing(animal.programme, "rename", by=by) as trail:
        before = columns_of(animal)
        for name, text in columns.items():
            setattr(animal, name, text)
        trail.changed(animal, before)


@pytest.mark.django_db
def test_changing__refuses_what_is_written_and_not_what_stood_there(programme: Programme, ada: User) -> None:
    animal = factories.AnimalFactory(programme=programme, house_name="Mi\u202era")
    renamed(animal, ada, note="Two\nlines.\tAnd tabs.")
    with pytest.raises(RuleError, match=r"house name “Mi\\u202eka” holds the character U\+202E"):
        renamed(animal, ada, house_name="Mi\u202eka")


@pytest.mark.django_db
def test_accounts_and_views__are_asked_too(programme: Programme, ada: User) -> None:
    with pytest.raises(StudbookError, match="first name"):
        make_account(username="mo", first_name="M\u202eo", last_name="", email="")
    view: dict[str, Any] = {"query": "", "shared": False, "opens_first": False}
    with pytest.raises(StudbookError, match=r"U\+0009"):
        keep_view(programme, by=ada, page="animals", name="my\tview", **view)
