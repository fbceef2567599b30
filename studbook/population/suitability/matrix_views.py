from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from studbook.core.downloads import csv_download, csv_of, xlsx_download
from studbook.core.errors import StudbookError
from studbook.population.basis import Basis, basis_of
from studbook.population.breeders import limits_missing
from studbook.population.pair_forms import by_index
from studbook.population.pairs import PairList
from studbook.population.suitability.judging import judged_pairs, with_founders
from studbook.population.suitability.matrix import PairMatrix, matrix_of
from studbook.population.suitability.matrix_exports import matrix_table
from studbook.population.suitability.matrix_forms import PairMatrixForm
from studbook.population.suitability.thresholds import differing, thresholds_of
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme

MOST_DRAWN = 20_000
UNREADABLE = "The filter of this matrix cannot be read. Set it again on the page it came from."
TOO_MANY = f"More than {MOST_DRAWN:,} pairs are too many for one page. Choose an institution or a region; the files hold them all."


@programme_view
def pair_matrix(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Show males against females; with one animal asked for, its mates by index instead."""
    basis = basis_of(request, programme)
    every, form = _asked(request, basis)
    shown = form.narrowed(every)
    matrix = matrix_of(shown, form.heads_order)
    animal = form.cleaned_data.get("animal", "") if form.is_valid() else ""
    context = {
        "programme": programme,
        "basis": basis,
        "form": form,
        "matrix": matrix,
        "total": every.total,
        "animal": every.breeders.get(animal),
        "mates": list(shown.sorted_by(by_index(shown), descending=False)) if animal else [],
        "refusal": TOO_MANY if matrix.cells > MOST_DRAWN else "",
        "differing": differing(thresholds_of(programme)),
        "limits_missing": limits_missing(programme),
    }
    return render(request, "population/suitability/matrix.html", context)


@programme_view
def pair_matrix_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    basis = basis_of(request, programme)
    return csv_download(csv_of(matrix_table(_matrix(request, basis))), basis.file_name("pair-matrix"))


@programme_view
def pair_matrix_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    basis = basis_of(request, programme)
    return xlsx_download(matrix_table(_matrix(request, basis)), basis.file_name("pair-matrix"), "matrix")


def _asked(request: HttpRequest, basis: Basis) -> tuple[PairList, PairMatrixForm]:
    every = with_founders(judged_pairs(basis), basis)
    return every, PairMatrixForm(
        request.GET, breeders=every.breeders, lineages=every.lineages, founders=every.founders
    )


def _matrix(request: HttpRequest, basis: Basis) -> PairMatrix:
    every, form = _asked(request, basis)
    if not form.is_valid():
        raise StudbookError(UNREADABLE)
    return matrix_of(form.narrowed(every), form.heads_order)
