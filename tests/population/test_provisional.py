"""Provisional entries are in the numbers unless a person leaves them out, and the pages say which it is."""

from typing import Any

import pytest
from django.urls import reverse

from studbook.accounts.models import User
from studbook.animals.keeping import keeping
from studbook.animals.models import Animal, Event
from studbook.animals.retelling import insert_event, retelling
from studbook.core.dates import DateInterval
from studbook.institutions.models import Institution
from studbook.population.analysis import analysis_of
from studbook.population.basis import Basis, analysis_on
from studbook.population.genetics.history import history_on
from studbook.population.provisional import Unconfirmed, unconfirmed_in
from studbook.programmes.models import Programme
from tests import factories

PAGES = ("genetics", "mean_kinships", "founders", "genetic_history", "kinship_map", "pairs")


@pytest.fixture
def family(programme: Programme, zoo: Institution) -> dict[str, Animal]:
    """Return two parents and two young: one born by a provisional entry, one dead by a provisional entry."""
    born = DateInterval.parse("2015-05-03")
    sire = factories.animal_at(zoo, programme=programme, studbook_number="1", sex="M", birth=born)
    dam = factories.animal_at(zoo, programme=programme, studbook_number="2", birth=born)
    young = {
        number: factories.animal_at(zoo, programme=programme, studbook_number=number, sire=sire, dam=dam)
        for number in ("3", "4")
    }
    Event.objects.filter(animal=young["3"]).update(provisional=True)
    with (
        keeping(programme, "log death", by=None, right=None, about=[young["4"]]) as trail,
        retelling(trail, young["4"]),
    ):
        death = Event(kind="death", institution=zoo, provisional=True)
        death.date = DateInterval.parse("2025-01-02")
        insert_event(trail, young["4"], death)
    programme.refresh_from_db()
    return {"1": sire, "2": dam, **young}


def living(basis: Basis) -> set[str]:
    analysis = analysis_on(basis)
    return {number for number, alive in zip(analysis.pedigree.ids, analysis.living, strict=True) if alive}


def test_unconfirmed_in__tells_who_came_and_who_left(programme: Programme, family: dict[str, Animal]) -> None:
    assert unconfirmed_in(programme) == Unconfirmed(frozenset({"3"}), frozenset({"4"}))
    Event.objects.update(provisional=False)
    assert unconfirmed_in(programme) == Unconfirmed()


def test_analysis_on__takes_provisional_entries_in_or_leaves_them_out(
    programme: Programme, family: dict[str, Animal]
) -> None:
    out = Basis(programme, confirmed_only=True)
    assert living(Basis(programme)) == {"1", "2", "3"}
    assert living(out) == {"1", "2", "4"}
    assert {animal.studbook_number for animal in out.living()} == {"1", "2", "4"}
    assert len(analysis_of(programme).unconfirmed) == out.unconfirmed_count == 2


def test_history_on__without_provisional_entries_keeps_the_dead_and_forgets_the_born(
    programme: Programme, family: dict[str, Animal]
) -> None:
    last = history_on(Basis(programme, confirmed_only=True)).rows[-1]
    assert last.living == 3
    assert history_on(Basis(programme)).rows[-1].living == 3


@pytest.mark.parametrize("name", PAGES)
def test_page__says_whether_it_includes_provisional_entries(
    name: str, programme: Programme, family: dict[str, Animal], ada: User, signed_in: Any
) -> None:
    address, window = reverse(name, args=[programme.code]), signed_in(ada)
    assert "Includes provisional entries: 2 animals" in window.get(address).text
    out = window.get(address, {"provisional": "out"})
    assert "Confirmed entries only." in out.text
    assert "provisional=out" in out.text


def test_page__of_a_confirmed_book_says_nothing_of_provisional_entries(
    programme: Programme, zoo: Institution, ada: User, signed_in: Any
) -> None:
    factories.animal_at(zoo, programme=programme)
    assert "provisional" not in signed_in(ada).get(reverse("genetics", args=[programme.code])).text
