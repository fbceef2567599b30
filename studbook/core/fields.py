"""Constraints that several models share."""

from django.db.models import CheckConstraint, F, Q


def interval_in_order(column: str, *, name: str) -> CheckConstraint:
    """A date has both ends or neither, and they do not run backwards."""
    earliest, latest = f"{column}_earliest", f"{column}_latest"
    neither = Q(**{f"{earliest}__isnull": True, f"{latest}__isnull": True})
    # A comparison with NULL is neither true nor false, and a CHECK lets it pass: both ends are asked for by name.
    both = Q(**{f"{earliest}__isnull": False, f"{latest}__isnull": False})
    in_order = both & Q(**{f"{earliest}__lte": F(latest)})
    return CheckConstraint(condition=neither | in_order, name=name)
