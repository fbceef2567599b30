"""What pages of other rooms show of the bank."""

from django.http import HttpRequest

from studbook.accounts.rights import Right
from studbook.animals.models import Animal
from studbook.core.panels import Context
from studbook.institutions.models import Institution
from studbook.programmes.access import programme_of, standing_in
from studbook.programmes.models import Programme
from studbook.reproduction.bank.forms import FROM_PROCEDURES
from studbook.reproduction.bank.stock import samples_at, samples_of, stock_by_donor, totals_of
from studbook.reproduction.models import Procedure, SampleStep

MOST_LISTED = 12


def animal_panel(request: HttpRequest, animal: Animal) -> Context | None:
    """List what is in the bank of an animal, or lead to a new sample; one query. Nothing for those who only read."""
    found = samples_of(animal)
    may_store = standing_in(request).has_somewhere(Right.LOG)
    if not found and not may_store:
        return None
    left = [sample for sample in found if sample.units]
    return {
        "programme": programme_of(request),
        "animal": animal,
        "samples": left[:MOST_LISTED],
        "count": len(left),
        "used_up": len(found) - len(left),
        "may_store": may_store,
    }


def institution_panel(request: HttpRequest, institution: Institution) -> Context | None:
    """Tell what an institution stores, and what it owns elsewhere; one query."""
    programme = programme_of(request)
    found = samples_at(programme, institution)
    if not found:
        return None
    here = [sample for sample in found if sample.institution_id == institution.pk]
    elsewhere = [sample for sample in found if sample.institution_id != institution.pk]
    return {
        "programme": programme,
        "institution": institution,
        "here": here[:MOST_LISTED],
        "here_count": len(here),
        "here_units": sum(sample.units for sample in here),
        "elsewhere": elsewhere[:MOST_LISTED],
        "elsewhere_count": len(elsewhere),
    }


def procedure_panel(request: HttpRequest, procedure: Procedure) -> Context | None:
    """List what a procedure gave the bank and took of it, or lead to a new sample; two queries."""
    samples = list(procedure.samples.standing().filter(split_from=None).select_related("institution"))
    used = list(procedure.sample_steps.filter(kind=SampleStep.Kind.USED).select_related("sample__donor"))
    may_store = (
        procedure.kind in FROM_PROCEDURES
        and not procedure.is_struck
        and standing_in(request).has_somewhere(Right.LOG)
    )
    if not (samples or used or may_store):
        return None
    context: Context = {"programme": programme_of(request), "procedure": procedure}
    return context | {"samples": samples, "used": used, "may_store": may_store}


def reproduction_panel(request: HttpRequest, programme: Programme) -> Context | None:
    """Tell what is in the bank in all; one query."""
    return {"programme": programme, "totals": totals_of(stock_by_donor(programme))}
