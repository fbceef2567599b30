"""What the pages of corrections share."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.correcting.forms import ReasonedForm
from studbook.animals.keeping import may_on
from studbook.animals.models import Animal
from studbook.programmes.access import standing_in
from studbook.programmes.models import Programme

TEMPLATE = "animals/correcting/form.html"


def person(request: HttpRequest) -> User:
    return cast(User, request.user)


def form_page(
    request: HttpRequest, programme: Programme, animal: Animal, form: ReasonedForm, status: int, **words: Any
) -> HttpResponse:
    """Show a form of a correction; `words` are title, lead, button and what else the template takes."""
    context = {"programme": programme, "animal": animal, "form": form, **words}
    return render(request, TEMPLATE, context, status=status)


def recorded(programme: Programme, number: str) -> Animal:
    """Return the record of that number, a void one too."""
    found: Animal = get_object_or_404(
        Animal.every.select_related("programme", "merged_into"), programme=programme, studbook_number=number
    )
    return found


def may_correct(request: HttpRequest, animal: Animal) -> bool:
    """Tell whether the person may correct an animal that stands in the book; two queries at most."""
    return animal.status != Animal.Status.VOID and may_on(standing_in(request), Right.CORRECT, animal)
