"""Whose a deed is: theirs who have the right on every animal that it touched."""

from collections.abc import MutableMapping
from typing import Any

from studbook.accounts.rights import Right, Standing
from studbook.animals.correcting.undoing import deed_of
from studbook.animals.keeping import places_of
from studbook.core.models import AuditEntry
from studbook.programmes.models import Programme


def deed_on_which(
    programme: Programme, standing: Standing, right: Right, arguments: MutableMapping[str, Any]
) -> AuditEntry | None:
    """Return the deed that an address names, where the person has the right on all its animals."""
    entry: AuditEntry | None = programme.audit_entries.filter(pk=arguments.pop("entry")).first()
    if entry is None or right in standing:
        return entry
    theirs = [
        standing.may_on(right, holder=holder, owner=owner)
        for _, holder, owner in places_of(deed_of(entry).animals)
    ]
    return entry if theirs and all(theirs) else None
