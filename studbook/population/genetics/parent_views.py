from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from studbook.accounts.rights import Right
from studbook.animals.models import Animal
from studbook.population.basis import analysis_on, basis_of
from studbook.population.genetics.parent_choices import choices_of
from studbook.population.genetics.parent_forms import ParentForm
from studbook.population.genetics.parent_what_if import Tried, assumed_parent, how_much, tried
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme


@programme_view
def parent_what_if(request: HttpRequest, programme: Programme, number: str) -> HttpResponse:
    """Try other sires or dams of one animal; a form that cannot be read tries only those the book suggests."""
    basis = basis_of(request, programme)
    animals = Animal.objects.select_related("programme", "sire", "dam")
    animal = get_object_or_404(animals, programme=programme, studbook_number=number)
    form = ParentForm(request.GET, animal=animal)
    form.full_clean()
    role, analysis = form.role_chosen, analysis_on(basis)
    choices = choices_of(animal, role, form.typed, assumed=assumed_parent(basis, number, role))
    standing, *others = tried(basis, number, role, choices.choices)
    context = {
        "programme": programme,
        "basis": basis,
        "animal": animal,
        "form": form,
        "role": role,
        "order": form.sorting,
        "choices": choices,
        "sentence": how_much(role, [standing, *others]),
        "standing": standing,
        "others": _sorted(others, form.sorting),
        "living": bool(analysis.living[analysis.pedigree.row(number)]),
        "may_plan": may_in(request, Right.PLAN),
    }
    return render(request, "population/genetics/parents.html", context)


def _sorted(rows: list[Tried], order: str) -> list[Tried]:
    column = order.removeprefix("-")
    answered = [row for row in rows if getattr(row.outcome, column) is not None]
    answered.sort(key=lambda row: float(getattr(row.outcome, column)), reverse=order.startswith("-"))
    return answered + [row for row in rows if getattr(row.outcome, column) is None]
