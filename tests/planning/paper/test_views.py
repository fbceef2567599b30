"""The pages of a plan's printed forms."""

from io import BytesIO
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from studbook.accounts.models import User
from studbook.planning.models import PlanVersion
from tests.factories import PlanVersionFactory, ProgrammeFactory
from tests.planning.paper.conftest import Planned

pytestmark = pytest.mark.django_db
FORMS = ("plan_printed", "plan_pdf", "plan_workbook")


def address(name: str, version: PlanVersion, *more: int, code: str = "leopards") -> str:
    return reverse(name, args=[code, version.plan_id, version.number, *more])


def test_page__holds_the_plan_in_order_and_leads_to_its_files(
    version: PlanVersion, olga: User, signed_in: Any
) -> None:
    response = signed_in(olga).get(address("plan_printed", version))
    page = response.text
    assert response.status_code == 200
    places = [
        page.index(f'id="{key}"') for key in ("summary", "population", "pairs", "institutions", "definitions")
    ]
    assert places == sorted(places)
    assert address("plan_pdf", version) in page
    assert "&lt;b&gt;" in page
    assert "<svg" in page
    assert "&lt;svg" not in page


def test_files__are_made_of_the_version(
    version: PlanVersion, olga: User, signed_in: Any, planned: Planned
) -> None:
    client = signed_in(olga)
    pdf = client.get(address("plan_pdf", version))
    assert pdf.headers["Content-Type"] == "application/pdf"
    assert f'filename="leopards-plan-{version.plan_id}-version-1.pdf"' in pdf.headers["Content-Disposition"]
    assert pdf.content.startswith(b"%PDF-")
    assert client.get(address("plan_pdf", version)).content == pdf.content
    excerpt = client.get(address("plan_excerpt", version, planned.book.zoo.pk))
    assert excerpt.content.startswith(b"%PDF-")
    workbook = client.get(address("plan_workbook", version))
    assert "Pairs" in load_workbook(BytesIO(workbook.content)).sheetnames


def test_forms__stand_on_the_pages_of_the_plan_and_its_version(
    version: PlanVersion, olga: User, signed_in: Any
) -> None:
    client = signed_in(olga)
    for page in (version.plan.get_absolute_url(), address("plan_version", version)):
        assert address("plan_printed", version) in client.get(page).text


@pytest.mark.parametrize("name", FORMS)
def test_forms__of_another_programme_s_plan_are_not_there(
    version: PlanVersion, name: str, signed_in: Any, olga: User
) -> None:
    ProgrammeFactory(code="tigers")
    other = PlanVersionFactory(plan__programme__code="lynxes")
    client = signed_in(olga)
    assert client.get(address(name, other)).status_code == 404
    assert client.get(address(name, version, code="tigers")).status_code == 404
    assert client.get(reverse(name, args=["leopards", version.plan_id, 99])).status_code == 404
    assert client.get(reverse(name, args=["leopards", 10**30, 10**30])).status_code == 404
    assert client.get(address("plan_excerpt", version, 10**30)).status_code == 404


@pytest.mark.parametrize("key", [0, 999999])
def test_excerpt__of_an_institution_that_the_version_does_not_name(
    version: PlanVersion, olga: User, signed_in: Any, key: int
) -> None:
    response = signed_in(olga).get(address("plan_excerpt", version, key))
    assert response.status_code == 404
    assert "says nothing of an animal of that institution" in response.text


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("inputs", [b"", b"{}", b"\x1f\x8b\x08\x00"])
def test_forms__of_a_version_that_cannot_be_read(
    planned: Planned, olga: User, signed_in: Any, name: str, inputs: bytes
) -> None:
    version = PlanVersionFactory(plan=planned.plan, inputs=inputs)
    response = signed_in(olga).get(address(name, version))
    assert response.status_code == 409
    assert "cannot be read by this program" in response.text
