from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from studbook.accounts.rights import Right
from studbook.population.census import census_by_year, lives_of
from studbook.programmes.access import may_in, programme_view
from studbook.programmes.models import Programme
from studbook.wild.drawing import wild_figure
from studbook.wild.queries import camera_records_of, counts_of, releases_of, sites_of
from studbook.wild.record_views import sees_places

MOST_LISTED = 6


@programme_view
def wild(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Show the wild beside the captive population: the counts drawn, the newest records, the sites, the releases."""
    counts = list(counts_of(programme).standing())
    census = census_by_year(lives_of(programme), programme.as_of) if counts else []
    cameras = list(camera_records_of(programme).standing()[:MOST_LISTED])
    releases = list(releases_of(programme)[:MOST_LISTED])
    context: dict[str, Any] = {"programme": programme, "figure": wild_figure(counts, census, programme.as_of)}
    context |= {"counts": counts[: -MOST_LISTED - 1 : -1], "count_of_counts": len(counts)}
    context |= {"cameras": cameras, "sites": list(sites_of(programme)), "releases": releases}
    context |= {"may_write": may_in(request, Right.WILD), "sees_places": sees_places(request)}
    return render(request, "wild/overview.html", context)
