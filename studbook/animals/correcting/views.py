from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from studbook.animals.correcting import actions, events, observations
from studbook.animals.correcting.forms import (
    CorrectAnimalForm,
    CorrectEventForm,
    CorrectionForm,
    CorrectObservationForm,
    ReasonedForm,
    corrected,
    initial_of,
)
from studbook.animals.correcting.pages import form_page, person
from studbook.animals.models import Animal, Event, Observation
from studbook.core.forms import DONE, posted
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme


@programme_view
def correct_animal(request: HttpRequest, programme: Programme, animal: Animal) -> HttpResponse:
    form, status = CorrectAnimalForm(posted(request), initial=initial_of(animal, CorrectAnimalForm)), DONE
    if form.is_bound:
        status = corrected(form, partial(actions.correct_animal, animal, by=person(request)))
        if status == DONE:
            messages.success(request, f"{animal} is corrected.")
            return redirect(animal)
    words = {"title": "Correct who it is", "button": "Save the correction"}
    return form_page(request, programme, animal, form, status, **words)


@programme_view
def void_animal(request: HttpRequest, programme: Programme, animal: Animal) -> HttpResponse:
    form, status = CorrectionForm(posted(request), initial={"opened_version": animal.version}), DONE
    if form.is_bound:
        status = corrected(form, partial(actions.void_animal, animal, by=person(request)))
        if status == DONE:
            messages.success(
                request, f"The record {animal} is void. Its number stays and is never used again."
            )
            return redirect("animal_history", programme.code, animal.studbook_number)
    words = {
        "title": "Void this record",
        "lead": "For a record that is no animal: an entry made by mistake. It keeps its number and is left out of "
        "everything else. Where an animal is in the book twice, merge the two records instead.",
        "button": "Void the record",
    }
    return form_page(request, programme, animal, form, status, **words)


@programme_view
def correct_event(request: HttpRequest, programme: Programme, animal: Animal, event: int) -> HttpResponse:
    found = _event(animal, event)
    opened = initial_of(found, CorrectEventForm)
    form, status = CorrectEventForm(posted(request), initial=opened, event=found, programme=programme), DONE
    if form.is_bound:
        status = corrected(form, partial(events.correct_event, found, by=person(request)))
        if status == DONE:
            messages.success(request, f"The event “{found}” of {animal} is corrected.")
            return redirect(animal)
    return _event_page(request, programme, animal, found, form, status)


@programme_view
def remove_event(request: HttpRequest, programme: Programme, animal: Animal, event: int) -> HttpResponse:
    found, form = _event(animal, event), CorrectionForm(request.POST)
    status = corrected(form, partial(events.remove_event, found, by=person(request)))
    if status == DONE:
        messages.success(request, f"The event “{found}” is taken out of the life of {animal}.")
        return redirect(animal)
    words = {"title": f"Take out: {found}", "button": "Take it out"}
    return form_page(request, programme, animal, form, status, **words)


@programme_view
def correct_observation(
    request: HttpRequest, programme: Programme, animal: Animal, observation: int
) -> HttpResponse:
    found = _observation(animal, observation)
    opened = initial_of(found, CorrectObservationForm)
    form = CorrectObservationForm(posted(request), initial=opened, observation=found, programme=programme)
    status = DONE
    if form.is_bound:
        status = corrected(form, partial(observations.correct_observation, found, by=person(request)))
        if status == DONE:
            messages.success(request, f"“{found}” of {animal} is corrected.")
            return redirect(animal)
    words = {"title": f"Correct: {found}", "button": "Save the correction", "removal": _removal(found)}
    words["removal_route"] = "remove_observation"
    return form_page(request, programme, animal, form, status, **words)


@programme_view
def remove_observation(
    request: HttpRequest, programme: Programme, animal: Animal, observation: int
) -> HttpResponse:
    found, form = _observation(animal, observation), CorrectionForm(request.POST)
    status = corrected(form, partial(observations.remove_observation, found, by=person(request)))
    if status == DONE:
        messages.success(request, f"“{found}” is taken out of the record of {animal}.")
        return redirect(animal)
    words = {"title": f"Take out: {found}", "button": "Take it out"}
    return form_page(request, programme, animal, form, status, **words)


def _event_page(
    request: HttpRequest, programme: Programme, animal: Animal, event: Event, form: ReasonedForm, status: int
) -> HttpResponse:
    words = {
        "title": f"Correct: {event}",
        "lead": "Stays, owners, status and death follow from the events.",
        "button": "Save the correction",
        "removal": _removal(event),
        "removal_route": "remove_event",
    }
    return form_page(request, programme, animal, form, status, **words)


def _removal(record: Event | Observation) -> dict[str, Any]:
    form = CorrectionForm(initial={"opened_version": record.version}, auto_id="id_removal_%s")
    return {"form": form, "pk": record.pk}


def _event(animal: Animal, pk: int) -> Event:
    found: Event = get_object_or_404(
        animal.events.select_related("animal__programme", "institution", "from_institution"), pk=pk
    )
    return found


def _observation(animal: Animal, pk: int) -> Observation:
    found: Observation = get_object_or_404(
        animal.observations.select_related("animal__programme", "institution"), pk=pk
    )
    return found
