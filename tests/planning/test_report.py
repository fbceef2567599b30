"""The printed report, read back from the PDF."""

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pypdf import PdfReader

from studbook.accounts.models import User
from studbook.animals.models import Animal
from studbook.core.templatetags.studbook import change, coefficient, decimals, percent
from studbook.planning.actions import recommend_pair
from studbook.planning.figures import figures_of
from studbook.planning.pdf import report_pdf
from studbook.planning.plans.rows import COLUMNS
from studbook.planning.report import report_of, software_version
from studbook.planning.report_text import SYNTHETIC
from tests.planning.conftest import SmallBook

pytestmark = pytest.mark.django_db
THRESHOLDS_OF_THE_INDEX = 1
STAYS_OF_THE_PLAN = 1
ODD = 'Rare: #both* $x$ _y_ \\ <b> "q" @z [w] `v` // u'


@pytest.fixture
def plan(book: SmallBook, ada: User) -> SmallBook:
    for sire, dam in ((book.sire, book.dam), (book.brother, book.sister), (book.brother, book.stranger)):
        recommend_pair(book.programme, sire=sire, dam=dam, reason=ODD, by=ada)
    return book


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(pages_of(pdf)).replace("\u200b", "").split())


def printed(book: SmallBook, by: User | None = None, **choice: Any) -> str:
    return words_of(report_pdf(report_of(book.programme, by=by, **choice)))


def test_report__prints_the_figures_of_the_analysis(plan: SmallBook) -> None:
    found = figures_of(plan.programme).analysis.summary
    assert found is not None
    words = printed(plan)
    assert "5 (2.3.0)" in words
    for figure in (
        percent(found.gene_diversity, 2),
        coefficient(found.mean_kinship),
        decimals(found.founder_genome_equivalents),
        coefficient(found.mean_inbreeding),
        percent(found.known),
        f"{found.founders} founders are represented",
    ):
        assert figure in words


def test_report__prints_each_pair_with_its_numbers_best_first(plan: SmallBook) -> None:
    figures, words = figures_of(plan.programme), printed(plan)
    order = []
    for sire, dam in ((plan.brother, plan.stranger), (plan.sire, plan.dam), (plan.brother, plan.sister)):
        pair = figures.pair(sire, dam)
        assert pair is not None
        row = (
            f"{change(pair.delta_gd)} {coefficient(pair.f_offspring)} {coefficient(pair.mk_sire)} "
            f"{coefficient(pair.mk_dam)}"
        )
        order.append(words.index(row))
    assert order == sorted(order)


def test_report__prints_the_common_ancestors_and_their_shares(plan: SmallBook) -> None:
    words = printed(plan)
    assert "Common ancestor Share of F Of it 1 0.0312 50.0 % 2 0.0312 50.0 %" in words
    assert "Common ancestor Share of F Of it 1 0.1250 50.0 % 2 0.1250 50.0 %" in words
    assert "No common ancestor is recorded" in words


def test_report__prints_the_plan_by_institution_in_its_columns(plan: SmallBook) -> None:
    words = printed(plan)
    assert words.count(" ".join(COLUMNS)) >= 2
    assert "Zoo A (ZOOA)" in words
    assert "11 – M 10 y HOLD ZOOA BREED WITH 31 Zoya" in words
    assert "22 – F 10 y TO AGREE ZOOB BREED WITH 21 Baruto" in words
    assert "21 Baruto lives at Zoo A (ZOOA), 5,046 km away: which of the two moves is to be agreed." in words
    assert "Новосибирск, RU" in words


def test_report__bears_its_label_number_and_revision_on_every_page(plan: SmallBook) -> None:
    pages = pages_of(report_pdf(report_of(plan.programme, by=None)))
    for number, page in enumerate(pages, start=1):
        assert SYNTHETIC in page
        assert f"{number} of {len(pages)}" in page
        assert "Studbook current to 31 October 2025, revision 1" in page


def test_report__bears_no_label_when_the_book_is_real(plan: SmallBook) -> None:
    plan.programme.synthetic = False
    assert SYNTHETIC not in printed(plan)


def test_report__prints_marks_of_markup_as_text(plan: SmallBook) -> None:
    plan.stranger.house_name = "#let *x* = $y$"
    plan.stranger.save()
    words = printed(plan)
    assert words.count(ODD.replace('"q"', '"q"')) == 3
    assert "31 #let *x* = $y$" in words


def test_report__breaks_words_that_are_too_long_for_their_column(plan: SmallBook) -> None:
    long_name = "Wilhelmina" * 8
    plan.stranger.house_name = long_name
    plan.stranger.save()
    words = printed(plan)
    assert long_name in words.replace(" ", "")


def test_report__says_when_a_script_has_no_font(plan: SmallBook) -> None:
    # No character stands there, so no font can hold it.
    plan.stranger.house_name = "\U0003fff0"
    plan.stranger.save()
    assert "Some letters are in a script for which this server has no font" in printed(plan)


def test_report__is_the_same_bytes_twice(plan: SmallBook) -> None:
    report = report_of(plan.programme, by=None)
    assert report_pdf(report) == report_pdf(report_of(plan.programme, by=None))


def test_report__is_a_tagged_document_with_a_title(plan: SmallBook) -> None:
    reader = PdfReader(BytesIO(report_pdf(report_of(plan.programme, by=None))))
    assert reader.metadata is not None
    assert reader.metadata.title == "Breeding recommendations: Leopards"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"


def test_report__names_who_made_it_by_role_when_the_account_has_no_name(
    plan: SmallBook, ada: User, remy: User
) -> None:
    assert "Made by the programme's coordinator" in printed(plan, ada).replace("’", "'")
    assert "Made by a representative at Zoo A" in printed(plan, remy)
    ada.first_name, ada.last_name = "Ada", "Example"
    assert "Made by Ada Example, the programme's coordinator" in printed(plan, ada).replace("’", "'")
    assert f"Software Studbook {software_version()}" in printed(plan)


def test_report__sets_a_pair_aside_that_cannot_be_carried_out(plan: SmallBook) -> None:
    Animal.objects.filter(pk=plan.dam.pk).update(status="lost")
    words = printed(plan)
    assert "Recommendations that cannot be carried out any longer" in words
    assert "21 Baruto × 22 Khala: 22 Khala is lost to follow-up." in words
    assert "21 – M 10 y HOLD ZOOA SEE NOTES 22 Khala 22 Khala is lost to follow-up." in words


def test_report__says_so_when_nothing_is_recommended(book: SmallBook) -> None:
    words = printed(book)
    assert "At present the coordinator recommends no pairs." in words
    assert "No recommendation concerns an animal of an institution." in words


def test_report__says_so_when_nobody_lives(book: SmallBook) -> None:
    Animal.objects.filter(programme=book.programme, status="living").update(status="lost")
    assert "there is no population to measure" in printed(book)


def test_excerpt__holds_one_institution_under_the_plan_s_numbers(plan: SmallBook) -> None:
    words = printed(plan, institution=plan.other_zoo)
    assert "Excerpt for Zoo B" in words
    assert "2. ♂ 21 Baruto × ♀ 22 Khala" in words
    assert "31 Zoya" not in words
    assert "Pair 2. 21 Baruto lives at Zoo A" in words
    assert "21 – M" not in words


def test_view__answers_with_a_pdf(plan: SmallBook, olga: User, signed_in: Any) -> None:
    response = signed_in(olga).get(reverse("recommendation_report", args=["leopards"]))
    assert response.headers["Content-Type"] == "application/pdf"
    assert 'filename="leopards-recommendations.pdf"' in response.headers["Content-Disposition"]
    assert response.content.startswith(b"%PDF-")


@pytest.mark.parametrize("words", ["x", "-1", "0", "999999", "1 OR 1=1", "9" * 30, "²"])
def test_view__refuses_an_institution_that_takes_no_part(
    plan: SmallBook, olga: User, signed_in: Any, words: str
) -> None:
    address = reverse("recommendation_report", args=["leopards"])
    response = signed_in(olga).get(address, {"institution": words})
    assert response.status_code == 400
    assert "takes part in Leopards. Choose one from the recommendations page." in response.text


def test_view__answers_with_the_excerpt(plan: SmallBook, olga: User, signed_in: Any) -> None:
    address = reverse("recommendation_report", args=["leopards"])
    response = signed_in(olga).get(address, {"institution": plan.zoo.pk})
    assert "Excerpt for Zoo A" in words_of(response.content)


def test_report_of__reads_three_queries_more_for_each_pair_at_most(
    book: SmallBook, ada: User, django_assert_max_num_queries: Any
) -> None:
    figures_of(book.programme)
    with CaptureQueriesContext(connection) as without_pairs:
        report_of(book.programme, by=ada)
    for sire, dam in ((book.sire, book.dam), (book.brother, book.sister)):
        recommend_pair(book.programme, sire=sire, dam=dam, reason=ODD, by=ada)
    with django_assert_max_num_queries(
        len(without_pairs) + STAYS_OF_THE_PLAN + THRESHOLDS_OF_THE_INDEX + 2 * 3
    ):
        report_of(book.programme, by=ada)
