"""Two records said to be two animals."""

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.animals.keeping import keeping
from studbook.animals.models import Animal, NotSame
from studbook.core.errors import StudbookError


def say_not_same(one: Animal, other: Animal, *, by: User, reason: str = "") -> NotSame:
    """Remember that two records are of two animals, so that they are not suggested again."""
    if one.pk == other.pk or one.programme_id != other.programme_id:
        raise StudbookError(f"{one} and {other} are not two records of one book. Choose two that are.")
    first, second = sorted((one, other), key=lambda each: each.pk)
    with keeping(
        one.programme,
        "say not the same",
        by=by,
        right=Right.CORRECT,
        about=[one, other],
        reason=reason.strip(),
    ) as trail:
        said, is_new = NotSame.objects.get_or_create(
            one=first, other=second, defaults={"programme": one.programme, "by": by, "reason": reason.strip()}
        )
        if not is_new:
            raise StudbookError(
                f"{one} and {other} are said to be two animals already. Nothing is left to do."
            )
        trail.created([said])
    return said
