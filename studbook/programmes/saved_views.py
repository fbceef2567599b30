"""What a person does with the views of lists they keep. Nobody else's are reached; only the coordinator shares."""

from django.db import transaction
from django.http import QueryDict

from studbook.accounts.models import User
from studbook.accounts.rights import Right, may
from studbook.core.errors import StudbookError
from studbook.core.lines import refuse_unfit_lines
from studbook.programmes.changes import save_unless_stale
from studbook.programmes.models import Programme, SavedView
from studbook.programmes.models.saved_view import LONGEST_QUERY

NOT_KEPT = {"page", "view", "once_key", "csrfmiddlewaretoken"}
MOST_VIEWS = 30
NO_NAME = "A view needs a name. Write a few words that tell what it shows."
NOT_THERE = "There is no such view of yours. It may have been removed; open the list again."
NOT_SHARED = (
    "Only the coordinator shares a view with everybody. Save it for yourself, or ask the coordinator."
)


class NoViewError(StudbookError):
    """The view is not there, or it is somebody else's."""

    status = 404


def keep_view(
    programme: Programme, *, by: User, page: str, name: str, query: str, shared: bool, opens_first: bool
) -> SavedView:
    """Keep how a list is seen now under a name."""
    view = SavedView(programme=programme, user=by, page=page, name=name.strip(), query=kept_query(query))
    with transaction.atomic():
        _one_at_a_time(by)
        _refuse(view, shared=shared)
        if SavedView.objects.filter(programme=programme, user=by, page=page).count() >= MOST_VIEWS:
            raise StudbookError(f"You keep {MOST_VIEWS} views of this list already. Remove one first.")
        _open_first(view, opens_first)
        view.shared = shared
        view.save()
    return view


def change_view(
    programme: Programme,
    view: int,
    *,
    by: User,
    name: str,
    shared: bool,
    opens_first: bool,
    opened_version: int,
    query: str | None = None,
) -> SavedView:
    """Give a view another name; share it or not; with `query` let it show what the list shows now."""
    with transaction.atomic():
        _one_at_a_time(by)
        found = _own(programme, view, by)
        found.name = name.strip()
        found.query = found.query if query is None else kept_query(query)
        _refuse(found, shared=shared and not found.shared)
        _open_first(found, opens_first)
        found.shared = shared
        fields = ["name", "query", "shared", "opens_first"]
        save_unless_stale(found, opened_version=opened_version, fields=fields)
    return found


def remove_view(programme: Programme, view: int, *, by: User) -> str:
    """Remove a view of one's own, or as the coordinator a shared one; return the page it was of."""
    with transaction.atomic():
        _one_at_a_time(by)
        found = SavedView.objects.filter(programme=programme, pk=view).first()
        theirs = found and found.user_id == by.pk
        if found is None or not (theirs or (found.shared and may(by, Right.SETTLE, programme.pk))):
            raise NoViewError(NOT_THERE)
        found.delete()
    return found.page


def kept_query(words: str) -> str:
    """Return the part of an address that a view keeps."""
    asked = QueryDict(words.removeprefix("?"), mutable=True)
    for name in list(asked):
        values = [value for value in asked.getlist(name) if value]
        if name in NOT_KEPT or not values:
            del asked[name]
        else:
            asked.setlist(name, values)
    if len(asked.urlencode()) > LONGEST_QUERY:
        raise StudbookError("This view is longer than can be kept. Choose fewer filters or columns.")
    return asked.urlencode()


def _one_at_a_time(by: User) -> None:
    # Two windows of one person: the second sees what the first has kept.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)


def _own(programme: Programme, pk: int, by: User) -> SavedView:
    found = SavedView.objects.select_related("programme").filter(programme=programme, user=by, pk=pk).first()
    if found is None:
        raise NoViewError(NOT_THERE)
    return found


def _refuse(view: SavedView, *, shared: bool) -> None:
    if not view.name:
        raise StudbookError(NO_NAME, field="name")
    refuse_unfit_lines(view)
    same = SavedView.objects.filter(
        programme=view.programme, user=view.user, page=view.page, name=view.name
    ).exclude(pk=view.pk)
    if same.exists():
        raise StudbookError(
            f"You keep a view “{view.name}” of this list already. Give this one another name, or change that one.",
            field="name",
        )
    if shared and not may(view.user, Right.SETTLE, view.programme_id):
        raise StudbookError(NOT_SHARED, field="shared")


def _open_first(view: SavedView, opens_first: bool) -> None:
    others = SavedView.objects.filter(programme=view.programme, user=view.user, page=view.page)
    if opens_first:
        others.exclude(pk=view.pk).update(opens_first=False)
    view.opens_first = opens_first
