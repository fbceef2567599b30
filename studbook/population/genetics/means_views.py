from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render

from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.core.errors import StudbookError
from studbook.population.basis import Basis, basis_of
from studbook.population.genetics.figures import figures_on
from studbook.population.genetics.means import listed_by_sex, mean_rows
from studbook.population.genetics.means_exports import means_table
from studbook.population.genetics.means_forms import MeanFilterForm
from studbook.programmes.access import programme_view
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.saved_views_listing import listing_of

UNREADABLE = "The filter of this export cannot be read. Set it again on the page of mean kinships."


@programme_view
def mean_kinships(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List the living by mean kinship; a filter that cannot be read shows none and says at its field what is wrong."""
    listing = listing_of(request, programme, ListPage.MEAN_KINSHIPS)
    if listing.first_view:
        return redirect(listing.first_view)
    basis = basis_of(request, programme)
    form = MeanFilterForm(request.GET, rows=mean_rows(basis))
    rows, figures = form.narrowed(), figures_on(basis)
    analysis = figures.analysis
    mean = analysis.summary.mean_kinship if analysis.summary else None
    context = {
        "programme": programme,
        "basis": basis,
        "listing": listing,
        "form": form,
        "summary": analysis.summary,
        "reason": analysis.reason,
        "undropped": figures.undropped,
        "weights": figures.values.sentence,
        "order": form.sorting,
        "lists": listed_by_sex(rows, mean, form.sorting),
        "shown": len(rows),
    }
    return render(request, "population/genetics/means.html", context)


@programme_view
def mean_kinships_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    basis = basis_of(request, programme)
    return csv_download(csv_of(_table(request, basis)), basis.file_name("mean-kinship"))


@programme_view
def mean_kinships_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    basis = basis_of(request, programme)
    return xlsx_download(_table(request, basis), basis.file_name("mean-kinship"), "animals")


def _table(request: HttpRequest, basis: Basis) -> Table:
    form = MeanFilterForm(request.GET, rows=mean_rows(basis))
    if not form.is_valid():
        raise StudbookError(UNREADABLE)
    return means_table(form.narrowed())
