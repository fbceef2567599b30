"""Which tab is marked on which page."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse


@pytest.mark.parametrize(
    ("below", "mark"), [("", ' aria-current="page"'), ("7/", ' aria-current="true"'), ("../goals/", "")]
)
def test_tab_link__is_marked_on_its_page_and_on_those_below(
    rf: RequestFactory, below: str, mark: str
) -> None:
    url = reverse("projections", args=["leopards"])
    request = rf.get(url.replace("projections", "goals") if below.startswith("..") else url + below)
    tab = Template(
        "{% load studbook %}{% tab_link 'projections' 'Projections' 'leopards' '' has_pages=True %}"
    )
    assert tab.render(Context({"request": request})) == f'<a href="{url}"{mark}>Projections</a>'
