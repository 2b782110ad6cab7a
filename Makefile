# Everything a developer does, one command each. `make` alone lists them; `skolnav --help` is for operators.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip --disable-pip-version-check --quiet

# make run: where it answers, which database, and the folder of database and files.
PORT ?= 8000
DATA ?= data
DATABASE_URL ?=
# make test: how many processes.
JOBS ?= auto

UV_COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-emit-find-links \
	--no-annotate --no-header --python-version 3.11 --python-platform x86_64-manylinux_2_36

.DEFAULT_GOAL := help
.PHONY: help run install test test-units test-postgres test-browser check bench screenshots requirements messages pins clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(VENV)/run.stamp ## Serve the demo municipality (PORT=8000 DATA=data DATABASE_URL=)
	@SKOLNAV_DATA="$(DATA)" DATABASE_URL="$(DATABASE_URL)" $(BIN)/skolnav demo --serve --port "$(PORT)"

install: $(VENV)/run.stamp ## Install what Skolnav runs on, without the tools of tests and checks

# The browser tests go last and alone: beside others they would wait for their turn and time out.
test: test-units test-browser ## Run every test; those in a browser only where Chromium is found

test-units: $(VENV)/dev.stamp ## Run the tests that need no browser, in parallel (JOBS=auto)
	$(BIN)/pytest -n $(JOBS) --dist loadfile -m "not browser"

test-postgres: $(VENV)/dev.stamp ## Run the tests again on a private PostgreSQL
	tools/with_postgres.sh $(BIN)/pytest -n $(JOBS) --dist loadfile -m "not browser"

test-browser: $(VENV)/dev.stamp ## Run the tests in Chromium; without it they are skipped and named
	$(BIN)/pytest -m browser

check: $(VENV)/dev.stamp ## Format, lint, types, contracts, templates, texts, migrations, deployment
	@PATH="$(CURDIR)/$(BIN):$$PATH" tools/check.sh

bench: $(VENV)/dev.stamp ## Measure the pages of a municipality; writes build/bench.json
	tools/with_postgres.sh --keep bench $(BIN)/python -m tools.bench

screenshots: $(VENV)/dev.stamp ## Take a picture of every page for each role; writes build/screenshots/
	$(BIN)/python -m tools.screenshots

requirements: $(VENV)/dev.stamp ## Print every row of docs/requirements.md with the tests that prove it
	@$(BIN)/python -m tools.requirements

messages: $(VENV)/dev.stamp ## Extract the texts of every app into its catalogues
	$(BIN)/python -m tools.messages

pins: $(VENV)/dev.stamp ## Pin the newest versions that pyproject.toml allows, with hashes (UPGRADE=1 moves them)
	$(UV_COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml requirements/build.in -o requirements/run.txt
	$(UV_COMPILE) $(if $(UPGRADE),--upgrade) pyproject.toml requirements/build.in --extra dev \
		--constraints requirements/run.txt -o requirements/dev.txt
	tools/check_pins.sh

clean: ## Remove what the other commands made, except the data folder
	rm -rf $(VENV) build .mypy_cache .ruff_cache .import_linter_cache .hypothesis

# The stamps: pip runs only when the pins or the package's own entry points have changed.
$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Skolnav needs Python 3.11 or newer."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Install it with: apt-get install python3-venv"; exit 1; }

$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(BIN)/pip
	@echo "Installing what Skolnav runs on into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	@echo "Installing the tools of tests and checks into $(VENV) ..."
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@
