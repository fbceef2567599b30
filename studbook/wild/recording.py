"""What a coordinator does with a record of the wild: add one, change it, strike it out. None is ever deleted."""

from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.correcting.reasons import needed, refuse_unchanged
from studbook.core.errors import StaleRecordError
from studbook.programmes.changes import changing, columns_of, save_unless_stale
from studbook.programmes.models import Programme
from studbook.wild.models import CameraRecord, ReleaseSite, SurveyCount
from studbook.wild.places import PLACE_COLUMNS, sees_places, telling_no_place
from studbook.wild.soundness import refuse_unsound, refuse_used_name

Written = TypeVar("Written", SurveyCount, CameraRecord, ReleaseSite)
Seen = TypeVar("Seen", SurveyCount, CameraRecord)


def add_record(model: type[Written], programme: Programme, *, by: User | None, **facts: Any) -> Written:
    """Write a record down; who may not see places writes none."""
    author = "made_by" if model is ReleaseSite else "logged_by"
    with changing(programme, f"add {_noun(model)}", by=by, right=Right.WILD, alters_numbers=False) as trail:
        if not sees_places(by, programme.pk):
            facts = _without_places(facts)
        record = model(programme=programme, **{author: by})
        _tell(record, facts)
        _refuse(record)
        record.save()
        trail.created([record])
    return record


def edit_record(
    record: Written, *, by: User | None, reason: str, opened_version: int, **facts: Any
) -> Written:
    """Change what a record says, with a reason. Places stay as they are where the person may not see them."""
    with changing(
        record.programme,
        f"edit {_noun(type(record))}",
        by=by,
        right=Right.WILD,
        reason=needed(reason),
        alters_numbers=False,
    ) as trail:
        sees = sees_places(by, record.programme_id)
        current = _locked(record)
        before = columns_of(current)
        told = _tell(current, facts if sees else _without_places(facts))
        _refuse(current)
        refuse_unchanged(current, before)
        with telling_no_place(unless=sees):
            save_unless_stale(current, opened_version=opened_version, fields=_columns_of(current, told))
        trail.changed(current, before)
    return current


def strike_out(record: Seen, *, by: User | None, reason: str, opened_version: int) -> Seen:
    """Let a record that is wrong count no more; it stays in the book with the reason."""
    with changing(
        record.programme,
        f"strike out {_noun(type(record))}",
        by=by,
        right=Right.WILD,
        reason=needed(reason),
        alters_numbers=False,
    ) as trail:
        current = _locked(record)
        before = columns_of(current)
        current.struck_at, current.struck_by, current.struck_why = timezone.now(), by, reason.strip()
        with telling_no_place(unless=sees_places(by, record.programme_id)):
            save_unless_stale(
                current, opened_version=opened_version, fields=["struck_at", "struck_by", "struck_why"]
            )
        trail.changed(current, before)
    return current


def _locked(record: Written) -> Written:
    model: type[Written] = type(record)
    current: Written = model._default_manager.select_related("programme").get(pk=record.pk)
    if not isinstance(current, ReleaseSite) and current.struck_at is not None:
        raise StaleRecordError(
            f"{current} was struck out on {timezone.localtime(current.struck_at):%Y-%m-%d} ({current.struck_why}), so it is "
            "not changed any more. Write a new record if it is needed.",
            version=current.version,
        )
    return current


def _refuse(record: Written) -> None:
    refuse_unsound(record)
    if isinstance(record, ReleaseSite):
        refuse_used_name(record)


def _tell(record: models.Model, facts: dict[str, Any]) -> dict[str, Any]:
    """Give a record its facts, and return them with what follows from them."""
    for name, value in facts.items():
        setattr(record, name, value.strip() if isinstance(value, str) else value)
    if isinstance(record, ReleaseSite) and not record.is_halted:
        # Why it was on hold is read in its trail; the page of a site that is open would still warn of it.
        record.state_reason = ""
        return facts | {"state_reason": ""}
    return facts


def _columns_of(record: models.Model, facts: dict[str, Any]) -> list[str]:
    """Return the columns that facts are kept in; a date is kept in three."""
    names = {field.name for field in record._meta.concrete_fields}
    dates = [f"{name}_{end}" for name in facts.keys() - names for end in ("earliest", "latest", "text")]
    return sorted(facts.keys() & names) + dates


def _without_places(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in facts.items() if name not in PLACE_COLUMNS}


def _noun(model: type[models.Model]) -> str:
    return str(model._meta.verbose_name)
