"""Pages that belong to no programme: how each number is made, straight from the documentation."""

import re
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt

from studbook.accounts.rights import signed_in

PAGES = Path(settings.BASE_DIR) / "docs" / "algorithms"


@signed_in
@require_safe
def algorithms(request: HttpRequest) -> HttpResponse:
    pages = [(slug, _title(page)) for slug, page in _pages().items()]
    return render(request, "programmes/algorithms.html", {"pages": pages})


@signed_in
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


def _title(page: Path) -> str:
    with page.open(encoding="utf-8") as lines:
        return lines.readline().lstrip("# ").strip()
