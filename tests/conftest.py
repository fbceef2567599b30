"""The cast, and what every test stands on.

Ada coordinates the programme, Olga observes it; Bo keeps animals at the zoo, Rita is its registrar and Remy its
representative; Cy is a stranger without any role.
"""

import importlib
import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project_settings
from django.core.cache import cache
from django.db import connection
from django.middleware import csrf
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as random_settings

from studbook.accounts.models import InstitutionRole, ProgrammeRole, User
from studbook.core.guards import guards_lifted
from studbook.institutions.models import Institution
from studbook.programmes.models import Programme
from tests import factories

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def pytest_configure(config: pytest.Config) -> None:
    """Give the settings what a deployment gives through its environment, and what makes tests quick."""
    project_settings.SECRET_KEY = "only-for-tests-and-known-to-everybody"
    project_settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    project_settings.SECURE_SSL_REDIRECT = False
    project_settings.SESSION_COOKIE_SECURE = False
    project_settings.CSRF_COOKIE_SECURE = False
    # Without it WhiteNoise reads every static file for each test client, and warns where none were collected.
    project_settings.WHITENOISE_AUTOREFRESH = True
    project_settings.MEDIA_ROOT = tempfile.mkdtemp(prefix="studbook-files-")
    # Forms hold random tokens. Of these letters none makes a number or a word that a page is said not to hold.
    csrf.CSRF_ALLOWED_CHARS = "QXZJ"
    # Random data take as long as the machine is busy; no claim here is about time.
    random_settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    random_settings.load_profile("house")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take away the photos and documents that tests kept."""
    shutil.rmtree(project_settings.MEDIA_ROOT, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what takes minutes, unless the run was asked for it: `make races`."""
    lengthy = (
        [] if os.environ.get("AT_LENGTH") else [each for each in items if each.get_closest_marker("lengthy")]
    )
    left_out = set(map(id, lengthy))
    items[:] = [each for each in items if id(each) not in left_out]
    if lengthy:
        config.hook.pytest_deselected(items=lengthy)


def _empty_without_guards(test_case: TransactionTestCase) -> None:
    # Django empties the tables after such a test; the guards would refuse that for the animals and the trail.
    with guards_lifted(connection):
        _django_teardown(test_case)


_django_teardown = TransactionTestCase._fixture_teardown
TransactionTestCase._fixture_teardown = _empty_without_guards


@pytest.fixture(autouse=True)
def _fresh_caches() -> None:
    cache.clear()
    if importlib.util.find_spec("studbook.population.analysis"):
        importlib.import_module("studbook.population.analysis").clear_cache()


@pytest.fixture
def shared_folder() -> Path:
    """Return the folder of real sample files beside the project; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real samples (../shared) is not beside the project")
    return SHARED


@pytest.fixture
def condor_folder(shared_folder: Path) -> Path:
    """Return the folder of the real condor pair."""
    return shared_folder / "samples" / "condor_sparks"


@pytest.fixture
def programme(db: None) -> Programme:
    made: Programme = factories.ProgrammeFactory(code="leopards", name="Leopards")
    return made


@pytest.fixture
def zoo(programme: Programme) -> Institution:
    """Return a zoo that takes part in the programme."""
    made: Institution = factories.InstitutionFactory(mnemonic="ZOOA", name="Zoo A")
    factories.ParticipationFactory(programme=programme, institution=made)
    return made


@pytest.fixture
def ada(programme: Programme) -> User:
    return _person("ada", programme, ProgrammeRole.Role.COORDINATOR)


@pytest.fixture
def olga(programme: Programme) -> User:
    return _person("olga", programme, ProgrammeRole.Role.OBSERVER)


@pytest.fixture
def bo(zoo: Institution) -> User:
    return _person("bo", zoo, InstitutionRole.Role.KEEPER)


@pytest.fixture
def rita(zoo: Institution) -> User:
    return _person("rita", zoo, InstitutionRole.Role.REGISTRAR)


@pytest.fixture
def remy(zoo: Institution) -> User:
    return _person("remy", zoo, InstitutionRole.Role.REPRESENTATIVE)


@pytest.fixture
def cy(db: None) -> User:
    made: User = factories.UserFactory(username="cy")
    return made


def _person(name: str, place: Programme | Institution, role: str) -> User:
    person: User = factories.UserFactory(username=name)
    if isinstance(place, Programme):
        factories.ProgrammeRoleFactory(user=person, programme=place, role=role)
    else:
        factories.InstitutionRoleFactory(user=person, institution=place, role=role)
    return person


@pytest.fixture
def signed_in(client: Any) -> Iterator[Any]:
    """Return a function that gives the test client with a person signed in."""

    def enter(person: User) -> Any:
        client.force_login(person)
        return client

    return enter
