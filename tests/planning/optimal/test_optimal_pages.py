"""Optimal plans in the browser: asked, solved by a worker, shown, compared, taken over; refusals at the form."""

import json
from typing import Any

import pytest

from studbook.core.dates import DateInterval
from studbook.core.models import Job, JobChunk
from studbook.planning.models import OptimalPlan
from studbook.planning.optimal.results import result_of
from tests.factories import (
    AssumptionFactory,
    ObservationFactory,
    PlanFactory,
    RecommendationFactory,
    answered,
)
from tests.planning.conftest import SmallBook
from tests.planning.optimal.conftest import body, job_of, question, solve, url


def test_new__is_kept_asked_and_left_in_the_trail(book: SmallBook, ada: Any, signed_in: Any) -> None:
    client = signed_in(ada)
    assert client.get(url("optimal_plan_new")).status_code == 200
    answer = client.post(url("optimal_plan_new"), body())
    plan = OptimalPlan.objects.get()
    assert (answer.status_code, answer.url) == (302, plan.get_absolute_url())
    assert (plan.name, plan.question["litters"], plan.revision, plan.made_by) == ("Two litters", 2, 1, ada)
    assert (job_of(plan).state, job_of(plan).wanted) == (Job.State.QUEUED, 6)
    page = client.get(answer.url).content.decode()
    assert "Waiting for its turn." in page
    assert (
        "It waits for the worker of this site, which is not running. Tell whoever looks after the site"
        in page
    )
    assert "manage.py work" not in page
    assert f"Asked by {ada} on" in page
    assert "Solved" not in page
    assert "make optimal plan" in page


def test_plan__that_waits_tells_the_command_to_an_administrator(
    book: SmallBook, ada: Any, signed_in: Any
) -> None:
    type(ada).objects.filter(pk=ada.pk).update(is_superuser=True)
    client = signed_in(ada)
    client.post(url("optimal_plan_new"), body())
    asked = OptimalPlan.objects.get()
    for page in (asked.get_absolute_url(), url("optimal_plans_compare", query=f"?plan={asked.pk}")):
        assert "python manage.py work" in client.get(page).text


def test_plan__that_is_solved_says_for_whom(solved: OptimalPlan, ada: Any, signed_in: Any) -> None:
    page = signed_in(ada).get(solved.get_absolute_url()).text
    assert "Solved" in page
    assert "Asked by" not in page


def test_plan__shows_pairs_proof_lists_and_costs(solved: OptimalPlan, ada: Any, signed_in: Any) -> None:
    response = signed_in(ada).get(solved.get_absolute_url())
    page, result = response.content.decode(), response.context["result"]
    assert result.plan.litters == 2
    assert {each.key for each in result.plan.pairs} <= {"11 31", "21 31", "11 22", "21 22", "21 12", "11 12"}
    assert result.plan.gene_diversity <= result.bound + 1e-12
    for kept, _ in result.lists:
        assert kept.gene_diversity <= result.plan.gene_diversity + 1e-12
    for words in ("Gene diversity kept", "Beside the lists", "What each limit costs", "Why this pair"):
        assert words in page
    assert result.proof in page


def test_plan__says_when_the_book_has_moved_on(solved: OptimalPlan, olga: Any, signed_in: Any) -> None:
    client = signed_in(olga)
    assert "Solve it again" not in client.get(solved.get_absolute_url()).content.decode()
    solved.programme.revision += 1
    solved.programme.save(update_fields=["revision"])
    assert "from revision 1 to 2. Solve it again." in client.get(solved.get_absolute_url()).content.decode()


def test_plan__of_another_version_asks_to_be_solved_again(
    asked: OptimalPlan, olga: Any, signed_in: Any
) -> None:
    answered(asked).chunks.filter(first=0).update(data=b'{"model": 0}')
    client = signed_in(olga)
    page = client.get(asked.get_absolute_url())
    assert "cannot be read by this version" in page.content.decode()
    assert client.get(url("optimal_plan_csv", asked.pk)).status_code == 400


def test_plan__sets_what_is_chosen_already_beside_the_best(asked: OptimalPlan, book: SmallBook) -> None:
    RecommendationFactory(programme=book.programme, sire=book.brother, dam=book.dam)
    result = result_of(solve(asked))
    assert result is not None
    assert result.own is not None
    assert (result.own.kept.litters, [each.key for each in result.own.kept.pairs]) == (1, ["11 22"])
    assert result.own.best is not None
    assert result.own.words.startswith(("It loses", "It keeps", "The best plan of as many"))


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"litters": "40"}, "litters"),
        ({"litters": "0"}, "litters"),
        ({"litters": "many"}, "litters"),
        ({"name": " "}, "name"),
        ({"required": "11"}, "required"),
        ({"required": "22 × 21"}, "required"),
        ({"forbidden": "21 x 99"}, "forbidden"),
        ({"named": "21: lots"}, "named"),
        ({"named": "99: 1"}, "named"),
        ({"male_first": "9", "male_last": "3"}, "male_last"),
        ({"inbreeding_limit": "nan"}, "inbreeding_limit"),
        ({"price": "-1"}, "price"),
        ({"moves_to": "moon"}, "moves_to"),
        ({"per_male": "0", "per_female": "0"}, "litters"),
    ],
)
def test_new__refuses_at_the_field(
    book: SmallBook, ada: Any, signed_in: Any, told: dict[str, str], field: str
) -> None:
    answer = signed_in(ada).post(url("optimal_plan_new"), body(**told))
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert not OptimalPlan.objects.exists()


def test_new__reads_pairs_and_single_animals(book: SmallBook, ada: Any, signed_in: Any) -> None:
    sent = body(required="21 × 22\r\n", forbidden="11 x 31", named="21: 1\n12 : 0", litters="1")
    assert signed_in(ada).post(url("optimal_plan_new"), sent).status_code == 302
    told = OptimalPlan.objects.get().question
    assert (told["required"], told["forbidden"]) == ([["21", "22"]], [["11", "31"]])
    assert told["named"] == [["21", 1], ["12", 0]]


def test_new__refuses_a_name_that_is_used(asked: OptimalPlan, ada: Any, signed_in: Any) -> None:
    answer = signed_in(ada).post(url("optimal_plan_new"), body(name="two LITTERS"))
    assert "exists already" in str(answer.context["form"].errors["name"])


def test_edit__asks_otherwise_and_solves_again(solved: OptimalPlan, ada: Any, signed_in: Any) -> None:
    client, address = signed_in(ada), url("optimal_plan_edit", solved.pk)
    form = client.get(address).context["form"]
    assert (form.initial["name"], form.initial["litters"]) == ("Two litters", 2)
    assert client.post(address, body(litters="1", opened_version="1")).status_code == 302
    solved.refresh_from_db()
    assert (solved.question["litters"], solved.version) == (1, 2)
    assert Job.objects.filter(about=solved.pk).count() == 2
    assert client.post(address, body(opened_version="1")).status_code == 409


def test_solve__twice_at_once_is_refused(asked: OptimalPlan, ada: Any, signed_in: Any) -> None:
    client, address = signed_in(ada), url("optimal_plan_solve", asked.pk)
    assert client.post(address).status_code == 400
    assert client.post(address, {"opened_version": "2"}).status_code == 409
    assert client.post(address, {"opened_version": "1"}).status_code == 302
    assert client.post(address, {"opened_version": "1"}).status_code == 409
    sent = {"opened_version": job_of(asked).version}
    assert client.post(url("optimal_plan_cancel", asked.pk), sent).status_code == 302
    assert job_of(asked).state == Job.State.CANCELLED
    assert client.post(url("optimal_plan_cancel", asked.pk), sent).status_code == 409


def test_solve__tells_what_stands_in_the_way_now(
    asked: OptimalPlan, book: SmallBook, ada: Any, signed_in: Any
) -> None:
    asked.question = question(required=(("90", "22"),)).to_dict()
    asked.save()
    answer = signed_in(ada).post(url("optimal_plan_solve", asked.pk), {"opened_version": "1"})
    assert (answer.status_code, Job.objects.count()) == (400, 0)
    assert "90 × 22 is no pair" in answer.content.decode()


def test_archive__puts_it_away_and_takes_it_back(solved: OptimalPlan, ada: Any, signed_in: Any) -> None:
    client = signed_in(ada)
    sent = {"opened_version": "1", "reason": "It was a try."}
    assert client.post(url("optimal_plan_archive", solved.pk), sent).status_code == 302
    page = client.get(solved.get_absolute_url()).content.decode()
    assert "This optimal plan is archived" in page
    assert client.post(url("optimal_plan_solve", solved.pk), {"opened_version": "2"}).status_code == 409
    assert client.post(url("optimal_plan_edit", solved.pk), body(opened_version="2")).status_code == 409
    assert client.post(url("optimal_plan_restore", solved.pk), {"opened_version": "2"}).status_code == 302


def test_compare__sets_plans_side_by_side(solved: OptimalPlan, ada: Any, signed_in: Any) -> None:
    client = signed_in(ada)
    client.post(url("optimal_plan_new"), body(name="One litter", litters="1"))
    other = OptimalPlan.objects.get(name="One litter")
    query = f"?plan={solved.pk}&plan={other.pk}"
    page = client.get(url("optimal_plans_compare", query=query)).content.decode()
    assert "One litter</a> is being solved." in page
    Job.objects.filter(about=other.pk).delete()
    solve(other)
    response = client.get(url("optimal_plans_compare", query=query))
    comparison = response.context["comparison"]
    assert [each.letter for each in comparison.shown] == ["A", "B"]
    assert comparison.cautions == [
        "They are of different numbers of litters, so that more young alone makes a difference."
    ]
    assert [label for label, _ in comparison.rows][:2] == ["Gene diversity kept", "Against A"]
    for wrong in ("?plan=0", "?plan=x", "?plan=1&plan=2&plan=3&plan=4", "?plan=" + "9" * 30, "?plan=²"):
        assert client.get(url("optimal_plans_compare", query=wrong)).status_code == 404
    assert client.get(url("optimal_plans_compare")).status_code == 200


def test_files__hold_every_plan_in_full(solved: OptimalPlan, olga: Any, signed_in: Any) -> None:
    client = signed_in(olga)
    lines = b"".join(client.get(url("optimal_plan_csv", solved.pk))).decode().splitlines()
    assert lines[0].startswith("plan,sire,dam,litters,change_in_gd,f_of_young")
    assert {line.split(",")[0] for line in lines[1:]} == {"This plan", "Ranked list", "Dynamic list"}
    assert client.get(url("optimal_plan_xlsx", solved.pk)).content[:2] == b"PK"


def test_files__of_what_is_not_solved_are_refused(asked: OptimalPlan, olga: Any, signed_in: Any) -> None:
    client = signed_in(olga)
    for name in ("optimal_plan_csv", "optimal_plan_xlsx"):
        answer = client.get(url(name, asked.pk))
        assert (answer.status_code, "not solved yet" in answer.content.decode()) == (400, True)


def test_pages__are_read_by_all_and_changed_by_who_plans(
    solved: OptimalPlan, olga: Any, signed_in: Any
) -> None:
    client = signed_in(olga)
    for address in (url("optimal_plans"), solved.get_absolute_url(), url("optimal_plans_compare")):
        page = client.get(address)
        assert page.status_code == 200
        assert b"Recommend the pairs" not in page.content
    assert client.get(url("optimal_plan_new")).status_code == 403
    for name in ("edit", "solve", "cancel", "archive", "restore", "take_over"):
        assert client.post(url(f"optimal_plan_{name}", solved.pk)).status_code == 403


def test_plan__marks_who_is_under_contraception(
    solved: OptimalPlan, book: SmallBook, olga: Any, signed_in: Any
) -> None:
    client = signed_in(olga)
    assert "under contraception" not in client.get(solved.get_absolute_url()).text
    result = result_of(job_of(solved))
    assert result
    ObservationFactory(
        animal=result.plan.pairs[0].dam,
        kind="contraception",
        what="implant",
        date=DateInterval.parse("2020-05-03"),
        expected_return=DateInterval.parse("2150-01-01"),
        quantity=None,
        unit="",
    )
    for page in (solved.get_absolute_url(), url("optimal_plans_compare", query=f"?plan={solved.pk}")):
        assert "under contraception, fertile again 2150-01-01" in client.get(page).text


def test_plan__asks_as_many_queries_for_many_pairs_as_for_few(
    solved: OptimalPlan, olga: Any, signed_in: Any, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(olga)
    chunk = JobChunk.objects.get(job__about=solved.pk, first=0)
    told = json.loads(bytes(chunk.data))
    told["plan"]["rows"] = told["plan"]["rows"] * 20
    chunk.data = json.dumps(told).encode()
    chunk.save()
    with django_assert_max_num_queries(14):
        assert client.get(solved.get_absolute_url()).status_code == 200
    with django_assert_max_num_queries(10):
        client.get(url("optimal_plans"))


def test_new__proposes_what_the_programme_and_its_plan_say(book: SmallBook, ada: Any, signed_in: Any) -> None:
    PlanFactory(programme=book.programme, litters_wanted=9)
    AssumptionFactory(overlay__programme=book.programme, overlay__name="Letters", animal=book.stranger)
    form = signed_in(ada).get(url("optimal_plan_new")).context["form"]
    assert (form.initial["litters"], form.initial["inbreeding_limit"]) == (9, 0.125)
    assert form.initial["male_first"] == 2.11
    assert [label for _, label in form.fields["overlays"].choices] == ["Letters"]
    assert "barred_regions" not in form.fields
