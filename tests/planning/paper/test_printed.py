"""The printed plan: its tables read back from the PDF, and every number in them that of the engine."""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from studbook.animals.models import Animal
from studbook.core.templatetags.studbook import change, coefficient, decimals, percent
from studbook.planning.models import PlanVersion
from studbook.planning.paper.blocks import Document, Row, Table, Terms
from studbook.planning.paper.document import document_of, frozen_in
from studbook.planning.paper.frozen import unpack
from studbook.planning.paper.pdf import breakable, plan_pdf
from studbook.planning.paper.workbook import plan_xlsx
from studbook.planning.plans.rows import COLUMNS
from studbook.planning.report_text import SYNTHETIC
from studbook.programmes.algorithms import PAGES
from tests.factories import PlanFactory, frozen_version
from tests.planning.paper.conftest import ODD, Planned

pytestmark = pytest.mark.django_db
COEFFICIENT = re.compile(r"[+−]?\d+\.\d+")


def document_in(version: PlanVersion, institution: int | None = None) -> Document:
    return document_of(frozen_in(version), institution)


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def squeezed(words: str) -> str:
    """Return words without any space: a cell that is broken over lines reads the same."""
    return re.sub(r"[\s\u200b]+", "", words)


def read_back(document: Document) -> str:
    return squeezed("".join(pages_of(plan_pdf(document))))


@pytest.fixture
def document(version: PlanVersion) -> Document:
    return document_in(version)


@pytest.fixture
def figures(version: PlanVersion) -> dict[str, Any]:
    return unpack(version.figures)


def tables_named(document: Document, sheet: str) -> list[Table]:
    return [table for table in document.tables() if table.sheet == sheet]


def test_pdf__holds_every_row_of_every_table(document: Document) -> None:
    words = read_back(document)
    rows = [(table, row) for table in document.tables() for row in table.rows]
    assert len(rows) > 40
    for table, row in rows:
        cells = [cell.words for cell in row.cells if cell.words]
        if table.small and any(" " in cell for cell in cells):
            # A cell broken over lines is read line by line, its neighbours in between.
            assert all(squeezed(part) in words for cell in cells for part in cell.split())
        else:
            assert squeezed("".join(cells)) in words, cells


def test_pdf__prints_the_engine_s_numbers_and_no_other_coefficient(
    document: Document, figures: dict[str, Any]
) -> None:
    known = set(_numbers(figures))
    printed = {
        word
        for table in document.tables()
        if table.sheet in ("Pairs", "Mean kinships", "Founders", "Life tables")
        for row in table.rows
        for cell in row.cells
        for word in COEFFICIENT.findall(cell.words)
    }
    assert printed
    assert printed <= known


def _numbers(value: Any) -> Iterator[str]:
    """Yield every number of the figures as any column may print it."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _numbers(each)
        if isinstance(value, dict) and value.get("target") is not None and "contribution" in value:
            difference = 100 * (value["contribution"] - value["target"])
            yield f"{difference:+.2f}".replace("-", "−")
            yield "0.00"
    elif isinstance(value, float | int) and not isinstance(value, bool):
        yield from (coefficient(value), change(value), *(decimals(value, places) for places in (1, 2, 3)))
        yield from (percent(value, places).removesuffix(" %") for places in (1, 2))


def test_pdf__prints_the_headline_of_the_figures(document: Document, figures: dict[str, Any]) -> None:
    words, current = read_back(document), figures["genetics"]["current"]
    for figure in (
        percent(current["gene_diversity"], 2),
        coefficient(current["mean_kinship"]),
        decimals(current["founder_genome_equivalents"]),
        coefficient(current["mean_inbreeding"]),
        decimals(current["effective_ratio"], 4),
        percent(figures["genetics"]["potential"]["gene_diversity"], 2),
        f"{decimals(100 * figures['genetics']['known_before'], 1)} / {percent(current['known'])}",
    ):
        assert squeezed(figure) in words


def test_pdf__holds_the_contents_in_order(document: Document) -> None:
    words, at = read_back(document), 0
    for section in document.sections:
        at = words.index(squeezed(section.title), at)
    titles = [section.title for section in document.sections]
    assert titles[:3] == ["Who decides", "Executive summary", "The population"]
    assert titles[-4:] == [
        "Appendix H. Definitions, and how each number is made",
        "Appendix I. What to keep in mind",
        "Appendix J. Contraception and reproductive health",
        "Appendix K. Representatives",
    ]


def test_pdf__has_the_institutions_rows_in_their_columns(document: Document, planned: Planned) -> None:
    words = read_back(document)
    tables = tables_named(document, "By institution")
    assert [column.label for column in tables[0].columns] == list(COLUMNS)
    assert words.count(squeezed("".join(COLUMNS))) == len(tables) == 2
    assert squeezed("22–F10yRECEIVE FROMZOOBBREED WITH21 Baruto") in words
    assert squeezed("SEND TO") in words
    assert squeezed("Excluded: It is past breeding.") in words
    assert squeezed("Excluded - Age") in words


def test_pdf__says_a_priority_that_is_not_the_usual_one_first_in_the_notes(
    document: Document, figures: dict[str, Any]
) -> None:
    notes = {row.cells[0].words: row.cells[-1].words for row in rows_by_institution(document)}
    assert notes["22"].startswith("High priority. Pair ")
    assert notes["41"].startswith("Low priority. ")
    told = [words for words in notes.values() if "priority" in words]
    assert len(told) == 2
    words = read_back(document)
    assert all(squeezed(part) in words for part in told)
    # What was frozen is as it was: the priority stands beside it.
    assert not any("priority" in cells[-1] for each in figures["rows"] for cells in each["rows"])


def rows_by_institution(document: Document) -> Iterator[Row]:
    for table in tables_named(document, "By institution"):
        yield from table.rows


def test_pdf__tells_how_each_number_is_made_in_the_words_of_its_page(document: Document) -> None:
    words = read_back(document)
    blocks = [block for section in document.sections for block in section.blocks]
    terms = [each for block in blocks if isinstance(block, Terms) for each in block.terms]
    made = [each.made for each in terms if each.made]
    assert len(made) > 15
    for each in made:
        assert each.question
        page = (PAGES / f"{each.path.strip('/').split('/')[-1]}.md").read_text(encoding="utf-8")
        assert squeezed(each.question) in squeezed(page)
        assert all(squeezed(part) in squeezed(page) for part in each.formula.split("; "))
        assert squeezed(f"{each.title}: {each.question}") in words
        assert squeezed(each.path) in words
    of_gd = next(each.made for each in terms if each.label == "Gene diversity (GD)")
    assert of_gd
    assert (of_gd.formula, of_gd.path) == ("GD = 1 - mean MK", "/how/gene-diversity/")


def test_pdf__is_tagged_titled_and_numbered_with_bookmarks(document: Document) -> None:
    pdf = plan_pdf(document)
    reader, pages = PdfReader(BytesIO(pdf)), pages_of(pdf)
    assert reader.metadata is not None
    assert reader.metadata.title == "Plan of 2026: Leopards"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    titles = {each["/Title"] for each in reader.outline if isinstance(each, dict)}
    assert {"Executive summary", "Recommendations by institution", "Appendix F. Founders"} <= titles
    for number, page in enumerate(pages[1:], start=2):
        assert f"{number} of {len(pages)}" in page
        assert SYNTHETIC in page
        assert "DRAFT" in page


def test_pdf__is_the_same_bytes_for_the_same_version(version: PlanVersion) -> None:
    assert plan_pdf(document_in(version)) == plan_pdf(document_in(PlanVersion.objects.get(pk=version.pk)))


def test_pdf__prints_what_people_wrote_as_text(document: Document) -> None:
    words = read_back(document)
    assert words.count(squeezed(ODD)) == 3
    assert squeezed("The species committee.") in words


def test_pdf__says_what_it_is(planned: Planned) -> None:
    for kind, told in (
        ("draft", "Please comment by 1 February 2026."),
        ("final", "The plan is in force."),
        ("interim", "This version replaces the one before it."),
        ("closing", "The plan as it stood when it was closed."),
    ):
        document = document_in(frozen_version(planned.plan, kind=kind, note="A death at Zoo A."))
        assert told in document.status_words
        assert document.draft == (kind == "draft")
        assert any(section.title == "What changed, and why" for section in document.sections)


def test_excerpt__holds_one_institution_under_the_plan_s_numbers(
    version: PlanVersion, planned: Planned
) -> None:
    words = read_back(document_in(version, planned.book.other_zoo.pk))
    assert squeezed("Excerpt for Zoo B (ZOOB)") in words
    assert squeezed("1. ♂ 21 Baruto × ♀ 22 Khala") in words
    assert squeezed("31 Zoya") not in words
    assert squeezed("Appendix E") not in words


def test_means__have_a_line_where_the_mean_falls(document: Document, figures: dict[str, Any]) -> None:
    mean = figures["genetics"]["current"]["mean_kinship"]
    for table in tables_named(document, "Mean kinships"):
        at = next(at for at, row in enumerate(table.rows) if row.is_mark)
        assert all((row.cells[3].value or 0) < mean for row in table.rows[:at])
        assert all((row.cells[3].value or 0) >= mean for row in table.rows[at + 1 :])


def test_tables__name_what_is_assumed_and_who_is_excluded(document: Document) -> None:
    [overlay] = tables_named(document, "Overlay")
    assert [cell.words for cell in overlay.rows[1].cells] == [
        "31", "sire", "unknown", "11", "Old letters", "A test of 2019.",
    ]  # fmt: skip
    [excluded] = tables_named(document, "Exclusions")
    assert [cell.words for cell in excluded.rows[0].cells] == [
        "41",
        "",
        "M",
        "10 y",
        "ZOOB",
        "It is past breeding.",
    ]


def test_workbook__has_a_sheet_for_each_table_with_the_numbers_in_full(
    document: Document, figures: dict[str, Any]
) -> None:
    book = load_workbook(BytesIO(plan_xlsx(document)))
    assert {"Plan", "Demography", "Genetics", "Pairs", "By institution", "Mean kinships", "Founders"} <= set(
        book.sheetnames
    )
    pairs = list(book["Pairs"].iter_rows(values_only=True))
    assert pairs[1][6] == figures["pairs"]["rows"][0]["delta_gd"]
    rows = list(book["By institution"].iter_rows(values_only=True))
    assert rows[0] == ("Group", *COLUMNS)
    assert {row[0] for row in rows[1:]} == {"Zoo A (ZOOA)", "Zoo B (ZOOB)"}


def test_breakable__breaks_only_words_that_are_too_long() -> None:
    assert breakable("Anna of Mulhouse", 9) == "Anna of Mulhouse"
    assert breakable("Wilhelmina e\u0301", 5).replace("\u200b", "|") == "W|i|l|h|e|l|m|i|n|a e\u0301"


def test_document__of_a_book_without_animals() -> None:
    plan = PlanFactory(programme__code="empty")
    document = document_in(frozen_version(plan))
    words = read_back(document)
    assert squeezed("This plan recommends no pair") in words
    assert squeezed("Nobody living is measured.") in words
    assert plan_xlsx(document)


def test_document__of_a_book_where_nobody_lives(planned: Planned) -> None:
    Animal.objects.filter(programme=planned.book.programme, status="living").update(status="lost")
    document = document_in(frozen_version(planned.plan))
    words = read_back(document)
    assert squeezed("The pair has no numbers") in words
    assert plan_xlsx(document)


def test_document__of_a_book_without_dates(planned: Planned) -> None:
    animals = Animal.objects.filter(programme=planned.book.programme, status="living")
    animals.update(birth_earliest=None, birth_latest=None, birth_text="")
    assert read_back(document_in(frozen_version(planned.plan)))
