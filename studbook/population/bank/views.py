from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render

from studbook.core.downloads import csv_download, csv_of, xlsx_download
from studbook.population.bank.figure import animal_figure
from studbook.population.bank.kept import bank_genes
from studbook.population.bank.kept_exports import donor_table
from studbook.population.bank.stock import left_out
from studbook.population.basis import analysis_on, basis_of
from studbook.population.pair.stakes import DROPS, SEED
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme


@programme_view
def bank_diversity(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Show gene diversity with the bank and without, by account and by donor."""
    basis = basis_of(request, programme)
    genes = bank_genes(basis)
    context = {
        "programme": programme,
        "basis": basis,
        "genes": genes,
        "figure": animal_figure((str(row.donor.animal), row.kept) for row in genes.rows),
        "reason": analysis_on(basis).reason,
        "left_out": left_out(programme),
        "drops": DROPS,
        "seed": SEED,
    }
    return render(request, "population/bank/diversity.html", context)


@programme_view
def bank_diversity_csv(request: HttpRequest, programme: Programme) -> StreamingHttpResponse:
    basis = basis_of(request, programme)
    return csv_download(csv_of(donor_table(bank_genes(basis).rows)), basis.file_name("bank-donors"))


@programme_view
def bank_diversity_xlsx(request: HttpRequest, programme: Programme) -> HttpResponse:
    basis = basis_of(request, programme)
    return xlsx_download(donor_table(bank_genes(basis).rows), basis.file_name("bank-donors"), "donors")
