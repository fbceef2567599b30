"""The house keeps itself: what a newcomer adds without its companions makes one of these fail."""

import inspect
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from factory.django import DjangoModelFactory

import pedigree
from tests import factories

ROOT = Path(settings.BASE_DIR)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
DOCS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("studbook.")]
PUBLIC = [name for name in pedigree.__all__ if inspect.isfunction(getattr(pedigree, name))]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_models__have_a_factory_each() -> None:
    made = {
        each._meta.model
        for each in vars(factories).values()
        if inspect.isclass(each) and issubclass(each, DjangoModelFactory) and not each._meta.abstract
    }
    assert [model.__name__ for model in OUR_MODELS if model not in made] == []


@pytest.mark.django_db
@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model.__name__)
def test_factory__makes_a_sound_record(model: type) -> None:
    record = getattr(factories, f"{model.__name__}Factory")()
    record.full_clean()
    assert str(record)


def test_models__have_their_columns_in_the_data_model() -> None:
    text = (ROOT / "docs" / "data-model.md").read_text(encoding="utf-8")
    inherited = {
        "id",
        "password",
        "last_login",
        "is_superuser",
        "username",
        "first_name",
        "last_name",
        "email",
    }
    inherited |= {"is_staff", "is_active", "date_joined", "groups", "user_permissions"}
    missing = [
        f"{model.__name__}.{field.name}"
        for model in OUR_MODELS
        for field in model._meta.concrete_fields
        if field.name not in inherited and not re.search(rf"\b{field.name}\b", text)
    ]
    assert missing == []


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template__begins_with_its_contract(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("{#")
    assert first.endswith("#}")


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template__compiles(path: Path) -> None:
    get_template(path.relative_to(ROOT / "templates").as_posix())


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template__obeys_the_content_security_policy(path: Path) -> None:
    text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"))
    assert (
        re.findall(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)|https?://(?!www\.w3\.org)", text)
        == []
    )


def test_colours__are_named_in_the_tokens_only() -> None:
    sheets = [path for path in (ROOT / "static").rglob("*.css") if path.name != "tokens.css"]
    literal = re.compile(r"#[0-9a-fA-F]{3,8}\b|\brgba?\(|\bhsla?\(")
    print_only = re.compile(r"@media print \{.*?\n\}", re.DOTALL)
    found = {
        relative(path): literal.findall(print_only.sub("", path.read_text(encoding="utf-8")))
        for path in sheets
    }
    assert {name: colours for name, colours in found.items() if colours} == {}


@pytest.mark.parametrize("name", PUBLIC)
def test_public_function__teaches_by_example(name: str) -> None:
    docstring = inspect.getdoc(getattr(pedigree, name)) or ""
    assert "Examples" in docstring
    assert ">>>" in docstring


def test_files__are_no_longer_than_one_reads_in_a_sitting() -> None:
    sources = [
        path
        for folder in ("pedigree", "studbook", "scripts", "fixtures", "tests")
        for path in (ROOT / folder).rglob("*.py")
        if "migrations" not in path.parts
    ]
    too_long = {
        relative(path): lines for path in sources if (lines := len(path.read_text().splitlines())) > 320
    }
    assert too_long == {}


def test_commands_that_cron_runs__are_in_the_table_of_a_shared_installation() -> None:
    commands = (ROOT / "studbook").glob("*/management/commands/*.py")
    run_by_cron = [each.stem for each in commands if "run it once a" in each.read_text(encoding="utf-8")]
    table = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    assert "remind_pregnancies" in run_by_cron
    assert [each for each in run_by_cron if f"| `manage.py {each}" not in table] == []


@pytest.mark.parametrize("page", DOCS, ids=relative)
def test_docs__link_only_to_what_is_there(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8"))
    ours = [target for target in targets if "://" not in target]
    assert [target for target in ours if not (page.parent / target).exists()] == []
