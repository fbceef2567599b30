from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from studbook.accounts.rights import Right
from studbook.core.downloads import Table, csv_download, csv_of, xlsx_download
from studbook.core.errors import StudbookError
from studbook.population.analysis import NoFiguresError
from studbook.population.basis import Basis, basis_of
from studbook.population.releases import answer_of
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme
from studbook.wild.candidate_forms import CandidatesForm
from studbook.wild.candidates import candidates_table
from studbook.wild.kinds import SITES
from studbook.wild.needs import tally_of
from studbook.wild.record_views import record_of

UNREADABLE = "What the candidates are asked for cannot be read. Set it again on their page."


@programme_view
def candidates(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    """Show whom to release at a site: the best group within what it still needs, or within what is asked."""
    site, basis = record_of(programme, SITES, pk), basis_of(request, programme)
    tally, answer, reason = tally_of(site), None, ""
    form = CandidatesForm(request.GET, site=site, tally=tally)
    if form.is_valid():
        try:
            answer = answer_of(basis, form.question)
        except NoFiguresError as refusal:
            reason = refusal.sentence
    context = {"programme": programme, "site": site, "basis": basis, "form": form, "answer": answer}
    context |= {"reason": reason, "query": request.GET.urlencode()}
    context |= {"may_write": may_in(request, Right.WILD), "tally": tally}
    return render(request, "wild/candidates.html", context)


@programme_view
def candidates_csv(request: HttpRequest, programme: Programme, pk: int) -> StreamingHttpResponse:
    basis = basis_of(request, programme)
    return csv_download(csv_of(_table(request, basis, pk)), basis.file_name(f"release-candidates-{pk}"))


@programme_view
def candidates_xlsx(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    basis = basis_of(request, programme)
    return xlsx_download(
        _table(request, basis, pk), basis.file_name(f"release-candidates-{pk}"), "candidates"
    )


def _table(request: HttpRequest, basis: Basis, pk: int) -> Table:
    site = record_of(basis.programme, SITES, pk)
    form = CandidatesForm(request.GET, site=site, tally=tally_of(site))
    if not form.is_valid():
        raise StudbookError(UNREADABLE)
    return candidates_table(answer_of(basis, form.question))
