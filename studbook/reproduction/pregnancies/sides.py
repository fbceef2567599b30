"""Which pregnancy an address names, where the person has the right on its dam."""

from collections.abc import MutableMapping
from typing import Any

from studbook.accounts.rights import Right, Standing
from studbook.animals.keeping import may_on
from studbook.programmes.models import Programme
from studbook.reproduction.models import Pregnancy
from studbook.reproduction.pregnancies.queries import pregnancies_of


def pregnancy_on_which(
    programme: Programme, standing: Standing, right: Right, arguments: MutableMapping[str, Any]
) -> Pregnancy | None:
    """Return the pregnancy of an address; it takes its key out of the arguments."""
    found = pregnancies_of(programme).select_related("mating", "insemination", "struck_by", "logged_by")
    found = found.prefetch_related("dam__holdings", "dam__ownerships")
    pregnancy: Pregnancy | None = found.filter(pk=arguments.pop("pk")).first()
    return pregnancy if pregnancy and may_on(standing, right, pregnancy.dam) else None
