"""The lists of numbers keep views and go into workbooks as the lists of records do."""

from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from tests.factories import SavedViewFactory
from tests.population.conftest import Family


@pytest.mark.parametrize(
    ("name", "query"),
    [("pairs", "order=f_offspring"), ("mean_kinships", "sex=F"), ("founders", "order=-contribution")],
)
def test_list__opens_with_the_view_that_comes_first(
    family: Family, olga: Any, signed_in: Any, name: str, query: str
) -> None:
    url, client = reverse(name, args=["leopards"]), signed_in(olga)
    programme = family.programme
    view = SavedViewFactory(programme=programme, user=olga, page=name, query=query, opens_first=True)
    assert client.get(url).headers["Location"] == f"{url}?{query}&view={view.pk}"
    shown = client.get(url, follow=True)
    assert (shown.status_code, f"{view.name} " in shown.content.decode()) == (200, True)


@pytest.mark.parametrize("name", ["pairs", "founders"])
def test_workbook__holds_what_the_other_file_holds(
    family: Family, olga: Any, signed_in: Any, name: str
) -> None:
    client = signed_in(olga)
    lines = b"".join(client.get(reverse(f"{name}_csv", args=["leopards"])).streaming_content).splitlines()
    answer = client.get(reverse(f"{name}_xlsx", args=["leopards"]))
    sheet = openpyxl.load_workbook(BytesIO(answer.content))[name]
    assert sheet.max_row == len(lines) > 1
    assert ",".join(str(cell.value) for cell in sheet[1]) == lines[0].decode()
