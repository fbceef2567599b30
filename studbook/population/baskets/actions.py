"""What a coordinator does with a basket: make, rename, copy; it is archived and restored like all that is set beside the book."""

from collections.abc import Sequence
from typing import TypeVar

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.population.baskets.drafts import StepDraft
from studbook.population.baskets.engine import steps_of
from studbook.population.baskets.stepping import add_steps, append
from studbook.population.models import Basket, BasketKinship, BasketNewcomer, BasketStep
from studbook.population.models.basket import EACH_PARTY
from studbook.population.set_beside import refuse_archived, refuse_empty, refuse_used_name
from studbook.programmes.changes import Trail, changing, columns_of, save_unless_stale
from studbook.programmes.models import Programme

NO_NAME = "A basket needs a name. Write a few words that tell what is tried, as Import two females."
Part = TypeVar("Part", BasketNewcomer, BasketKinship)


def make_basket(
    programme: Programme, *, name: str, note: str = "", by: User | None, drafts: Sequence[StepDraft] = ()
) -> Basket:
    """Make a basket, empty or with its first steps."""
    basket = Basket(programme=programme, name=name.strip(), note=note.strip(), made_by=by)
    refuse_empty(basket.name, NO_NAME, field="name")
    with changing(
        programme, "make basket", by=by, right=Right.PLAN, reason=basket.note, alters_numbers=False
    ) as trail:
        refuse_used_name(basket)
        basket.save()
        trail.created([basket])
        if drafts:
            append(basket, drafts, trail)
    return basket


def edit_basket(basket: Basket, *, name: str, note: str, by: User | None, opened_version: int) -> None:
    """Give a basket another name or note."""
    name, note = name.strip(), note.strip()
    with changing(
        basket.programme, "edit basket", by=by, right=Right.PLAN, reason=note, alters_numbers=False
    ) as trail:
        basket.refresh_from_db()
        refuse_archived(basket)
        before = columns_of(basket)
        basket.name, basket.note = name, note
        refuse_empty(basket.name, NO_NAME, field="name")
        refuse_used_name(basket)
        save_unless_stale(basket, opened_version=opened_version, fields=["name", "note"])
        trail.changed(basket, before)


def copy_basket(basket: Basket, *, name: str, by: User | None) -> Basket:
    """Make another basket of the same steps, to be changed apart."""
    made = Basket(programme=basket.programme, name=name.strip(), note=basket.note, made_by=by)
    refuse_empty(made.name, NO_NAME, field="name")
    with changing(
        basket.programme, "copy basket", by=by, right=Right.PLAN, reason=made.note, alters_numbers=False
    ) as trail:
        refuse_used_name(made)
        made.save()
        trail.created([made])
        _copy_steps(basket, made, trail)
    return made


def put_into(
    programme: Programme,
    *,
    target: Basket | None,
    name: str = "",
    drafts: Sequence[StepDraft],
    by: User | None,
) -> Basket:
    """Add steps to a basket whatever it holds by now, or make a new one of them; return it."""
    if target is None:
        return make_basket(programme, name=name, by=by, drafts=drafts)
    add_steps(target, drafts, by=by)
    return target


def _copy_steps(basket: Basket, made: Basket, trail: Trail) -> None:
    newcomers: dict[int, BasketNewcomer] = {}
    for step in steps_of(basket):
        copied = BasketStep(basket=made, place=step.place, kind=step.kind)
        for role in EACH_PARTY:
            setattr(copied, role, getattr(step, role))
            setattr(copied, f"{role}_newcomer", _followed(getattr(step, f"{role}_newcomer"), newcomers))
        copied.save()
        trail.created([copied])
        for each in step.newcomers.all():
            newcomers[each.pk] = BasketNewcomer(step=copied, label=each.label, sex=each.sex)
            _save(newcomers[each.pk], trail)
        for kin in step.kinships.all():
            other = _followed(kin.newcomer, newcomers)
            _save(BasketKinship(step=copied, animal=kin.animal, newcomer=other, kinship=kin.kinship), trail)


def _followed(newcomer: BasketNewcomer | None, newcomers: dict[int, BasketNewcomer]) -> BasketNewcomer | None:
    return newcomers[newcomer.pk] if newcomer is not None else None


def _save(part: Part, trail: Trail) -> None:
    part.save()
    trail.created([part])
