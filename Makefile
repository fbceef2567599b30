# `make run` and `make test` do all the set-up; `make help` lists the rest.
PYTHON ?= python3
PORT ?= 8000
export PORT

VENV_PYTHON := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev setup-fast setup-cluster run test races load check format lock bench demo-reset clean python-version
# The parts of a run share one .venv and one database; they come one after the other, whatever -j says.
.NOTPARALLEL:

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r name text; do printf '%-17s %s\n' "$$name" "$$text"; done

python-version:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "The studbook needs Python 3.11 or newer, and $(PYTHON) is missing or older: name another, as in \`make run PYTHON=python3.12\`." >&2; exit 1; }

setup: python-version ## make .venv and install what the studbook runs with
	@$(PYTHON) scripts/setup_environment.py requirements.txt

setup-dev: python-version ## the same, with what tests and checks need
	@$(PYTHON) scripts/setup_environment.py requirements-dev.txt

setup-fast: python-version ## the run-time set with numba, for pedigrees of 100,000 animals and more
	@$(PYTHON) scripts/setup_environment.py requirements-fast.txt

setup-cluster: python-version ## the run-time set with Dask, for projections spread over a cluster
	@$(PYTHON) scripts/setup_environment.py requirements-cluster.txt

run: setup ## serve the studbook on http://127.0.0.1:8000 (PORT= changes it)
	@$(VENV_PYTHON) -m scripts.serve

test: setup-dev ## run everything: checks, both databases, browser (ARGS="tests/... -k ..." runs only those)
	@$(VENV_PYTHON) -m scripts.run_tests $(ARGS)

races: setup-dev ## race, load, kill and resend at length on both databases, with figures (ARGS="-k ..." runs some)
	@$(VENV_PYTHON) -m scripts.races $(if $(ARGS),tests/races $(ARGS))

load: setup-dev ## let 32 people write for a minute on each database, with figures
	@$(VENV_PYTHON) -m scripts.races tests/races/test_load.py

check: setup-dev ## lint, types, templates, import contracts, migrations, deploy check
	@$(VENV_PYTHON) -m scripts.check

format: setup-dev ## format the Python files and mend what the linter can
	@$(VENV_PYTHON) -m ruff check --fix --quiet || true
	@$(VENV_PYTHON) -m ruff format

lock: setup-dev ## compile requirements*.txt from requirements*.in (ARGS=--upgrade for newer versions)
	@$(VENV_PYTHON) -m scripts.lock $(ARGS)

bench: python-version ## measure the engine beside its peers, in .venv-bench (ARGS=--help tells the parts)
	@for part in bench peers; do \
	  folder=.venv-bench$$(test $$part = bench || echo /$$part); \
	  cmp -s requirements-$$part.txt $$folder/installed.txt && continue; \
	  $(PYTHON) -m venv $$folder && \
	  $$folder/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-$$part.txt && \
	  cp requirements-$$part.txt $$folder/installed.txt || exit 1; done
	@.venv-bench/bin/python -m benchmarks $(ARGS)

demo-reset: setup ## replace the embedded database by a new demonstration studbook
	@$(VENV_PYTHON) -m scripts.reset_demonstration

clean: ## remove .venv and every cache; the database and the secret key in var/ stay
	@rm -rf .venv .venv-bench .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache staticfiles
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
