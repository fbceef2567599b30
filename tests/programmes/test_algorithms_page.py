"""How the numbers are made: every page of the documentation, and every link on it."""

import re
from posixpath import normpath

from django.test import Client
from django.urls import reverse

from studbook.accounts.models import User


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
