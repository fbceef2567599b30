"""The real condor book: the figures a published run gives, and a list of problems that a person can work through."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from studbook.population.analysis import analysis_of
from studbook.population.dashboard import dashboard_of
from studbook.population.quality import problems_of
from studbook.programmes.models import Programme


@pytest.mark.slow
@pytest.mark.django_db
def test_condor__gives_the_published_figures_and_few_false_alarms(condor_folder: Path) -> None:
    call_command(
        "import_studbook",
        "--format",
        "sparks",
        "--programme",
        "condor",
        "--with-faults",
        str(condor_folder),
        stdout=StringIO(),
    )
    programme = Programme.objects.get(code="condor")
    summary = analysis_of(programme).summary
    assert summary is not None
    assert (summary.living, summary.founders) == (202, 14)
    assert f"{summary.mean_kinship:.6f} {summary.founder_genome_equivalents:.4f}" == "0.056304 8.8804"
    dashboard = dashboard_of(programme)
    assert dashboard.census.total == dashboard.years[-1].census.total == 202
    problems = problems_of(programme)
    assert len([each for each in problems if each.code == "C12"]) == 2
    assert len([each for each in problems if each.code in ("C5", "C6", "C9", "C10")]) < 30
