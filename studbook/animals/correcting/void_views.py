"""What the page of a void record answers."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from studbook.animals.models import Animal
from studbook.programmes.models import Programme


def void_or_missing(request: HttpRequest, programme: Programme, number: str) -> HttpResponse:
    """Lead from a merged record to the one that was kept; say of another void one that it is no animal."""
    records = Animal.every.select_related("merged_into__programme").filter(
        programme=programme, studbook_number=number, status=Animal.Status.VOID
    )
    record = records.first()
    if record is None:
        raise Http404(f"No animal of {programme} has the studbook number {number}.")
    if record.merged_into is None:
        context = {"programme": programme, "animal": record}
        return render(request, "animals/correcting/void.html", context, status=410)
    messages.info(request, f"The record {record} was merged into {record.merged_into}, which is this page.")
    return redirect(record.merged_into)
