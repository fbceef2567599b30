from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from studbook.accounts.rights import Right
from studbook.animals.correcting.comparing import compared
from studbook.animals.correcting.duplicates import suspected_duplicates, suspected_of
from studbook.animals.correcting.forms import corrected
from studbook.animals.correcting.merge_forms import MergeForm, NotSameForm
from studbook.animals.correcting.merging import merge_animals
from studbook.animals.correcting.not_same import say_not_same
from studbook.animals.correcting.pages import person
from studbook.animals.keeping import animal_on_which
from studbook.animals.models import Animal
from studbook.core.errors import StudbookError
from studbook.core.forms import DONE, posted
from studbook.programmes.access import programme_view, standing_in
from studbook.programmes.models import Programme

PAIRS_A_PAGE = 30


@programme_view
def merge(request: HttpRequest, programme: Programme, animal: Animal) -> HttpResponse:
    """Choose the record to merge with this one."""
    number, refusal, status = request.GET.get("other", "").strip(), "", 200
    if number:
        other = _correctable(request, programme, number) if "/" not in number else None
        if other and other != animal:
            return redirect("merge_with", programme.code, animal.studbook_number, number)
        refusal, status = (
            f"No other record {number} that you may correct is in the book. Correct the number.",
            400,
        )
    context = {
        "programme": programme,
        "animal": animal,
        "number": number,
        "refusal": refusal,
        "suspicions": suspected_of(programme, animal),
    }
    return render(request, "animals/correcting/merge.html", context, status=status)


@programme_view
def merge_with(request: HttpRequest, programme: Programme, animal: Animal, other: str) -> HttpResponse:
    """Compare two records side by side, and merge the second into the first."""
    second = _correctable(request, programme, other)
    if second is None or second == animal:
        raise Http404(f"No other record {other} on which this person has the right is in the book.")
    comparison = compared(animal, second)
    opened = {"opened_version": animal.version, "other_version": second.version}
    form, status = MergeForm(posted(request), initial=opened, differing=comparison.differing), DONE
    if form.is_bound:
        status = corrected(form, partial(merge_animals, animal, second, by=person(request)))
        if status == DONE:
            messages.success(
                request, f"{second} is merged into {animal}. The history of {animal} can undo it."
            )
            return redirect(animal)
    context = {
        "programme": programme,
        "animal": animal,
        "other": second,
        "form": form,
        "comparison": comparison,
    }
    return render(request, "animals/correcting/merge_with.html", context, status=status)


@programme_view
def duplicates(request: HttpRequest, programme: Programme) -> HttpResponse:
    """List the pairs of records that may be of one animal; a pair can be said to be two animals."""
    form, status = NotSameForm(posted(request)), DONE
    if form.is_bound:
        status = corrected(form, partial(_say_not_same, request, programme))
        if status == DONE:
            messages.success(request, "Noted: these are two animals. The pair is not suggested again.")
            return redirect("duplicates", programme.code)
    page = Paginator(suspected_duplicates(programme), PAIRS_A_PAGE).get_page(request.GET.get("page"))
    context = {"programme": programme, "page": page, "form": form}
    return render(request, "animals/correcting/duplicates.html", context, status=status)


def _say_not_same(
    request: HttpRequest,
    programme: Programme,
    *,
    one: str,
    other: str,
    reason: str,
    acknowledged: tuple[str, ...],
) -> object:
    animals = programme.animals.select_related("programme").filter(studbook_number__in=[one, other])
    found = {each.studbook_number: each for each in animals}
    if len(found) < 2:
        raise StudbookError(f"The records {one} and {other} are not both in this book. Open the list anew.")
    return say_not_same(found[one], found[other], by=person(request), reason=reason)


def _correctable(request: HttpRequest, programme: Programme, number: str) -> Animal | None:
    return animal_on_which(programme, standing_in(request), Right.CORRECT, {"number": number})
