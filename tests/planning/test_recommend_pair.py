"""A coordinator recommends a pair: what is kept, what is refused, what is told."""

import pytest

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.dates import DateInterval
from studbook.core.errors import StudbookError
from studbook.core.models import AuditEntry
from studbook.planning.actions import recommend_pair
from studbook.planning.errors import AlreadyRecommendedError
from studbook.planning.figures import pair_figures
from studbook.planning.models import Recommendation
from studbook.planning.rules import age_warnings
from studbook.population.analysis import analysis_of
from tests.factories import AnimalFactory, ProgrammeFactory
from tests.planning.conftest import SmallBook

pytestmark = pytest.mark.django_db
REASON = "Both carry rare lines of the second founder pair."


def test_recommend_pair__keeps_the_reason_and_the_numbers_of_the_day(book: SmallBook, ada: User) -> None:
    made = recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason=f" {REASON} ", by=ada)
    made.refresh_from_db()
    figures = pair_figures(book.programme, book.sire, book.dam)
    assert (made.reason, made.made_by, made.revision, made.withdrawn_at) == (REASON, ada, 1, None)
    assert (made.delta_gd, made.f_offspring) == (figures.delta_gd, figures.f_offspring)
    assert (made.mk_sire, made.mk_dam) == (figures.mk_sire, figures.mk_dam)
    assert (made.sire_holder, made.dam_holder) == (book.zoo, book.other_zoo)


def test_recommend_pair__takes_the_numbers_of_the_engine(book: SmallBook, ada: User) -> None:
    made = recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada)
    analysis = analysis_of(book.programme)
    rows = analysis.population.row("21"), analysis.population.row("22")
    # Their dam and sire are full siblings of founders: first cousins, 1/16.
    assert made.f_offspring == analysis.kinship[rows] == 1 / 16
    assert made.mk_sire == analysis.mean_kinships[rows[0]]
    mean, living = analysis.mean_kinships[analysis.measured].mean(), analysis.measured.sum()
    pair = living * (analysis.mean_kinships[rows[0]] + analysis.mean_kinships[rows[1]]) + (1 + 1 / 16) / 2
    assert made.delta_gd == pytest.approx(mean - (living**2 * mean + pair) / (living + 1) ** 2)


def test_recommend_pair__leaves_a_trail_and_the_revision(book: SmallBook, ada: User) -> None:
    made = recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.reason) == ("recommend pair", ada, REASON)
    change = entry.changes.get()
    assert (change.record, change.record_id, change.before) == ("planning.recommendation", made.pk, None)
    assert change.after["reason"] == REASON
    book.programme.refresh_from_db()
    assert book.programme.revision == 1


def refused(book: SmallBook, sire: Animal, dam: Animal, reason: str = REASON) -> str:
    with pytest.raises(StudbookError) as refusal:
        recommend_pair(book.programme, sire=sire, dam=dam, reason=reason, by=None)
    assert not AuditEntry.objects.exists()
    assert not Recommendation.objects.exists()
    return refusal.value.sentence


def test_recommend_pair__refuses_the_dead(book: SmallBook) -> None:
    # The page still shows it as living: the action looks at the record itself.
    Animal.objects.filter(pk=book.dam.pk).update(
        status="dead", death_earliest="2025-01-01", death_latest="2025-01-01", death_text="2025-01-01"
    )
    assert "22 Khala is dead, so it cannot breed." in refused(book, book.sire, book.dam)


def test_recommend_pair__refuses_the_wrong_sex(book: SmallBook) -> None:
    assert "22 Khala is female and cannot be a sire." in refused(book, book.dam, book.sister)
    assert "21 Baruto is male and cannot be a dam." in refused(book, book.sire, book.sire)


def test_recommend_pair__refuses_an_unknown_sex(book: SmallBook) -> None:
    Animal.objects.filter(pk=book.dam.pk).update(sex="U")
    assert "The sex of 22 Khala is not recorded." in refused(book, book.sire, book.dam)


def test_recommend_pair__refuses_an_animal_of_another_programme(book: SmallBook) -> None:
    stranger = AnimalFactory(programme=ProgrammeFactory(), studbook_number="22")
    assert "22 is not an animal of Leopards" in refused(book, book.sire, stranger)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_recommend_pair__asks_for_a_reason(book: SmallBook, reason: str) -> None:
    assert "A recommendation needs a reason." in refused(book, book.sire, book.dam, reason)


def test_recommend_pair__asks_for_a_sentence_above_the_inbreeding_limit(book: SmallBook, ada: User) -> None:
    sentence = refused(book, book.brother, book.sister, "ok")
    assert "inbreeding 0.2500, not below the programme's limit of 0.1250" in sentence
    words = "We need them on show."
    made = recommend_pair(book.programme, sire=book.brother, dam=book.sister, reason=words, by=ada)
    assert made.reason == words


def test_recommend_pair__refuses_the_same_pair_twice(book: SmallBook, ada: User) -> None:
    recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada)
    with pytest.raises(AlreadyRecommendedError, match="21 Baruto × 22 Khala is recommended already"):
        recommend_pair(book.programme, sire=book.sire, dam=book.dam, reason=REASON, by=ada)
    assert AuditEntry.objects.count() == 1


def test_age_warnings__name_the_young_the_old_and_those_without_a_birth_date(book: SmallBook) -> None:
    Animal.objects.filter(pk=book.sire.pk).update(birth_earliest="2024-10-31", birth_latest="2024-10-31")
    Animal.objects.filter(pk=book.dam.pk).update(birth_earliest=None, birth_latest=None, birth_text="")
    young, unknown = age_warnings(book.programme, pair_figures(book.programme, book.sire, book.dam))
    assert young == "21 Baruto is 1.0 years old, younger than the age of first breeding, 2.1 years."
    assert unknown == "22 Khala has no birth date, so nobody can tell whether its age allows breeding."


def test_age_warnings__are_none_within_the_breeding_ages(book: SmallBook) -> None:
    assert age_warnings(book.programme, pair_figures(book.programme, book.sire, book.dam)) == ()


def test_age_warnings__name_the_old(book: SmallBook) -> None:
    book.programme.female_last_breeding_years = 9
    book.programme.save()
    assert book.dam.birth == DateInterval.parse("2015-05-03")
    (old,) = age_warnings(book.programme, pair_figures(book.programme, book.sire, book.dam))
    assert old == "22 Khala is 10.5 years old, older than the age of last breeding, 9.0 years."
