"""`python -m pedigree project`: what it answers, and what it refuses in a sentence."""

import csv
import io
import json
from pathlib import Path

import numpy as np
import pytest

from pedigree.cli.commands import main
from pedigree.projection import GenomeBank, LivingPopulation, Scenario, run_projection
from pedigree.structure import FEMALE, MALE, Pedigree, Record
from tests.pedigree.projection.cases import RATES

Answer = tuple[int, str, str]
BOOK = """id,sire,dam,sex,birth_date,death_date
1,WILD,WILD,M,2010-05-01,
2,WILD,WILD,F,2011,
3,1,2,M,2013-03-02,
4,1,2,F,2014-07,
5,WILD,WILD,M,2005,2015-12-31
"""
STRAWS = "id,straws\n5,3\n"


def rates_text() -> str:
    lines = ["sex,age,Qx,Mx,risk"]
    for name, sex in (("M", RATES.male), ("F", RATES.female)):
        lines += [
            f"{name},{age},{q},{m},9"
            for age, (q, m) in enumerate(zip(sex.q.tolist(), sex.m.tolist(), strict=True))
        ]
    return "\n".join([lines[0], *reversed(lines[1:])]) + "\n"


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    def asked(*options: str, book: str = BOOK, rates: str | None = None, straws: str = STRAWS) -> Answer:
        for name, text in (("book", book), ("rates", rates or rates_text()), ("straws", straws)):
            (tmp_path / f"{name}.csv").write_text(text)
        place = str(tmp_path)
        given = [option.replace("FOLDER", place) for option in options]
        code = main(["project", f"{place}/book.csv", "--rates", f"{place}/rates.csv", *given])
        out, err = capsys.readouterr()
        return code, out, err

    return asked


def start() -> LivingPopulation:
    records = [
        Record("1", sex=MALE),
        Record("2", sex=FEMALE),
        Record("3", "1", "2", MALE),
        Record("4", "1", "2", FEMALE),
        Record("5", sex=MALE),
    ]
    pedigree = Pedigree.from_records(records)
    ages = {"1": 5, "2": 4, "3": 2, "4": 1, "5": 0}
    living = pedigree.mask(["1", "2", "3", "4"])
    return LivingPopulation.of(
        pedigree, living, np.array([ages[animal] for animal in pedigree.ids]), straws={"5": 3}
    )


def test_project__answers_with_a_row_for_every_strategy_and_year(project) -> None:
    code, out, _ = project(
        *("--runs", "5", "--years", "3", "--seed", "4", "--capacity", "12", "--strategy", "random"),
        *("--strategy", "plan", "--litters", "0.5,0.5", "--goal", "0.5", "--target", "6"),
        *("--bank", "FOLDER/straws.csv", "--bank-success", "0.8", "--bank-per-year", "2"),
    )
    assert code == 0
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["strategy"], row["year"]) for row in rows] == [
        (strategy, str(year)) for strategy in ("random", "plan") for year in range(4)
    ]
    scenario = Scenario(
        years=3, seed=4, capacity=12, strategy="plan", litter_sizes=(0.5, 0.5), bank=GenomeBank(0.8, 2)
    )
    expected = run_projection(start(), RATES, scenario, runs=5)
    last = rows[-1]
    assert float(last["animals_mean"]) == expected.animals[:, 3].mean()
    assert float(last["straws"]) == expected.straws[:, 3].mean()
    assert float(rows[4]["gene_diversity_mean"]) == pytest.approx(expected.gene_diversity[0, 0])
    assert float(last["extinct"]) == expected.extinct[:, 3].mean()
    assert 0 <= float(last["goal_kept"]) <= 1
    assert 0 <= float(last["target_reached"]) <= 1


def test_project__answers_in_json_with_when_goals_are_lost(project) -> None:
    options = ("--json", "--runs", "3", "--years", "2", "--goal", "0.99", "--target", "100000", "--loci", "0")
    code, out, _ = project(*options)
    told = json.loads(out)
    assert (code, told["runs"], len(told["years"])) == (0, 3, 3)
    assert told["strategies"] == [
        {
            "strategy": "mean-kinship",
            "seed": 0,
            "goal_kept_years": {"low": 0, "middle": 0, "high": 0},
            "target_reached_years": {"low": None, "middle": None, "high": None},
        }
    ]
    assert told["years"][1]["founder_genomes_mean"] is None


def test_project__takes_imports_exports_and_catastrophes(project) -> None:
    code, out, _ = project(
        *("--runs", "2", "--years", "2", "--import", "males=1,females=2,age=3,first=2"),
        *("--export", "males=1,most_related=yes,last=1", "--catastrophe", "chance=1,survival=0,litters=0"),
    )
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [float(row["animals_mean"]) for row in rows] == [4, 0, 3]
    assert [float(row["imports"]) for row in rows] == [0, 0, 3]


@pytest.mark.slow
def test_project__gives_the_same_answer_by_processes(project) -> None:
    options = ("--runs", "30", "--years", "2")
    assert project(*options) == project(*options, "--processes", "2")


def test_project__takes_one_table_for_both_sexes_and_a_day_to_start_on(project) -> None:
    rates = "age,Qx,Mx\n0,0.1,0\n1,0.1,0.5\n2,1,0\n"
    code, out, _ = project("--runs", "1", "--years", "1", "--on", "2030-01-01", rates=rates)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert float(rows[1]["deaths"]) == 4


NO_BIRTH = BOOK.replace("2011", "")
REFUSED = {
    "Row 3: animal 2 has no birth_date (1 of 4 have none)": {"book": NO_BIRTH},
    "Row 5: animal 4 is born on 2014-07-16, after the start on 2014-01-01": {
        "options": ["--on", "2014-01-01"]
    },
    "The header of rates.csv lacks Mx": {"rates": "age,Qx\n0,1\n"},
    "rates.csv has no rates of females": {"rates": "sex,age,Qx,Mx\nM,0,1,0\n"},
    "rates.csv lacks age 1 of males": {"rates": "age,Qx,Mx\n0,0,0\n2,1,0\n"},
    "Row 3 of rates.csv gives age 0 of males a second time": {"rates": "age,Qx,Mx\n0,1,0\n0,1,0\n"},
    "Row 2 of rates.csv, field Qx: 'x' is no number from 0 up": {"rates": "age,Qx,Mx\n0,x,0\n"},
    "Row 2 of rates.csv, field age: '0.5' is no whole number": {"rates": "age,Qx,Mx\n0.5,1,0\n"},
    "Row 2 of rates.csv, field sex: 'X' is no sex": {"rates": "sex,age,Qx,Mx\nX,0,1,0\n"},
    "Row 2 of rates.csv is of unknown sex": {"rates": "sex,age,Qx,Mx\nU,0,1,0\n"},
    "The header of rates.csv names Qx twice": {"rates": "age,Qx,qx,Mx\n0,1,1,0\n"},
    "of rates.csv is not CSV": {"rates": 'age,Qx,Mx\n0,"1,0\n'},
    "Row 2 of rates.csv has 2 cells": {"rates": "age,Qx,Mx\n0,1\n"},
    "rates.csv, males: Qx at the last age, 0, is 0.5": {"rates": "age,Qx,Mx\n0,0.5,0\n"},
    "Row 2 of straws.csv names 9, which has no row": {"straws": "id,straws\n9,1\n"},
    "Row 3 of straws.csv names 5 a second time": {"straws": "id,straws\n5,1\n5,1\n"},
    "Animal 2 is a female, and straws are banked of males": {"straws": "id,straws\n2,1\n"},
    "share_male is 2. Give a share": {"options": ["--share-male", "2"]},
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_project__refuses_in_a_sentence(project, sentence: str) -> None:
    case = dict(REFUSED[sentence])
    options = [*case.pop("options", ()), "--runs", "1", "--years", "1", "--bank", "FOLDER/straws.csv"]
    code, out, err = project(*options, **case)
    assert (code in (1, 2), out) == (True, "")
    assert sentence in err


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--import", "cats=1"], "'cats=1' is none of its parts. Write males, females, age"),
        (["--catastrophe", "survival=0.5"], "lacks chance. Add chance=number"),
        (["--litters", "0.5"], "Give chances from 0 that add up to 1"),
        (["--runs", "0"], "'0' is no whole number from 1 up"),
    ],
)
def test_project__refuses_options_that_cannot_be(
    project, capsys: pytest.CaptureFixture[str], options: list[str], sentence: str
) -> None:
    with pytest.raises(SystemExit):
        project(*options)
    assert sentence in capsys.readouterr().err


def test_project__asks_for_the_rates(ask) -> None:
    code, out, err = ask("project", BOOK)
    assert (code, out, err.split(". ")[0]) == (1, "", "A projection needs the rates of death and birth")


def test_project__takes_an_age_for_those_without_one(project) -> None:
    code, _, _ = project("--runs", "1", "--years", "1", "--unknown-age", "4", book=NO_BIRTH)
    assert code == 0


def test_project__says_when_the_cluster_does_not_answer(project, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", "127.0.0.1:9")
    code, _, err = project("--runs", "1", "--years", "1")
    assert (code, err.startswith("The Dask scheduler at 127.0.0.1:9 does not answer")) == (2, True)


def test_project__starts_on_the_last_date_of_the_file_entries_too(project) -> None:
    moved = "\n".join(
        line + (",entry_date" if line.startswith("id") else ",2019-06-01" if line.startswith("2,") else ",")
        for line in BOOK.splitlines()
    )
    few = ("--runs", "2", "--years", "3")
    assert project(*few, book=moved)[1] == project(*few, "--on", "2019-06-01")[1]
