"""A version of a plan as its printed forms read it; kept, since nothing changes a version."""

from django.http import Http404

from studbook.planning.models import PlanVersion
from studbook.planning.paper.blocks import Document
from studbook.planning.paper.document import Frozen, document_of, frozen_in
from studbook.planning.paper.pdf import plan_pdf
from studbook.population.cache import Kept
from studbook.programmes.access import LARGEST_KEY
from studbook.programmes.models import Programme

MOST_DOCUMENTS, MOST_FILES = 8, 4
WHOLE = None

Key = tuple[int, str, int | None]

_frozen: Kept[tuple[int, str], Frozen] = Kept(MOST_DOCUMENTS)
_files: Kept[Key, bytes] = Kept(MOST_FILES)


def version_in(programme: Programme, plan: int, number: int) -> PlanVersion:
    """Return a version of a programme's plan; one query. Raises Http404 where there is none."""
    if plan > LARGEST_KEY or number > LARGEST_KEY:
        raise Http404
    found = PlanVersion.objects.filter(plan__programme=programme, plan=plan, number=number)
    version = found.select_related("plan__programme", "frozen_by").first()
    if version is None:
        raise Http404
    return version


def document_in(version: PlanVersion, institution: int | None = WHOLE) -> Document:
    """Return the printed plan of a version, or the part of one institution; no query."""
    return document_of(_read(version), institution)


def pdf_in(version: PlanVersion, institution: int | None = WHOLE) -> bytes:
    """Return the same as a PDF, made once and kept; no query."""
    key = version.pk, version.digest, institution
    return _files.get(key, lambda: plan_pdf(document_in(version, institution)))


def institutions_in(version: PlanVersion) -> list[tuple[int, str]]:
    """Return the institutions that a version speaks of, by key and name; no query."""
    return [(each["key"], each["name"]) for each in _read(version).figures["rows"]]


def _read(version: PlanVersion) -> Frozen:
    return _frozen.get((version.pk, version.digest), lambda: frozen_in(version))
