"""What the form of a new optimal plan proposes: the programme's own limits."""

from studbook.animals.models import Animal
from studbook.planning.optimal.question import Question
from studbook.planning.plans.targets import open_plan
from studbook.population.breeders import limits_of
from studbook.programmes.models import Programme

USUAL_LITTERS = 5


def proposed(programme: Programme) -> Question:
    """Return a question within the programme's limits, of as many litters as the open plan wants; one query."""
    plan = open_plan(programme)
    males, females = (limits_of(programme, sex) for sex in (Animal.Sex.MALE, Animal.Sex.FEMALE))
    return Question(
        litters=(plan.litters_wanted if plan and plan.litters_wanted else USUAL_LITTERS),
        inbreeding_limit=programme.offspring_inbreeding_limit,
        male_first=_rounded(males.first),
        male_last=males.last,
        female_first=_rounded(females.first),
        female_last=females.last,
    )


def _rounded(years: float | None) -> float | None:
    # Read and written by people; a day more or less decides nothing here.
    return None if years is None else round(years, 2)
