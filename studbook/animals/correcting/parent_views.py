from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from studbook.animals.correcting.forms import corrected
from studbook.animals.correcting.pages import form_page, person
from studbook.animals.correcting.parent_forms import ParentsForm, parent_text
from studbook.animals.correcting.parents import ROLES, Proposal
from studbook.animals.correcting.parents import correct_parents as deed
from studbook.animals.models import Animal
from studbook.core.forms import DONE, posted
from studbook.core.panels import rendered_panels
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme

PANELS = "parents"


@programme_view
def correct_parents(request: HttpRequest, programme: Programme, animal: Animal) -> HttpResponse:
    """Correct both parents; what would follow for other animals is shown before anything is saved."""
    opened = {role: parent_text(animal, role) for role in ROLES} | {"opened_version": animal.version}
    form, status = ParentsForm(posted(request), initial=opened, programme=programme), DONE
    panels = _consequences(request, animal, form)
    if form.is_bound and not panels:
        status = corrected(form, partial(deed, animal, by=person(request)))
        if status == DONE:
            messages.success(request, f"The parents of {animal} are corrected.")
            return redirect(animal)
    words = {
        "title": "Correct the parents",
        "button": "Save these parents" if panels else "Save the parents",
        "panels": panels,
    }
    return form_page(request, programme, animal, form, status, **words)


def _consequences(request: HttpRequest, animal: Animal, form: ParentsForm) -> list[str]:
    """Return what other rooms say would follow, while the person has not seen it for these parents."""
    if not form.is_bound or not form.is_valid() or form.cleaned_data["looked"] == form.written:
        return []
    proposal = Proposal(animal, form.cleaned_data["sire"], form.cleaned_data["dam"])
    return rendered_panels(PANELS, request, proposal)
