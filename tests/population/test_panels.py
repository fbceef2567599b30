import subprocess
import sys
from typing import Any

from django.conf import settings

from studbook.animals.models import Animal, ParentKind
from tests.factories import AnimalFactory, animal_at
from tests.population.conftest import Family


def page(browser: Any, number: object) -> str:
    answer = browser.get(f"/programmes/leopards/animals/{number}/")
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_animal_panel__shows_figures_rank_and_best_mates(family: Family, olga: Any, signed_in: Any) -> None:
    text = page(signed_in(olga), 5)
    assert f"{1.125 / 6:.4f}" in text
    assert "of 3 living males, the rarest genes first" in text
    assert "/programmes/leopards/pairs/5/8/" in text
    assert text.index("/pairs/5/8/") < text.index("/pairs/5/6/")


def test_mates_panel__stands_after_the_pedigree_and_the_genetics(
    family: Family, olga: Any, signed_in: Any
) -> None:
    text = page(signed_in(olga), 5)
    places = [
        text.index(f'<h2 id="{part}">') for part in ("identity", "pedigree", "genetics", "mates", "offspring")
    ]
    assert places == sorted(places)


def test_animal_panel__a_dead_animal_has_only_its_own_figures(
    family: Family, olga: Any, signed_in: Any
) -> None:
    text = page(signed_in(olga), 1)
    assert "This animal is dead: it has no mean kinship among the living, no rank and no mates." in text
    assert "Best mates" not in text


def test_animal_panel__unknown_sex_has_a_mean_kinship_and_no_mates(
    family: Family, olga: Any, signed_in: Any
) -> None:
    animal_at(family.zoo, programme=family.programme, studbook_number="20", sex="U")
    text = page(signed_in(olga), 20)
    assert "of 1 living of unknown sex" in text
    assert "Its sex is not known, so no mates can be ranked." in text


def test_animal_panel__a_loop_shows_its_sentence(family: Family, olga: Any, signed_in: Any) -> None:
    Animal.objects.filter(studbook_number="1").update(sire=family[9], sire_kind=ParentKind.KNOWN)
    assert "Ancestry loop" in page(signed_in(olga), 5)


def test_animal_panel__leads_to_the_problems_of_the_animal(family: Family, olga: Any, signed_in: Any) -> None:
    AnimalFactory(programme=family.programme, studbook_number="66")
    assert "/programmes/leopards/quality/?animal=66" in page(signed_in(olga), 66)


def test_institution_panel__ranks_what_it_holds(family: Family, olga: Any, signed_in: Any) -> None:
    text = signed_in(olga).get(f"/programmes/leopards/institutions/{family.kazan.pk}/").content.decode()
    panel = text[text.index("Genetics of its living animals") :]
    assert panel.index("Cat 6") < panel.index("Cat 10")


def test_urls__are_imported_without_the_heavy_parts() -> None:
    script = (
        "import os, sys, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'studbook.settings'; django.setup(); "
        "import studbook.population.urls; print(sorted({'scipy', 'numba', 'typst'} & sys.modules.keys()))"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=settings.BASE_DIR, env={"SECRET_KEY": "only-for-tests"})  # fmt: skip
    assert answer.stdout.strip() == "[]", answer.stderr
