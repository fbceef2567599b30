"""What every test of a rule at a door stands on."""

from pathlib import Path

import pytest
from django.test import Client

from studbook.accounts.models import ProgrammeRole, User
from studbook.programmes.models import Programme
from tests import factories
from tests.rules.doors import build
from tests.rules.world import CODE, World


class Stage:
    """A book in the database with its coordinator signed in; the folders lie in a place of their own."""

    def __init__(self, client: Client, folder: Path) -> None:
        self.client, self.folder = client, folder

    def set(self, world: World) -> Programme:
        build(world, self.folder)
        programme: Programme = Programme.objects.get(code=CODE)
        self.ada: User = factories.UserFactory(username="ada")
        role = ProgrammeRole.Role.COORDINATOR
        factories.ProgrammeRoleFactory(user=self.ada, programme=programme, role=role)
        self.client.force_login(self.ada)
        return programme


@pytest.fixture
def stage(db: None, client: Client, tmp_path: Path) -> Stage:
    return Stage(client, tmp_path)
