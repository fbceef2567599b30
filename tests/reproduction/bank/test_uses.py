"""What a sample of each kind is good for: which procedures take it, and where no sperm moves."""

from typing import Any

import pytest

from studbook.accounts.models import User
from studbook.core.errors import StudbookError
from studbook.institutions.models import Institution
from studbook.reproduction.bank import stepping
from studbook.reproduction.bank.rules import procedures_using
from studbook.reproduction.models import GameteWork, Procedure, Sample
from tests import factories
from tests.reproduction.bank.conftest import LATER, procedure_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("what", "fitting"),
    [
        ("oocytes", {"oocytes"}),
        ("embryos", {"semen", "oocytes"}),
        ("transfer", {"embryos"}),
        ("other", {"oocytes", "embryos"}),
    ],
)
def test_use__in_work_on_oocytes_and_embryos_is_of_what_the_work_takes(
    what: str, fitting: set[str], bo: User, zoo: Institution, sample: Sample
) -> None:
    dam = factories.animal_at(zoo, programme=sample.programme, studbook_number="14", sex="F")
    made = procedure_of(dam, zoo, Procedure.Kind.GAMETES)
    GameteWork.objects.create(procedure=made, what=what)
    told = {"programme": sample.programme, "donor": dam, "institution": zoo}
    others = [
        factories.SampleFactory(kind=kind, label=kind, **told) for kind in ("oocytes", "embryos", "blood")
    ]
    for each in (sample, *others):
        assert (made in procedures_using(each)) == (each.kind in fitting)
        if each.kind in fitting:
            stepping.use_sample(each, procedure=made, units=1, by=bo)
            continue
        with pytest.raises(StudbookError, match="which takes none"):
            stepping.use_sample(each, procedure=made, units=1, by=bo)


def test_thaw__finds_no_motility_where_there_is_no_sperm(bo: User, sample: Sample) -> None:
    Sample.objects.filter(pk=sample.pk).update(kind="blood")
    with pytest.raises(StudbookError, match="This sample is blood or DNA, in which no sperm moves"):
        stepping.thaw_sample(
            Sample.objects.whole().get(pk=sample.pk), units=1, on=LATER, by=bo, motile_percent=35
        )
    assert stepping.thaw_sample(Sample.objects.whole().get(pk=sample.pk), units=1, on=LATER, by=bo).units == 5


def test_page__offers_the_procedures_that_fit(
    bo: User, zoo: Institution, sample: Sample, insemination: Procedure, signed_in: Any
) -> None:
    transfer = procedure_of(insemination.animal, zoo, Procedure.Kind.GAMETES)
    GameteWork.objects.create(procedure=transfer, what="transfer")
    browser, url = signed_in(bo), sample.get_absolute_url()

    def forms() -> dict[str, Any]:
        return {each.step.key: each.form for each in browser.get(url).context["offers"]}

    assert [key for key, _ in forms()["use"].fields["procedure"].choices] == ["", insemination.pk]
    assert "motile_percent" in forms()["thaw"].fields
    answer = browser.post(f"{url}use/", {"procedure": transfer.pk, "units": 1})
    assert answer.status_code == 400
    assert "is about embryos transferred, which takes none" in answer.text
    Sample.objects.update(kind="blood")
    assert "use" not in forms()
    assert "motile_percent" not in forms()["thaw"].fields
