"""Pages that belong to no programme: how each number is made, straight from the documentation."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

PAGES = Path(settings.BASE_DIR) / "docs" / "algorithms"


@dataclass(frozen=True, slots=True)
class Listed:
    """A page in the list: its title, the question it answers, and its formula where that is one line."""

    slug: str
    title: str
    question: str
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    title: str
    pages: list[Listed]


@require_safe
def algorithms(request: HttpRequest) -> HttpResponse:
    return render(request, "programmes/algorithms.html", {"subjects": contents()})


@require_safe
def algorithm(request: HttpRequest, slug: str) -> HttpResponse:
    page = _pages().get(slug)
    if page is None:
        raise Http404
    # The text is the project's own documentation, and raw HTML in it is off.
    body = MarkdownIt("commonmark", {"html": False}).enable("table").render(page.read_text(encoding="utf-8"))
    context = {"title": _title(page), "body": mark_safe(_linked(body))}  # noqa: S308
    return render(request, "programmes/algorithm.html", context)


def _linked(body: str) -> str:
    """Lead the links between the files of the documentation to their pages here."""
    return re.sub(r'href="([\w-]+)\.md"', r'href="../\1/"', body)


def _pages() -> dict[str, Path]:
    return {page.stem: page for page in sorted(PAGES.glob("*.md"))}


def contents() -> list[Subject]:
    pages = _pages()
    with (PAGES / "contents.toml").open("rb") as file:
        subjects = tomllib.load(file)["subject"]
    return [
        Subject(each["title"], [_listed(slug, pages[slug]) for slug in each["pages"]]) for each in subjects
    ]


def listed(slug: str) -> Listed:
    """Return what the list tells of one page."""
    return _listed(slug, PAGES / f"{slug}.md")


def _listed(slug: str, page: Path) -> Listed:
    text = page.read_text(encoding="utf-8")
    question = re.search(r"\*\*Question\.\*\*\s+(.+?)\n\n", text, re.DOTALL)
    # Of a question with its reasons, the list shows the question.
    first = re.split(r"(?<=[?.:])\s", question[1], maxsplit=1)[0] if question else ""
    return Listed(slug, _title(page), " ".join(first.rstrip(":").split()), _formula(text))


def _formula(text: str) -> str:
    """Return the formula that follows its heading at once in a single line; what stands beside it apart comes after a semicolon."""
    found = re.search(r"^## Formula\n {4}(\S.*)\n(?! {4})", text, re.MULTILINE)
    return re.sub(r"\s{3,}", "; ", found[1].strip()) if found else ""


def _title(page: Path) -> str:
    with page.open(encoding="utf-8") as lines:
        return lines.readline().lstrip("# ").strip()
