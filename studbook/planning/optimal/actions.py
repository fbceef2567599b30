"""What a coordinator does with an optimal plan: make it, change it; it is archived and restored like all that is set beside the book."""

from studbook.accounts.models import User
from studbook.accounts.rights import Right
from studbook.core.errors import StudbookError
from studbook.planning.models import OptimalPlan
from studbook.planning.optimal.asking import answerable
from studbook.planning.optimal.question import Question
from studbook.population.set_beside import ChangedBesideError, refuse_empty
from studbook.programmes.changes import changing, columns_of, save_unless_stale
from studbook.programmes.models import Programme

NO_NAME = (
    "An optimal plan needs a name. Write a few words that tell what is asked, as Ten litters, no transfers."
)


def make_optimal_plan(programme: Programme, *, name: str, question: Question, by: User | None) -> OptimalPlan:
    """Keep a question that has an answer under a name; it is not solved yet."""
    answerable(programme, question)
    with changing(programme, "make optimal plan", by=by, right=Right.PLAN, alters_numbers=False) as trail:
        made = OptimalPlan(
            programme=programme,
            name=name.strip(),
            question=question.to_dict(),
            revision=programme.revision,
            made_by=by,
        )
        _refuse_impossible(made)
        made.save()
        trail.created([made])
    return made


def edit_optimal_plan(
    plan: OptimalPlan, *, name: str, question: Question, by: User | None, opened_version: int
) -> OptimalPlan:
    """Ask otherwise under the same name; what was answered stays as it was answered."""
    answerable(plan.programme, question)
    with changing(
        plan.programme, "edit optimal plan", by=by, right=Right.PLAN, alters_numbers=False
    ) as trail:
        plan.refresh_from_db()
        if plan.is_archived:
            raise ChangedBesideError(
                f"The optimal plan {plan} is archived and stays as it is. Restore it first, then change it."
            )
        before = columns_of(plan)
        plan.name, plan.question, plan.revision = name.strip(), question.to_dict(), plan.programme.revision
        _refuse_impossible(plan)
        save_unless_stale(plan, opened_version=opened_version, fields=["name", "question", "revision"])
        trail.changed(plan, before)
    return plan


def _refuse_impossible(plan: OptimalPlan) -> None:
    refuse_empty(plan.name, NO_NAME, field="name")
    others = OptimalPlan.objects.filter(programme=plan.programme_id, name__iexact=plan.name)
    if others.exclude(pk=plan.pk).exists():
        raise StudbookError(
            f"An optimal plan named {plan.name} exists already. Choose another name.", field="name"
        )
