from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from studbook.animals.exports import Table, csv_of, table_of, xlsx_of
from studbook.animals.filters import AnimalFilter, filter_of
from studbook.animals.queries import (
    annotated_animals,
    census_of,
    order_from,
    ordered,
    rows_of,
    with_row_parts,
)
from studbook.animals.record import animal_of, record_of
from studbook.core.downloads import csv_download, saved_as
from studbook.core.errors import StudbookError
from studbook.core.panels import rendered_panels
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme

PAGE = 50
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@programme_view
def animals(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List the animals; a filter that cannot be read finds none and says at its field what is wrong."""
    narrowed = _filter(request, programme)
    found = narrowed.qs if narrowed.is_valid() else annotated_animals(programme).none()
    order, census = order_from(request.GET.get("order", "")), census_of(found)
    paginator = Paginator(with_row_parts(ordered(found, order)), PAGE)
    paginator.count = census.total
    page = paginator.get_page(request.GET.get("page"))
    rows = rows_of(page.object_list, programme.as_of)
    context = {"form": narrowed.form, "census": census, "order": order, "page": page, "rows": rows}
    return render(request, "animals/list.html", {"programme": programme, **context})


@programme_view
def animals_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    return csv_download(csv_of(_table(request, programme)), f"{programme.code}-animals")


@programme_view
def animals_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    body = xlsx_of(_table(request, programme))
    return HttpResponse(body, content_type=XLSX, headers=saved_as(f"{programme.code}-animals.xlsx"))


@programme_view
def animal(request: HttpRequest, programme: Programme, number: str) -> HttpResponse:
    found = animal_of(programme, number)
    if found is None:
        raise Http404(f"No animal of {programme} has the studbook number {number}.")
    panels = rendered_panels("animal", request, found)
    context = {"programme": programme, "record": record_of(found, programme), "panels": panels}
    return render(request, "animals/detail.html", context)


def _filter(request: HttpRequest, programme: Programme) -> AnimalFilter:
    return filter_of(request.GET, annotated_animals(programme), request)


def _table(request: HttpRequest, programme: Programme) -> Table:
    narrowed = _filter(request, programme)
    if not narrowed.is_valid():
        raise StudbookError("The filter of this export cannot be read. Set it again on the page of animals.")
    return table_of(ordered(narrowed.qs, order_from(request.GET.get("order", ""))), programme.as_of)
