"""Pairs introduced, put together, separated, corrected and struck out; who may, and what is refused with which words."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from studbook.accounts.models import User
from studbook.animals.keeping import NotTheirsError
from studbook.animals.models import Animal
from studbook.core.errors import StaleRecordError, StudbookError
from studbook.core.findings import RuleError, UnacknowledgedError
from studbook.core.models import AuditEntry
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from studbook.reproduction.models import Mating, Pairing
from studbook.reproduction.pairings.actions import (
    correct_pairing,
    introduce_pair,
    put_together,
    separate,
    strike_pairing,
)
from studbook.reproduction.pairings.matings import correct_mating
from tests import factories
from tests.reproduction.conftest import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(programme: Programme, sire: Animal, dam: Animal, bo: User) -> dict[str, Any]:
    return {"programme": programme, "sire": sire, "dam": dam, "on": day("2025-02-01"), "by": bo}


@pytest.mark.rule("D10", door="form", case="inside")
def test_introduce__keeps_the_pair_at_their_place_with_a_trail(
    told: dict[str, Any], zoo: Institution, bo: User
) -> None:
    made = introduce_pair(**told, note="Calm.")
    assert (made.institution, str(made.introduced), made.note, made.is_open) == (
        zoo,
        "2025-02-01",
        "Calm.",
        True,
    )
    entry = AuditEntry.objects.latest("pk")
    assert (entry.verb, entry.actor, entry.changes.count()) == ("introduce pair", bo, 1)


@pytest.mark.rule("D10", door="form", case="outside")
@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"sire": {"sex": "F"}}, "is recorded female, and the pair needs a male"),
        ({"dam": {"sex": "M"}}, "is recorded male, and the pair needs a female"),
        ({"sire": {"sex": "U"}}, "The sex of 21 Baruto is not recorded"),
    ],
)
def test_introduce__needs_a_male_and_a_female(
    told: dict[str, Any], columns: dict[str, dict[str, str]], words: str
) -> None:
    for name, values in columns.items():
        Animal.objects.filter(pk=told[name].pk).update(**values)
    with pytest.raises(RuleError, match=words):
        introduce_pair(**told)
    assert not Pairing.objects.exists()


def test_introduce__needs_both_alive(told: dict[str, Any], sire: Animal) -> None:
    Animal.objects.filter(pk=sire.pk).update(
        status="dead", death_earliest="2024-01-01", death_latest="2024-01-01", death_text="2024-01-01"
    )
    with pytest.raises(RuleError, match="21 Baruto died 2024-01-01, before this pair") as refused:
        introduce_pair(**told)
    assert refused.value.findings[0].code == "C10"


def test_introduce__needs_both_at_one_place_on_the_day(
    told: dict[str, Any], dam: Animal, away: Institution
) -> None:
    dam.holdings.update(end="2025-01-01")
    factories.HoldingFactory(animal=dam, institution=away, start="2025-01-01")
    with pytest.raises(RuleError, match="21 Baruto was at Zoo A and 22 Khala was at Zoo B on 2025-02-01"):
        introduce_pair(**(told | {"by": None}))
    assert introduce_pair(**(told | {"by": None, "on": day("2024-12-01")}), separated=day("2025-01-01"))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"on": day("2999-01-01")}, "lies in the future"),
        ({"on": day("2010-01-01")}, "was born 2015-05-03, after this pair"),
        ({"together": day("2025-01-01")}, "would be together 2025-01-01, before they were introduced"),
        ({"separated": day("2025-01-31")}, "would be separated 2025-01-31, before they were introduced"),
        ({"together": day("2025-03-01"), "separated": day("2025-02-10")}, "before they were together"),
        ({"separated": day("2999-01-01")}, "lies in the future"),
        ({"end": "fighting"}, "is told without when"),
    ],
)
def test_introduce__refuses_days_that_cannot_be(
    told: dict[str, Any], changed: dict[str, Any], words: str
) -> None:
    with pytest.raises(StudbookError, match=words):
        introduce_pair(**(told | changed))
    assert not Pairing.objects.exists()


def test_introduce__of_an_interval_is_refused_only_where_no_day_fits(told: dict[str, Any]) -> None:
    assert introduce_pair(**(told | {"on": day("2025")}), together=day("February 2025"))


def test_introduce__once_at_a_time(told: dict[str, Any], pair: Pairing) -> None:
    with pytest.raises(RuleError, match="are a pair since 2025-02-01, and were not separated"):
        introduce_pair(**(told | {"on": day("2025-05-01")}))
    separate(pair, on=day("2025-04-01"), by=None, opened_version=1)
    with pytest.raises(RuleError, match="are a pair since 2025-02-01 until 2025-04-01"):
        introduce_pair(**(told | {"on": day("2025-03-01")}))
    assert introduce_pair(**(told | {"on": day("2025-04-01")})).is_open


def test_open_pair__stands_once_by_the_database_too(pair: Pairing) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        factories.PairingFactory(
            programme=pair.programme, sire=pair.sire, dam=pair.dam, institution=pair.institution
        )


@pytest.mark.parametrize("which", ["sire", "dam"])
@pytest.mark.parametrize(
    ("kind", "what", "words"),
    [
        ("contraception", "implant", "under contraception: hormone implant since 2025-01-10"),
        ("reproduction", "infertile", "found infertile since 2025-01-10"),
    ],
)
def test_introduce__warns_of_contraception_and_asks_why(
    told: dict[str, Any], which: str, kind: str, what: str, words: str
) -> None:
    factories.ObservationFactory(
        animal=told[which], kind=kind, what=what, quantity=None, unit="", date=day("2025-01-10")
    )
    for given in ({}, {"acknowledged": ("D10",)}, {"reason": "The vet says so."}):
        with pytest.raises(UnacknowledgedError) as warned:
            introduce_pair(**told, **given)
        assert words in warned.value.sentence
    assert introduce_pair(**told, acknowledged=("D10",), reason="The implant was taken out.")
    entry = AuditEntry.objects.latest("pk")
    assert (entry.acknowledged, entry.reason) == ("D10", "The implant was taken out.")


def test_introduce__does_not_warn_of_contraception_that_is_over(told: dict[str, Any]) -> None:
    told_of_it = {"kind": "contraception", "what": "implant", "quantity": None, "unit": ""}
    factories.ObservationFactory(
        animal=told["dam"], **told_of_it, date=day("2024-01-10"), until=day("2025-01-10")
    )
    factories.ObservationFactory(animal=told["dam"], **told_of_it, date=day("2025-03-10"))
    assert introduce_pair(**told)


def test_pair__is_put_together_and_separated(pair: Pairing, bo: User) -> None:
    together = put_together(pair, on=day("2025-02-10"), by=bo, opened_version=1)
    assert (str(together.together), together.version) == ("2025-02-10", 2)
    with pytest.raises(StudbookError, match="are together since 2025-02-10"):
        put_together(pair, on=day("2025-02-11"), by=bo, opened_version=2)
    with pytest.raises(StaleRecordError):
        separate(pair, on=day("2025-03-10"), by=bo, opened_version=1)
    with pytest.raises(StudbookError, match="before they were together"):
        separate(pair, on=day("2025-02-05"), by=bo, opened_version=2)
    over = separate(pair, on=day("2025-03-10"), end="season", note="Calm.", by=bo, opened_version=2)
    assert (str(over.separated), over.end, over.note, over.is_open) == (
        "2025-03-10",
        "season",
        "Calm.",
        False,
    )
    for step in (put_together, separate):
        with pytest.raises(StudbookError):
            step(pair, on=day("2025-04-10"), by=bo, opened_version=3)


def test_pair__is_the_zoo_s_where_it_is(pair: Pairing, rex: User, remy: User, ada: User) -> None:
    for person in (rex, remy):
        with pytest.raises(NotTheirsError):
            separate(pair, on=day("2025-03-10"), by=person, opened_version=1)
    assert separate(pair, on=day("2025-03-10"), by=ada, opened_version=1)


def test_introduce__is_for_those_who_log_on_both(told: dict[str, Any], rex: User, olga: User) -> None:
    for person in (rex, olga):
        with pytest.raises(NotTheirsError):
            introduce_pair(**(told | {"by": person}))


def test_correct__changes_what_is_wrong_with_a_reason(pair: Pairing, bo: User, rita: User) -> None:
    facts = {"introduced": day("2025-01-20"), "separated": day("2025-04-01"), "end": "season"}
    with pytest.raises(StudbookError, match="needs a reason"):
        correct_pairing(pair, **facts, by=rita, opened_version=1, reason=" ")
    with pytest.raises(NotTheirsError):
        correct_pairing(pair, **facts, by=bo, opened_version=1, reason="The diary.")
    with pytest.raises(StudbookError, match="says this already"):
        correct_pairing(pair, introduced=day("2025-02-01"), by=rita, opened_version=1, reason="The diary.")
    done = correct_pairing(pair, **facts, by=rita, opened_version=1, reason="The diary.")
    assert (str(done.introduced), str(done.separated), done.version) == ("2025-01-20", "2025-04-01", 2)
    assert AuditEntry.objects.latest("pk").reason == "The diary."


def test_strike__leaves_the_pair_in_the_book_and_out_of_the_way(
    pair: Pairing, told: dict[str, Any], bo: User, rita: User
) -> None:
    with pytest.raises(StudbookError, match="Say why"):
        strike_pairing(pair, by=rita, opened_version=1, reason="")
    with pytest.raises(NotTheirsError):
        strike_pairing(pair, by=bo, opened_version=1, reason="Other cats.")
    struck = strike_pairing(pair, by=rita, opened_version=1, reason="Other cats.")
    assert (struck.is_struck, struck.struck_by, struck.struck_why) == (True, rita, "Other cats.")
    with pytest.raises(StudbookError, match="was struck out already"):
        strike_pairing(pair, by=rita, opened_version=2, reason="Other cats.")
    with pytest.raises(StudbookError, match="was struck out since you opened it"):
        separate(pair, on=day("2025-03-10"), by=bo, opened_version=2)
    assert introduce_pair(**told).is_open


def test_strike__of_what_others_rest_on_is_refused_with_their_names(pair: Pairing, rita: User) -> None:
    factories.MatingFactory(
        programme=pair.programme, sire=pair.sire, dam=pair.dam, institution=pair.institution, pairing=pair
    )
    with pytest.raises(StudbookError, match="mating of 21 Baruto and 22 Khala 2025-03-01"):
        strike_pairing(pair, by=rita, opened_version=1, reason="Other cats.")


def test_introduce__needs_both_there_on_the_same_day_of_an_interval(
    told: dict[str, Any], dam: Animal, sire: Animal, away: Institution
) -> None:
    sire.holdings.update(end="2025-02-05")
    factories.HoldingFactory(animal=sire, institution=away, start="2025-02-05")
    dam.holdings.update(start="2025-02-20")
    with pytest.raises(RuleError, match="so no pair of the two is possible"):
        introduce_pair(**(told | {"by": None, "on": day("February 2025")}))


def test_pair__is_not_corrected_away_from_its_matings(
    pair: Pairing, sire: Animal, dam: Animal, bo: User, rita: User
) -> None:
    date = day("2025-03-01")
    where = {"programme": pair.programme, "institution": pair.institution, "pairing": pair}
    mating: Mating = factories.MatingFactory(sire=sire, dam=dam, date=date, **where)
    with pytest.raises(StudbookError, match="separated 2025-02-20, before this mating"):
        separate(pair, on=day("2025-02-20"), by=bo, opened_version=1)
    with pytest.raises(StudbookError, match="introduced 2025-03-02, after this mating"):
        correct_pairing(pair, introduced=day("2025-03-02"), by=rita, opened_version=1, reason="The card.")
    begun = {"conceived": date, "mating": mating, "institution": pair.institution}
    factories.PregnancyFactory(programme=pair.programme, sire=sire, dam=dam, **begun)
    told: dict[str, Any] = {"seen": "seen", "by": rita, "opened_version": 1, "reason": "The card."}
    with pytest.raises(StudbookError, match="come of it, which does not fit 2025-03-05"):
        correct_mating(mating, on=day("2025-03-05"), **told)
    assert correct_mating(mating, on=date, note="On film.", **told).note
