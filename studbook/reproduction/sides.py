"""What an address of this room names, where the person has the right on it: at the institution where it was recorded."""

from collections.abc import MutableMapping
from typing import Any

from studbook.accounts.rights import Right, Standing
from studbook.programmes.models import Programme
from studbook.reproduction.models import Mating, Pairing, Procedure


def pairing_on_which(
    programme: Programme, standing: Standing, right: Right, arguments: MutableMapping[str, Any]
) -> Pairing | None:
    """Return the pair of an address; it takes its number out of the arguments."""
    found = programme.pairings.select_related("programme", "sire", "dam", "institution")
    pairing = found.filter(pk=arguments.pop("pk")).first()
    return pairing if pairing and standing.may_for(right, pairing.institution_id) else None


def mating_on_which(
    programme: Programme, standing: Standing, right: Right, arguments: MutableMapping[str, Any]
) -> Mating | None:
    """Return the mating of an address."""
    found = programme.matings.select_related("programme", "sire", "dam", "institution", "pairing")
    mating = found.filter(pk=arguments.pop("pk")).first()
    return mating if mating and standing.may_for(right, mating.institution_id) else None


def procedure_on_which(
    programme: Programme, standing: Standing, right: Right, arguments: MutableMapping[str, Any]
) -> Procedure | None:
    """Return the procedure of an address."""
    procedure = Procedure.objects.whole().filter(programme=programme, pk=arguments.pop("pk")).first()
    return procedure if procedure and standing.may_for(right, procedure.institution_id) else None
