"""Every readable route with every parameter any of them knows, filled with what nobody should send."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client

from studbook.accounts.models import User
from studbook.animals.filters import AnimalFilter
from studbook.animals.journal.forms import JournalForm
from studbook.institutions.filters import InstitutionFilter
from studbook.planning.chances.forms import GainFilterForm
from studbook.planning.outcomes.forms import OutcomeFilterForm
from studbook.population.baskets.dynamic_forms import DynamicForm
from studbook.population.demography.forms import OverviewForm, TableForm
from studbook.population.demography.goals.forms import GoalForm
from studbook.population.demography.members import MemberForm
from studbook.population.genetics.founder_forms import FounderForm
from studbook.population.genetics.history_forms import HistoryForm
from studbook.population.genetics.kinship_map_forms import KinshipMapForm
from studbook.population.genetics.means_forms import MeanFilterForm
from studbook.population.genetics.parent_forms import ParentForm
from studbook.population.pair_forms import PairFilterForm
from studbook.population.problem_forms import ProblemFilterForm
from studbook.population.suitability.matrix_forms import PairMatrixForm
from studbook.reproduction.pairings.filters import PairingFilterForm
from studbook.reproduction.pregnancies.filters import PregnancyFilterForm
from studbook.reproduction.procedures.filters import ProcedureFilterForm
from studbook.reproduction.status.filters import StatusFilterForm
from studbook.transfers.filters import TransferFilterForm
from studbook.wild.candidate_forms import CandidatesForm
from studbook.wild.forms import WildFilterForm
from tests import factories
from tests.hostile.names import NAMES
from tests.hostile.payloads import PAYLOADS
from tests.house.routes import Route, all_routes

PARAMETERS = sorted(
    {*AnimalFilter.base_filters, *InstitutionFilter.base_filters}
    | {*PairFilterForm.base_fields, *PairMatrixForm.base_fields, *ProblemFilterForm.base_fields}
    | {*GainFilterForm.base_fields}
    | {*JournalForm.base_fields, "columns", "view", "numbers"}
    | {"order", "page", "format", "lang", "version", "next"}
    | {*TransferFilterForm.base_fields, "to", "terms", "counterpart", "replaces", "permit"}
    | {"animal", "role", "parent", "other", "founder"}
    | {*FounderForm.base_fields, *HistoryForm.base_fields, *KinshipMapForm.base_fields}
    | {*MeanFilterForm.base_fields, *ParentForm.base_fields}
    | {*OverviewForm.base_fields, *TableForm.base_fields, *MemberForm.base_fields, *GoalForm.base_fields}
    | {"scenario", "year", "plan", "from"}
    | {*DynamicForm.base_fields}
    | {*OutcomeFilterForm.base_fields}
    | {*PairingFilterForm.base_fields, "sire", "dam"}
    | {*PregnancyFilterForm.base_fields, "mating", "insemination", "sire"}
    | {*ProcedureFilterForm.base_fields}
    | {*WildFilterForm.base_fields, *CandidatesForm.base_fields}
    | {*StatusFilterForm.base_fields}
)
READABLE = [route for route in all_routes() if route.readable and route.name != "account_logout"]
LAST = date(2024, 12, 31)
KIND = {200, 302, 400, 404}


@pytest.fixture
def first_keys(db: None) -> None:
    """Leave the first keys of every table to those who give them; an empty PostgreSQL gives them to the next row."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, greatest(last_value, 100)) "
                "FROM pg_sequences WHERE schemaname = current_schema()"
            )


@pytest.fixture
def window(first_keys: None, ada: User) -> Client:
    """Return the window of a coordinator who looks after the site too, on a book with a pair in it."""
    ada.is_superuser = True
    ada.save()
    programme = ada.programme_roles.get().programme
    zoo = factories.ParticipationFactory(programme=programme).institution
    sire = factories.animal_at(zoo, programme=programme, studbook_number="1", sex="M")
    dam = factories.animal_at(zoo, programme=programme, studbook_number="2", sex="F")
    factories.AssumptionFactory(pk=1, overlay__pk=1, overlay__programme=programme, animal=dam)
    factories.LineageFactory(pk=1, programme=programme)
    factories.RateSetFactory(pk=1, programme=programme)
    factories.ScenarioFactory(pk=1, programme=programme)
    factories.BasketStepFactory(pk=1, basket__pk=1, basket__programme=programme, animal=dam)
    factories.JobFactory(pk=1, programme=programme, kind="projection", about=1)
    factories.answered(factories.OptimalPlanFactory(pk=1, programme=programme))
    plan = factories.PlanFactory(pk=1, programme=programme, state="final", published_on=LAST)
    factories.PlanAnimalFactory(pk=1, plan=plan, animal=dam)
    factories.frozen_version(plan, pk=1)
    factories.TransferAnimalFactory(transfer__pk=1, transfer__programme=programme, animal=dam)
    bred = {"programme": programme, "institution": zoo, "sire": sire, "dam": dam}
    factories.MatingFactory(pk=1, **bred, pairing=factories.PairingFactory(pk=1, **bred))
    factories.ExaminationFactory(
        procedure__pk=1, procedure__programme=programme, procedure__institution=zoo, procedure__animal=dam
    )
    factories.PregnancyFactory(pk=1, programme=programme, dam=dam, institution=zoo)
    old = factories.PlanFactory(pk=2, programme=programme, state="closed", published_on=LAST, closed_on=LAST)
    factories.SurveyCountFactory(pk=1, programme=programme)
    factories.CameraRecordFactory(pk=1, programme=programme)
    site = factories.ReleaseSiteFactory(pk=1, programme=programme)
    factories.ReleaseAnimalFactory(release__pk=1, release__site=site, animal=dam)
    factories.RecommendationFactory(pk=1, programme=programme, plan=old, dam=dam)
    client = Client(raise_request_exception=False)
    client.force_login(ada)
    return client


def escaped(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def addresses(route: Route, payload: str) -> Iterator[str]:
    """Yield the route with the payload as every parameter, then with the payload for each name in its path."""
    yield route.filled(NAMES) + "?" + "&".join(f"{name}={escaped(payload)}" for name in PARAMETERS)
    # By themselves, since an overlay that is not there is answered before anything else is read.
    if "genetics" in route.path:
        yield route.filled(NAMES) + f"?overlay={escaped(payload)}&beside={escaped(payload)}"
    for name in route.names:
        yield route.filled(NAMES | {name: escaped(payload)})


@pytest.mark.parametrize("payload", PAYLOADS, ids=ascii)
def test_route__answers_kindly_whatever_is_asked(window: Client, payload: str) -> None:
    answers = {url: window.get(url) for route in READABLE for url in addresses(route, payload)}
    assert {url: each.status_code for url, each in answers.items() if each.status_code not in KIND} == {}
    pages = {url: b"".join(each) for url, each in answers.items()}
    assert [url for url, page in pages.items() if b"<script>alert" in page or b"<img src=x" in page] == []


@pytest.mark.parametrize(
    "name",
    [
        "animals",
        "institutions",
        "journal",
        "pairs",
        "plans",
        "chances/pairs",
        "quality",
        "reproduction/pairs",
        "reproduction/procedures",
        "reproduction/pregnancies",
        "reproduction/status",
    ],
)
@pytest.mark.parametrize("page", ["-1", "0", "999999", "abc", "1.5", "1e3", "٣"])
def test_list__shows_a_page_for_any_number_of_page(window: Client, name: str, page: str) -> None:
    assert window.get(f"/programmes/leopards/{name}/", {"page": page}).status_code == 200


@pytest.mark.parametrize("route", [each for each in all_routes() if each.is_deed], ids=lambda r: r.name)
def test_deed__is_refused_kindly_whatever_the_form_says(window: Client, route: Route) -> None:
    sound = NAMES | {"dam_number": "1", "person": "999999"}
    for payload in PAYLOADS:
        body = "&".join(f"{name}={escaped(payload)}" for name in ("reason", "opened_version"))
        answer = window.post(route.filled(sound), body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in {400, 404, 409}, (payload, answer.status_code)
