"""Who may do what. Every view names one right, or says that it is open; a test holds them to it."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser

from studbook.accounts.models import User

View = TypeVar("View", bound=Callable[..., Any])


class Right(StrEnum):
    """What a person may do in one programme."""

    SEE = "see"  # read everything of the programme
    PLAN = "plan"  # choose pairs and withdraw them


RIGHTS_OF_ROLE: dict[str, frozenset[Right]] = {
    "coordinator": frozenset({Right.SEE, Right.PLAN}),
    "observer": frozenset({Right.SEE}),
    "registrar": frozenset({Right.SEE}),
    "keeper": frozenset({Right.SEE}),
    "representative": frozenset({Right.SEE}),
}


def rights_of(user: User | AnonymousUser, programme_id: int) -> frozenset[Right]:
    """Return what a person may do in a programme; one query."""
    if not isinstance(user, User) or not user.is_active:
        return frozenset()
    if user.is_superuser:
        return frozenset(Right)
    return frozenset().union(*(RIGHTS_OF_ROLE[role] for role in _roles(user, programme_id)))


def may(user: User | AnonymousUser, right: Right, programme_id: int) -> bool:
    """Tell whether a person may do something in a programme; one query."""
    return right in rights_of(user, programme_id)


def _roles(user: User, programme_id: int) -> set[str]:
    own = user.programme_roles.filter(programme_id=programme_id).values_list("role", flat=True)
    at_institutions = user.institution_roles.filter(
        institution__participations__programme_id=programme_id
    ).values_list("role", flat=True)
    return set(own.union(at_institutions))


def signed_in(view: View) -> View:
    """Mark a view as open to every signed-in person; the middleware asks for the sign-in."""
    view.permission_rule = "signed in"  # type: ignore[attr-defined]
    view.login_required = True  # type: ignore[attr-defined]  # also where a package opened its own view
    return view


def open_to_all(view: View) -> View:
    """Mark a view as open without a sign-in."""
    view = login_not_required(view)
    view.permission_rule = "open"  # type: ignore[attr-defined]
    return view
