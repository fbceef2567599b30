"""Records of rooms above that point at an animal: they follow it in a merge, or stand in the way of what would leave them.

A room above says with `rows_follow` or `on_merge` what becomes of its records. What no room speaks for is never left
pointing at a void record: the deed is refused, with a list.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Model

from studbook.animals.correcting.rewriting import rewrite
from studbook.animals.correcting.states import BELONGING
from studbook.animals.correcting.undoing import may_undo
from studbook.animals.models import Animal, NotSame
from studbook.core.errors import StudbookError
from studbook.programmes.changes import Trail

Follower = Callable[[Trail, Animal, Animal], None]
Open = models.Q

_followers: list[Follower] = []
_spoken_for: set[type[Model]] = {Animal, NotSame, *BELONGING}
_closed: dict[type[Model], models.Q] = {}
MOST_NAMED = 5


def on_merge(follower: Follower, *covers: type[Model]) -> None:
    """Let a room above act in a merge, in its transaction: `follower(trail, kept, other)`. Called once, from `ready`.

    `covers` are the models it speaks for; deeds that touch them can be taken back with the merge.
    """
    _followers.append(follower)
    for model in covers:
        _spoken_for.add(model)
        may_undo(model)


def rows_follow(model: type[Model], *, closed: models.Q | None = None, may_stay: bool = False) -> None:
    """Let the rows of a model follow an animal that is merged; `closed` are those that do not stand any more.

    Closed rows follow too, but do not keep a record from being void. With `may_stay` a row that cannot follow stays at the
    void record, instead of refusing the merge. Called once, from an application's `ready`.
    """
    names = [each.name for each in model._meta.concrete_fields if each.related_model is Animal]

    def follow(trail: Trail, kept: Animal, other: Animal) -> None:
        for row in _pointing(model, other):
            _point_at(trail, row, names, kept, other, may_stay=may_stay)

    if closed is not None:
        _closed[model] = closed
    on_merge(follow, model)


def follow_merge(trail: Trail, kept: Animal, other: Animal) -> None:
    """Let every record of the rooms above follow, and refuse the merge if one is left."""
    for follower in _followers:
        follower(trail, kept, other)
    _refuse(
        other, [row for model in _models() if model not in _spoken_for for row in _pointing(model, other)]
    )


def refuse_pointed_at(animal: Animal) -> None:
    """Refuse to void an animal of which plans, transfers or assumptions speak."""
    found = []
    for model in _models():
        if model is Animal or model is NotSame or model in BELONGING:
            continue
        rows = _pointing(model, animal)
        found += list(rows.exclude(_closed[model]) if model in _closed else rows)
    _refuse(animal, found)


def _models() -> list[type[Model]]:
    relations = Animal._meta.get_fields(include_hidden=True)
    found = {each.related_model for each in relations if each.auto_created and not each.concrete}
    return sorted(found, key=lambda model: model._meta.label)  # type: ignore[arg-type]


def _pointing(model: type[Model], animal: Animal) -> "models.QuerySet[Any]":
    wanted = models.Q(pk__in=[])
    for each in model._meta.concrete_fields:
        if each.related_model is Animal:
            wanted |= models.Q(**{each.name: animal.pk})
    return model._base_manager.filter(wanted).order_by("pk")


def _point_at(
    trail: Trail, row: Model, names: list[str], kept: Animal, other: Animal, *, may_stay: bool
) -> None:
    columns = {name: kept for name in names if getattr(row, f"{name}_id") == other.pk}
    said = str(row)
    try:
        for name, animal in columns.items():
            setattr(row, name, animal)
        row.validate_constraints()
    except ValidationError as error:
        if may_stay:
            return
        raise StudbookError(
            f"The {row._meta.verbose_name} “{said}” cannot follow {other} to {kept}: another of {kept} says the same, or it "
            "would name one animal twice. Take one of the two back first."
        ) from error
    row.refresh_from_db()
    rewrite(trail, row, **columns)


def _refuse(animal: Animal, rows: list[Model]) -> None:
    if rows:
        named = "; ".join(f"{each._meta.verbose_name} {each}" for each in rows[:MOST_NAMED])
        more = f" and {len(rows) - MOST_NAMED} more" if len(rows) > MOST_NAMED else ""
        raise StudbookError(f"Other records speak of {animal}: {named}{more}. Take these back first.")
