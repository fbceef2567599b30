from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from studbook.population.basis import basis_of
from studbook.population.genetics.animal import animal_page
from studbook.population.genetics.figures import DROPS, SEED
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme


@programme_view
def animal_genetics(request: HttpRequest, programme: Programme, number: str) -> HttpResponse:
    basis = basis_of(request, programme)
    animal = get_object_or_404(programme.animals, studbook_number=number)
    context = {
        "programme": programme,
        "basis": basis,
        "page": animal_page(basis, animal),
        "drops": DROPS,
        "seed": SEED,
    }
    return render(request, "population/genetics/animal.html", context)
