from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render

from studbook.core.downloads import csv_download
from studbook.core.errors import StudbookError
from studbook.population.basis import Basis, basis_of
from studbook.population.genetics.kinship_map import KinshipMap, kinship_map_on
from studbook.population.genetics.kinship_map_exports import kinship_drawn, kinship_lines
from studbook.population.genetics.kinship_map_forms import KinshipMapForm
from studbook.population.genetics.kinship_map_pairs import extremes_of
from studbook.population.genetics.kinship_map_scale import scale_of
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme

MOST_DRAWN = 700
UNREADABLE = "The filter of this map cannot be read. Set it again on the page it came from."
TOO_MANY = f"More than {MOST_DRAWN} animals are too many for one picture. Choose an institution or a sex; the CSV holds them all."


@programme_view
def kinship_map(request: HttpRequest, programme: Programme) -> HttpResponse:
    basis = basis_of(request, programme)
    form = KinshipMapForm(request.GET, every=kinship_map_on(basis))
    shown = form.narrowed()
    context = {
        "programme": programme,
        "basis": basis,
        "form": form,
        "shown": shown,
        "total": len(form.every),
        "extremes": extremes_of(shown),
        "scale": scale_of(shown),
        "refusal": TOO_MANY if len(shown) > MOST_DRAWN else "",
        "file_name": basis.file_name("kinship"),
    }
    return render(request, "population/genetics/kinship_map.html", context)


@programme_view
def kinship_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    basis = basis_of(request, programme)
    return csv_download(kinship_lines(_asked(request, basis)), basis.file_name("kinship"))


@programme_view
def kinship_json(request: HttpRequest, programme: Programme) -> JsonResponse:
    basis = basis_of(request, programme)
    shown = _asked(request, basis)
    if len(shown) > MOST_DRAWN:
        raise StudbookError(TOO_MANY)
    return JsonResponse(kinship_drawn(basis, shown))


def _asked(request: HttpRequest, basis: Basis) -> KinshipMap:
    form = KinshipMapForm(request.GET, every=kinship_map_on(basis))
    if not form.is_valid():
        raise StudbookError(UNREADABLE)
    return form.narrowed()
