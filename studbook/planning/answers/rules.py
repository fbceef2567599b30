"""Which answers are taken, and from whom."""

from studbook.accounts.models import InstitutionRole, User
from studbook.accounts.rights import INSTITUTION, Right, role_rights, standing_of
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.planning.answers.asked import Question
from studbook.planning.models import Answer, Plan, PlanVersion
from studbook.programmes.models import Programme

ANSWERED_IN = (Plan.State.COMMENTS, Plan.State.FINAL)
# A link answers for one institution, so that it takes a role there; what a person is in the programme does not count.
ANSWERING_ROLES = tuple(
    role
    for role, given in role_rights().items()
    if role in InstitutionRole.Role.values and Right.ANSWER in given[INSTITUTION]
)


class NotAskedError(StudbookError):
    """The plan asks the institution nothing about this, or the person may not answer for it."""

    status = 404


class SaysOtherwiseError(StudbookError):
    """The plan says something else of the animal since the page was opened."""

    status = 409

    def __init__(self, question: Question) -> None:
        super().__init__(
            f"What the plan says of {question.animal} was changed since you opened this page, so nothing was saved. "
            "Read it again, then answer."
        )


def is_answered(plan: Plan) -> bool:
    """Tell whether a plan takes answers now."""
    return plan.state in ANSWERED_IN


def refuse_closed_plan(plan: Plan) -> None:
    if plan.state == Plan.State.DRAFT:
        raise StudbookError(f"{plan} is a draft and was not sent yet. It can be answered once it was.")
    if not is_answered(plan):
        raise StudbookError(f"{plan} is {plan.get_state_display()}, so it takes no answers any more.")


def version_asked(plan: Plan) -> PlanVersion:
    """Return the version that an answer of today is to: the newest."""
    newest = plan.versions.order_by("-number").defer("inputs", "figures").first()
    if newest is None:
        raise StudbookError(
            f"{plan} has no version yet that could be answered. Ask the coordinator to send it."
        )
    return newest


def refuse_empty_answer(word: str, reason: str, note: str) -> None:
    """Refuse a refusal without reason, and a proposal that does not say what."""
    if word == Answer.Word.CANNOT and not reason:
        raise StudbookError("Say why it cannot be done: choose a reason.", field="reason")
    if word == Answer.Word.PROPOSE and not note:
        raise StudbookError("Write what the zoo proposes instead.", field="note")
    if word == Answer.Word.CANNOT and reason == Answer.Reason.OTHER and not note:
        raise StudbookError("Write which other reason it is.", field="note")


def refuse_stranger(by: User, programme: Programme, institution: Institution) -> None:
    """Refuse a person who may not answer for an institution; asked under the lock."""
    if not standing_of(by, programme.pk).may_for(Right.ANSWER, institution.pk):
        raise NotAskedError(f"There is nothing here that you may answer for {institution}.")


def answers_for(person: User, programme: Programme, institution: Institution) -> bool:
    """Tell whether a person has a role at an institution that answers for it; one query."""
    if not person.is_active:
        return False
    here = person.institution_roles.filter(institution=institution, role__in=ANSWERING_ROLES)
    return here.filter(institution__participations__programme=programme).exists()
