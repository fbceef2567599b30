from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from studbook.accounts.rights import Right
from studbook.animals.models import Animal
from studbook.core.downloads import UNREADABLE, Table, csv_download, csv_of, xlsx_download
from studbook.core.errors import StudbookError
from studbook.core.panels import rendered_panels
from studbook.population.basis import Basis, basis_of
from studbook.population.breeders import limits_missing
from studbook.population.dashboard import dashboard_of
from studbook.population.explanation import explained_pair
from studbook.population.exports import pair_table, problem_lines
from studbook.population.genetics.loops import loops_of_young
from studbook.population.genetics.pair_founders import founder_gains
from studbook.population.pair.deeds import deeds_of
from studbook.population.pair.told import pair_told
from studbook.population.pair_forms import PairsForm
from studbook.population.pairs import PairList
from studbook.population.problem_forms import ProblemFilterForm
from studbook.population.problem_rows import problem_rows
from studbook.population.quality import counted_problems, problems_of
from studbook.population.sentences import age_sentence, pair_sentences
from studbook.population.suitability.explained import explained_suitability
from studbook.population.suitability.judging import LIVING, SIRES, judged_pairs, with_founders
from studbook.population.suitability.thresholds import differing, thresholds_of
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import ListPage, Programme
from studbook.programmes.saved_views_listing import listing_of

PAIRS_A_PAGE = 50
PROBLEMS_A_PAGE = 50


@programme_view
def dashboard(request: HttpRequest, programme: Programme) -> HttpResponse:
    context = {"programme": programme, "dashboard": dashboard_of(programme)}
    context["panels"] = rendered_panels("dashboard", request, programme)
    return render(request, "population/dashboard.html", context)


@programme_view
def pairs(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List the breedable pairs; a filter that cannot be read shows none and says at its field what is wrong."""
    listing = listing_of(request, programme, ListPage.PAIRS)
    if listing.first_view:
        return redirect(listing.first_view)
    basis = basis_of(request, programme)
    every, form = _pairs(request, basis)
    shown = form.narrowed(every)
    page = Paginator(shown, PAIRS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "programme": programme,
        "basis": basis,
        "listing": listing,
        "form": form,
        "page": page,
        "total": every.total,
        "order": form.sorting,
        "limits_missing": limits_missing(programme),
        "sires": SIRES.get(request.GET.get("sires", LIVING), SIRES[LIVING]),
        "lineage": shown.asked.lineage if shown.asked else None,
        "differing": differing(thresholds_of(programme)),
    }
    return render(request, "population/pairs.html", context)


@programme_view
def pairs_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    basis = basis_of(request, programme)
    return csv_download(csv_of(_pair_table(request, basis)), basis.file_name("pairs"))


@programme_view
def pairs_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    basis = basis_of(request, programme)
    return xlsx_download(_pair_table(request, basis), basis.file_name("pairs"), "pairs")


@programme_view
def pair(request: HttpRequest, programme: Programme, sire_number: str, dam_number: str) -> HttpResponse:
    basis = basis_of(request, programme)
    sire, dam = _animal(programme, sire_number), _animal(programme, dam_number)
    explained = explained_pair(basis, sire, dam)
    context = {"programme": programme, "basis": basis, "pair": explained}
    context["deeds"] = deeds_of(basis, sire, dam)
    if explained.row and explained.sire_limits and explained.dam_limits:
        context["sentences"] = list(pair_sentences(programme, explained))
        context["sire_age"] = age_sentence(explained.row.sire, explained.sire_limits)
        context["dam_age"] = age_sentence(explained.row.dam, explained.dam_limits)
        context["loops"] = loops_of_young(explained)
        context["founders"] = founder_gains(basis, sire, dam)
        context["told"] = pair_told(basis, explained)
    if explained.suitability:
        context["suitability"] = explained_suitability(explained.suitability)
    # What is decided of a pair is decided on the book as recorded, whatever the page assumes.
    recorded = explained_pair(Basis(programme), sire, dam) if not basis.is_as_recorded else explained
    context["panels"] = rendered_panels("pair", request, recorded)
    return render(request, "population/pair.html", context)


@programme_view
def quality(request: HttpRequest, programme: Programme) -> HttpResponse:
    problems = problems_of(programme)
    form = ProblemFilterForm(request.GET, problems=problems)
    page = Paginator(form.narrowed(problems), PROBLEMS_A_PAGE).get_page(request.GET.get("page"))
    context = {"programme": programme, "form": form, "page": page, "total": len(problems)}
    context |= {"rows": problem_rows(programme, page.object_list), "counts": counted_problems(problems)}
    context |= {"may_correct": standing_in(request).has_somewhere(Right.CORRECT)}
    return render(request, "population/quality.html", context)


@programme_view
def quality_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    problems = problems_of(programme)
    form = ProblemFilterForm(request.GET, problems=problems)
    if not form.is_valid():
        raise StudbookError(UNREADABLE)
    return csv_download(problem_lines(form.narrowed(problems)), f"{programme.code}-problems")


def _pairs(request: HttpRequest, basis: Basis) -> tuple[PairList, PairsForm]:
    sires = request.GET.get("sires", LIVING)
    every = with_founders(judged_pairs(basis, sires if sires in SIRES else LIVING), basis)
    return every, PairsForm(
        request.GET, breeders=every.breeders, lineages=every.lineages, founders=every.founders
    )


def _pair_table(request: HttpRequest, basis: Basis) -> Table:
    every, form = _pairs(request, basis)
    if not form.is_valid():
        raise StudbookError(UNREADABLE)
    return pair_table(form.narrowed(every))


def _animal(programme: Programme, number: str) -> Animal:
    return get_object_or_404(
        Animal.objects.select_related("programme"), programme=programme, studbook_number=number
    )
