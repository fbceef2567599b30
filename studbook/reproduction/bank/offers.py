"""The steps that a person can take of a sample now, each with its form."""

from dataclasses import dataclass

from studbook.accounts.rights import Right, Standing
from studbook.reproduction.bank.rights import may_on_sample
from studbook.reproduction.bank.step_forms import STEPS, SampleStepForm, Step
from studbook.reproduction.models import Sample


@dataclass(frozen=True, slots=True)
class Offer:
    """A step and its form; open where the form was sent and something is to be told in it."""

    step: Step
    form: SampleStepForm
    open: bool


def offers_of(
    sample: Sample, standing: Standing, *, bound: tuple[str, SampleStepForm] | None = None
) -> list[Offer]:
    """Return the steps offered to a person; none of a sample that was struck out, or is not theirs."""
    if sample.is_struck or not may_on_sample(standing, Right.LOG, sample):
        return []
    key, form = bound or ("", None)
    return [
        Offer(
            each,
            form if form and key == each.key else each.form(sample=sample, standing=standing),
            key == each.key,
        )
        for each in STEPS.values()
        if each.offered(sample, standing)
    ]
