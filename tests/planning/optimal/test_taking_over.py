"""Taking pairs of an optimal plan over as recommendations."""

from typing import Any

from studbook.core.jobs.worker import Worker
from studbook.planning.models import OptimalPlan, Recommendation
from studbook.planning.optimal.results import result_of
from studbook.planning.optimal.taking import reason_for
from tests.factories import RecommendationFactory, SampleFactory
from tests.planning.conftest import SmallBook
from tests.planning.optimal.conftest import body, job_of, url


def test_take_over__recommends_the_pairs_ticked_with_their_numbers(
    solved: OptimalPlan, book: SmallBook, ada: Any, signed_in: Any
) -> None:
    result = result_of(job_of(solved))
    assert result is not None
    first, second = result.plan.pairs
    RecommendationFactory(programme=book.programme, sire=second.sire, dam=second.dam)
    client = signed_in(ada)
    answer = client.post(
        url("optimal_plan_take_over", solved.pk), {"pair": [first.key, second.key]}, follow=True
    )
    made = Recommendation.objects.get(sire=first.sire, dam=first.dam)
    assert made.reason == reason_for(solved, first)
    assert made.reason.startswith("Part of the optimal plan Two litters: ")
    assert made.method == Recommendation.Method.NATURAL
    assert Recommendation.objects.filter(sire=second.sire, dam=second.dam).count() == 1
    page = answer.content.decode()
    assert f"Recommended now: {made}." in page
    assert "Left out, since recommended already" in page


def test_take_over__is_of_all_pairs_or_none(
    solved: OptimalPlan, book: SmallBook, ada: Any, signed_in: Any
) -> None:
    result = result_of(job_of(solved))
    assert result is not None
    client, address = signed_in(ada), url("optimal_plan_take_over", solved.pk)
    for sent in ([], ["99 98"], [result.plan.pairs[0].key, "<script>"]):
        assert client.post(address, {"pair": sent}).status_code == 400
    dam = result.plan.pairs[1].dam
    assert dam is not None
    book.programme.animals.filter(pk=dam.pk).update(sex="U")
    assert client.post(address, {"pair": [each.key for each in result.plan.pairs]}).status_code == 400
    assert not Recommendation.objects.exists()


def test_plan__with_the_bank_marks_its_sires_and_takes_them_over_as_banked(
    book: SmallBook, ada: Any, signed_in: Any
) -> None:
    donor = book.programme.animals.get(studbook_number="1")
    SampleFactory(programme=book.programme, donor=donor, institution=book.zoo, units_stored=1)
    client = signed_in(ada)
    asked = {"bank": "use", "inbreeding_limit": "", "per_male": "2", "spaces": False, "adult_pairs": False}
    client.post(url("optimal_plan_new"), body(**asked))
    plan = OptimalPlan.objects.get()
    Worker().run(once=True)
    response = client.get(plan.get_absolute_url())
    result, page = response.context["result"], response.content.decode()
    banked = [each for each in result.plan.pairs if each.doses]
    assert [(each.told["sire"], each.told["litters"]) for each in banked] == [("1", 1)]
    assert "banked: 1 dose" in page
    assert "his semen is sent there" in page
    assert "doses of 1 in store: 1" in page
    client.post(url("optimal_plan_take_over", plan.pk), {"pair": [banked[0].key]})
    made = Recommendation.objects.get()
    assert (made.method, made.sire.studbook_number) == (Recommendation.Method.BANKED, "1")
    assert "By banked semen of his, of which 1 dose is in store." in made.reason
