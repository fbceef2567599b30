"""Asking the solver: a question and the book as it stands become a job."""

from typing import Any

from pedigree.errors import PlanError
from pedigree.planning import dynamic_plan, solve_plan
from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.core.models import Job
from studbook.planning.models import OptimalPlan
from studbook.planning.optimal.building import Built, built
from studbook.planning.optimal.keeping import to_bytes
from studbook.planning.optimal.question import Question
from studbook.planning.optimal.words import question_lines
from studbook.planning.optimal.work import KIND, parts_of
from studbook.population.set_beside import ChangedBesideError
from studbook.programmes import jobs
from studbook.programmes.models import Programme


def answerable(programme: Programme, question: Question) -> Built:
    """Return the problem of a question that has an answer; refuses one that has none, in the solver's sentence."""
    found = built(programme, question)
    if question.at_most or sum(dynamic_plan(found.problem)) >= question.litters:
        return found
    # The list came to an end, which proves nothing: only the solver can tell, without a search for the best.
    try:
        solve_plan(found.problem, effort=0)
    except PlanError as refusal:
        raise StudbookError(str(refusal), field="litters") from refusal
    return found


def ask_for(plan: OptimalPlan, *, by: User | None) -> Job:
    """Ask for the answer to the question of an optimal plan, on the book at its present revision."""
    programme = plan.programme
    if plan.is_archived:
        raise ChangedBesideError(f"The optimal plan {plan} is archived. Restore it first, then solve it.")
    programme.refresh_from_db(fields=["revision"])
    question = Question.from_dict(plan.question)
    found = answerable(programme, question)
    asked = jobs.Asked(
        kind=KIND,
        about=plan.pk,
        title=plan.name,
        data=to_bytes(found),
        wanted=parts_of(found.problem),
        chunk=1,
        parameters=_told(plan, question, found),
    )
    (job,) = jobs.ask(programme, [asked], by=by)
    return job


def _told(plan: OptimalPlan, question: Question, found: Built) -> dict[str, Any]:
    return {
        "plan_version": plan.version,
        "lines": [list(each) for each in question_lines(question, found.basis.overlays)],
        "litters": question.litters,
        "young": question.young,
        "use_chance": question.use_chance,
        "overlays": [str(overlay) for overlay in found.basis.overlays],
        "pairs": len(found.candidates),
        "animals": int(found.problem.population.living.sum()),
        "as_of": f"{plan.programme.as_of:%-d %B %Y}",
        "notes": list(found.notes),
    }
