from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from studbook.animals.correcting.pages import person
from studbook.core.dates import DateInterval
from studbook.core.forms import DONE, attempted, posted
from studbook.programmes.access import programme_view
from studbook.programmes.models import Programme
from studbook.wild.history import history_of
from studbook.wild.kinds import RELEASES, SITES
from studbook.wild.record_views import record_of, sees_places
from studbook.wild.release_forms import ReleaseForm
from studbook.wild.releasing import release_animals


@programme_view
def release(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    found = record_of(programme, RELEASES, pk)
    context = {"programme": programme, "release": found, "lines": list(found.lines.all())}
    context |= {"deeds": history_of(found, with_places=sees_places(request))}
    return render(request, "wild/release.html", context)


@programme_view
def release_new(request: HttpRequest, programme: Programme, pk: int) -> HttpResponse:
    """Write a release at a site down; the animals may be named by the page of its candidates."""
    site, status = record_of(programme, SITES, pk), DONE
    named = " ".join(number[:20] for number in request.GET.getlist("animal")[:60])
    initial = {"on": DateInterval.exact(timezone.localdate()), "animals": named}
    form = ReleaseForm(posted(request), initial=initial)
    if form.is_bound:
        made, status = attempted(form, partial(release_animals, site, by=person(request)))
        if made:
            messages.success(request, f"The {made} is in the book, and in the life of each animal.")
            return redirect("release", programme.code, made.pk)
    context = {"programme": programme, "site": site, "form": form}
    return render(request, "wild/release_new.html", context, status=status)
