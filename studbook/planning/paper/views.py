from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from studbook.core.downloads import XLSX, pdf_shown, saved_as
from studbook.planning.models import PlanVersion
from studbook.planning.paper.queries import document_in, institutions_in, pdf_in, version_in
from studbook.planning.paper.workbook import plan_xlsx
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme


@programme_view
def plan_printed(request: HttpRequest, programme: Programme, pk: int, version: int) -> HttpResponse:
    shown = version_in(programme, pk, version)
    context = {
        "programme": programme,
        "version": shown,
        "plan": shown.plan,
        "document": document_in(shown),
        "institutions": institutions_in(shown),
    }
    return render(request, "planning/paper/printed.html", context)


@programme_view
def plan_pdf(request: HttpRequest, programme: Programme, pk: int, version: int) -> HttpResponse:
    shown = version_in(programme, pk, version)
    return pdf_shown(pdf_in(shown), _name(shown))


@programme_view
def plan_excerpt(
    request: HttpRequest, programme: Programme, pk: int, version: int, institution: int
) -> HttpResponse:
    """One institution's part; 0 for the animals whose place is not known."""
    shown = version_in(programme, pk, version)
    return pdf_shown(pdf_in(shown, institution), f"{_name(shown)}-{institution}")


@programme_view
def plan_workbook(request: HttpRequest, programme: Programme, pk: int, version: int) -> HttpResponse:
    shown = version_in(programme, pk, version)
    return HttpResponse(
        plan_xlsx(document_in(shown)), content_type=XLSX, headers=saved_as(f"{_name(shown)}.xlsx")
    )


def _name(version: PlanVersion) -> str:
    return f"{version.plan.programme.code}-plan-{version.plan.pk}-version-{version.number}"
