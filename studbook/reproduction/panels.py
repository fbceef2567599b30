"""What pages of the rooms below show of pairs and procedures."""

from django.http import HttpRequest

from studbook.accounts.rights import Right
from studbook.animals.keeping import may_on
from studbook.animals.models import Animal
from studbook.core.panels import Context
from studbook.institutions.models import Institution
from studbook.programmes.access import programme_of, standing_in
from studbook.programmes.models import Programme
from studbook.reproduction.pairings.queries import matings_with, open_pairs, open_pairs_at, pairings_with
from studbook.reproduction.procedures.queries import procedures_with

MOST_LISTED, A_FEW = 12, 6


def animal_panel(request: HttpRequest, animal: Animal) -> Context | None:
    """List the pairs, matings and procedures of an animal, the latest first; three queries."""
    pairs = list(pairings_with(animal)[:MOST_LISTED])
    matings = list(matings_with(animal)[:A_FEW])
    procedures = list(procedures_with(animal)[:MOST_LISTED])
    may_log = animal.is_living and animal.sex != Animal.Sex.UNKNOWN
    may_log = may_log and may_on(standing_in(request), Right.LOG, animal)
    if not (pairs or matings or procedures):
        return None
    context: Context = {"programme": programme_of(request), "animal": animal, "pairs": pairs}
    return context | {"matings": matings, "procedures": procedures, "may_log": may_log}


def institution_panel(request: HttpRequest, institution: Institution) -> Context | None:
    """List the open pairs of an institution; one query."""
    programme = programme_of(request)
    pairs = list(open_pairs_at(institution, programme))
    if not pairs:
        return None
    context: Context = {"programme": programme, "institution": institution}
    return context | {"pairs": pairs[:MOST_LISTED], "count": len(pairs)}


def dashboard_panel(request: HttpRequest, programme: Programme) -> Context | None:
    """Count the open pairs; one query, and nothing where there is none."""
    count = open_pairs(programme).count()
    return {"programme": programme, "count": count} if count else None
