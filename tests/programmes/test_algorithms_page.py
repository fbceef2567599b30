"""How the numbers are made: every page of the documentation, and every link on it."""

import re
from posixpath import normpath

from django.test import Client
from django.urls import reverse

from studbook.accounts.models import User
from studbook.programmes.algorithms import PAGES, contents


def test_algorithms__lead_to_every_page_and_every_link_leads_on(cy: User, client: Client) -> None:
    client.force_login(cy)
    listed = re.findall(r'href="(/how/[\w-]+/)"', client.get(reverse("algorithms")).text)
    assert "/how/mean-kinship/" in listed
    for url in listed:
        article = re.search(r"<article.*</article>", client.get(url).text, re.DOTALL)
        assert article is not None, url
        for link in re.findall(r'href="([^"#]+)"', article[0]):
            assert client.get(normpath(f"{url}{link}") + "/").status_code == 200, (url, link)


def test_algorithm__that_is_not_there_is_not_found(cy: User, client: Client) -> None:
    client.force_login(cy)
    assert client.get(reverse("algorithm", args=["no-such-number"])).status_code == 404


def test_algorithms__list_every_page_once_with_its_question() -> None:
    listed = [page for subject in contents() for page in subject.pages]
    assert sorted(page.slug for page in listed) == sorted(page.stem for page in PAGES.glob("*.md"))
    assert [page.slug for page in listed if not page.question] == []
