"""A recommended pair by a banked sample: the donor may be dead, while a dose of his is left."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.findings import UnacknowledgedError
from studbook.planning.actions import change_pair, recommend_pair
from studbook.planning.figures import figures_of, pair_figures
from studbook.planning.models import Plan, Recommendation
from studbook.planning.plans.judging import judged
from studbook.planning.plans.life import publish
from studbook.planning.plans.making import make_plan
from studbook.planning.plans.rows import rows_of
from studbook.planning.plans.staleness import staleness_of
from studbook.planning.queries import chosen_pairs
from studbook.planning.report import report_of
from studbook.planning.report_pairs import OF_DONOR
from studbook.population.basis import Basis
from studbook.population.suitability.judging import BANK_ONLY, judged_pairs
from tests.factories import FounderFactory, ObservationFactory, SampleFactory
from tests.planning.conftest import SmallBook

pytestmark = pytest.mark.django_db
REASON = "Both carry rare lines of the second founder pair."
BANKED = Recommendation.Method.BANKED
USED_UP = "1 is dead, and no dose of his semen is left in store for use."


def neutered(animal: Animal) -> None:
    since = DateInterval.parse("2025-05-03")
    ObservationFactory(
        animal=animal, kind="contraception", what="neutered", date=since, quantity=None, unit=""
    )


@pytest.fixture
def donor(book: SmallBook) -> Animal:
    """Return founder 1, dead, with three doses in store."""
    male = book.programme.animals.get(studbook_number="1")
    SampleFactory(programme=book.programme, donor=male, institution=book.zoo, units_stored=3)
    return male


@pytest.fixture
def pair(book: SmallBook, donor: Animal, ada: User) -> Recommendation:
    return recommend_pair(book.programme, sire=donor, dam=book.stranger, reason=REASON, by=ada, method=BANKED)


def test_recommend_pair__of_a_dead_donor_keeps_the_numbers(book: SmallBook, pair: Recommendation) -> None:
    row = next(
        each
        for each in judged_pairs(Basis(book.programme), BANK_ONLY)
        if (each.sire.number, each.dam.number) == ("1", "31")
    )
    assert (pair.method, pair.delta_gd, pair.mk_sire) == (BANKED, row.numbers.delta_gd, row.numbers.mk_sire)
    assert (pair.sire_holder, pair.dam_holder) == (None, book.zoo)
    assert pair_figures(book.programme, pair.sire, pair.dam).f_offspring == pair.f_offspring


@pytest.mark.parametrize("method", ["natural", "insemination"])
def test_recommend_pair__of_a_dead_donor_is_by_a_banked_sample_only(
    book: SmallBook, donor: Animal, ada: User, method: str
) -> None:
    with pytest.raises(StudbookError, match="1 is dead, so it cannot breed"):
        recommend_pair(book.programme, sire=donor, dam=book.stranger, reason=REASON, by=ada, method=method)


def test_recommend_pair__of_a_dead_male_without_a_dose_is_refused(
    book: SmallBook, donor: Animal, ada: User
) -> None:
    donor.samples.update(units=0)
    with pytest.raises(
        StudbookError, match="1 is dead, and no dose of his is in store for use, so it cannot breed"
    ):
        recommend_pair(book.programme, sire=donor, dam=book.stranger, reason=REASON, by=ada, method=BANKED)


def test_change_pair__cannot_make_a_dead_donor_mate(book: SmallBook, pair: Recommendation, ada: User) -> None:
    with pytest.raises(StudbookError, match="1 is dead, so it cannot breed"):
        change_pair(
            pair,
            by=ada,
            opened_version=pair.version,
            method="natural",
            priority=2,
            if_possible=False,
            litters=1,
            reason=REASON,
        )


def test_chosen_pairs__of_a_banked_pair_are_no_news_while_a_dose_is_left(
    book: SmallBook, donor: Animal, pair: Recommendation
) -> None:
    (chosen,) = chosen_pairs(figures_of(book.programme))
    assert chosen.news == ()
    assert chosen.now is not None
    donor.samples.update(units=0)
    (chosen,) = chosen_pairs(figures_of(book.programme))
    assert chosen.news[0] == USED_UP
    assert chosen.now is None


def test_pages__of_a_banked_pair_offer_it_and_count_it_as_able(
    book: SmallBook, donor: Animal, ada: User, signed_in: Any
) -> None:
    client = signed_in(ada)
    page = client.get("/programmes/leopards/pairs/1/31/").content.decode()
    assert '<option value="banked" selected>' in page
    assert "Recommended by a banked sample, the pair" in page
    answer = client.post("/programmes/leopards/pairs/1/31/recommend/", {"reason": REASON, "method": "banked"})
    assert answer.status_code == 302
    assert client.get("/programmes/leopards/recommendations/").status_code == 200
    assert "cannot be carried out" not in client.get("/programmes/leopards/").content.decode()


def test_chosen_pairs__say_how_a_donor_left_and_read_the_bank_once(
    book: SmallBook, donor: Animal, pair: Recommendation, ada: User
) -> None:
    recommend_pair(book.programme, sire=donor, dam=book.dam, reason=REASON, by=ada, method=BANKED)
    figures = figures_of(book.programme)
    with CaptureQueriesContext(connection) as asked:
        assert all(each.now for each in chosen_pairs(figures))
    assert sum('"reproduction_sample"' in each["sql"] for each in asked) == 1
    donor.samples.update(units=0)
    donor.status, donor.death = Animal.Status.RELEASED, None
    donor.save()
    (news, *_), *_ = (each.news for each in chosen_pairs(figures))
    assert news == "1 is released, and no dose of his semen is left in store for use."


@pytest.fixture
def draft(book: SmallBook, ada: User) -> Plan:
    return make_plan(
        type(book.programme).objects.get(pk=book.programme.pk),
        by=ada,
        title="Plan 2026-2027",
        starts_on=date(2026, 1, 1),
        ends_on=date(2027, 12, 31),
    )


def test_plan__is_not_stale_by_the_death_of_a_donor_but_by_his_last_dose(
    draft: Plan, book: SmallBook, donor: Animal, ada: User
) -> None:
    pair = recommend_pair(book.programme, sire=donor, dam=book.stranger, reason=REASON, by=ada, method=BANKED)
    assert [each for each in judged(draft) if each.level == "reject"] == []
    rows = {row.line.number: row for each in rows_of(draft) for row in each.rows}
    assert "banked semen is used" in rows["1"].notes
    publish(draft, by=ada, opened_version=draft.version)
    draft.refresh_from_db()
    assert staleness_of(draft).of_pair(pair.pk) == ()
    donor.samples.update(units=0)
    assert staleness_of(draft).of_pair(pair.pk) == (USED_UP,)
    assert [each.sentence for each in judged(draft) if each.level == "reject"] == [
        f"{USED_UP} Withdraw the pair."
    ]


def test_recommend_pair__of_a_neutered_male_without_a_dose_is_warned_of(book: SmallBook, ada: User) -> None:
    neutered(book.brother)
    asked: dict[str, Any] = {"sire": book.brother, "dam": book.stranger, "reason": REASON, "by": ada}
    with pytest.raises(UnacknowledgedError, match="11 Boris is not to breed: neutered"):
        recommend_pair(book.programme, **asked, method=BANKED)
    SampleFactory(programme=book.programme, donor=book.brother, institution=book.zoo, units_stored=3)
    assert recommend_pair(book.programme, **asked, method=BANKED).pk


def test_change_pair__to_mating_asks_of_a_neutered_male(
    draft: Plan, book: SmallBook, ada: User, signed_in: Any
) -> None:
    neutered(book.brother)
    SampleFactory(programme=book.programme, donor=book.brother, institution=book.zoo, units_stored=3)
    pair = recommend_pair(
        book.programme, sire=book.brother, dam=book.stranger, reason=REASON, by=ada, method=BANKED
    )
    assert not any("not to breed" in each.sentence for each in judged(draft))
    client, path = signed_in(ada), f"/programmes/leopards/plans/{draft.pk}/pairs/{pair.pk}/"
    told = {"opened_version": 1, "method": "natural", "litters": 1, "priority": 2, "reason": REASON}
    refused = client.post(path, told)
    assert "11 Boris is not to breed: neutered" in refused.content.decode()
    assert client.post(path, {**told, "acknowledged": "on"}).status_code == 302
    pair.refresh_from_db()
    assert pair.method == "natural"
    (warned,) = [each for each in judged(draft) if "not to breed" in each.sentence]
    assert (warned.code, warned.level, warned.animals) == ("D8", "warn", ("11",))


def test_plan__of_more_litters_than_doses_is_warned_of(
    draft: Plan, book: SmallBook, donor: Animal, ada: User
) -> None:
    for dam, litters in ((book.stranger, 2), (book.dam, 1)):
        recommend_pair(
            book.programme, sire=donor, dam=dam, reason=REASON, by=ada, method=BANKED, litters=litters
        )

    def warned() -> list[str]:
        return [each.sentence for each in judged(draft) if each.level == "warn"]

    assert warned() == []
    donor.samples.update(units=1)
    (told,) = warned()
    assert told.startswith(
        "3 litters of banked samples of 1 are planned, and 1 dose of his is in store for use."
    )


@pytest.fixture
def childless(book: SmallBook) -> Animal:
    """Return a founder that died without young, with two doses in store."""
    male: Animal = FounderFactory(
        programme=book.programme,
        studbook_number="77",
        house_name="Amur",
        sex="M",
        status=Animal.Status.DEAD,
        death=DateInterval.parse("2001"),
    )
    SampleFactory(programme=book.programme, donor=male, institution=book.zoo, units_stored=2)
    return male


def test_banked_pair__of_a_donor_without_living_descendants_has_numbers_and_no_rank(
    draft: Plan, book: SmallBook, childless: Animal, ada: User, signed_in: Any
) -> None:
    recommend_pair(book.programme, sire=childless, dam=book.dam, reason=REASON, by=ada, method=BANKED)
    found = figures_of(book.programme).pair(childless, book.dam)
    assert found is not None
    assert (found.rank, found.f_offspring) == (None, 0)
    report = report_of(book.programme, by=None)
    assert {fact.label: fact.words for fact in report.pairs[0].facts}["Rank"] == OF_DONOR
    assert [(each.name, [row[0] for row in each.rows]) for each in report.institutions] == [
        ("Zoo B (ZOOB)", ["22"])
    ]
    client = signed_in(ada)
    for page in ("recommendations/", "recommendations/report.pdf", f"plans/{draft.pk}/"):
        assert client.get(f"/programmes/leopards/{page}").status_code == 200, page
    publish(draft, by=ada, opened_version=draft.version)
