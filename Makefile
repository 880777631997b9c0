# Eight Dots: `make run` starts the program, `make help` lists the rest.
# Every target brings the set-up it needs; what is there and up to date is left alone.

PYTHON := .venv/bin/python
# More arguments for the program, pytest or a benchmark: make test ARGS="-k ballot"
ARGS ?=
# How many tests run at once. Each of them may drive a server and a browser, so that a core is soon taken.
WORKERS ?= 2

# Where there is no Node.js, the set-up puts one into .venv.
NODE_TOOL := PATH="$(CURDIR)/.venv/bin:$$PATH" node_modules/.bin

LOCK := $(PYTHON) -m uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run demo test lint format words screens bench bench-quick lock wheel clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' Makefile

# --- Set-up: one file for each step says that it is done ---

# The steps share .venv, so they take turns, whatever -j says.
.NOTPARALLEL:

# An environment whose Python was removed or replaced since is made anew.
GONE := $(shell test -x $(PYTHON) || echo gone)
.PHONY: gone
gone:

# A run never needs the development packages, but where they are installed they do for it.
.venv/.ready-run: requirements.lock .ci/setup $(GONE)
	@.ci/setup run

.venv/.ready-dev: requirements.lock requirements-dev.lock .ci/setup $(GONE)
	@.ci/setup dev

static/vendor/.stamp: package-lock.json hatch_build.py | .venv/.ready-run
	@.ci/setup browser

node_modules/.stamp: package-lock.json hatch_build.py | .venv/.ready-dev
	@.ci/setup browser --dev

setup: .venv/.ready-run static/vendor/.stamp  ## Install what the program needs
# The order keeps the work down: what the development steps bring includes the others' share.
setup-dev: .venv/.ready-dev node_modules/.stamp static/vendor/.stamp  ## Install what tests and checks need, too

# --- The program ---

run: setup  ## Start the program
	@$(PYTHON) app.py serve $(ARGS)

demo: setup  ## Start the program with a sample workshop
	@$(PYTHON) app.py demo $(ARGS)

# --- Tests and checks ---

test: setup-dev  ## Run the tests
	@$(PYTHON) -m pytest --numprocesses=$(WORKERS) --dist=worksteal $(ARGS)

lint: setup-dev  ## Check style, types and templates
	$(PYTHON) -m ruff check .
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m mypy
	$(PYTHON) -m djlint --lint templates
	@# Biome colours its words in a CI log, whoever reads it.
	$(NODE_TOOL)/biome ci $(if $(CI),--colors=off)
	$(NODE_TOOL)/tsc --project tsconfig.json

format: setup-dev  ## Put the source into its standard format
	$(PYTHON) -m ruff check --fix-only --quiet .
	$(PYTHON) -m ruff format .
	$(NODE_TOOL)/biome check --write

# Every sentence in the source, and each catalogue with those that are new left empty and those that are gone left out.
words: setup-dev  ## Bring the catalogues of translations up to date
	@$(PYTHON) -m tests.words

screens: setup-dev  ## Take pictures of the pages
	@$(PYTHON) -m tests.browser.screens $(ARGS)

bench: setup-dev  ## Run the benchmarks
	@$(PYTHON) -m benchmarks $(ARGS)

bench-quick: setup-dev  ## Run the benchmarks in their short form
	@$(PYTHON) -m benchmarks --quick $(ARGS)

# --- Upkeep ---

# The newest releases that pyproject.toml and package.json allow. The second file takes the first
# one's versions, so that the tests run with what a user gets.
lock: setup-dev  ## Bring the lock files up to date
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) pyproject.toml --all-extras --group dev -c requirements.lock -o requirements-dev.lock
	$(LOCK) --group node -o requirements-node.lock
	rm -rf package-lock.json node_modules
	PATH="$(CURDIR)/.venv/bin:$$PATH" npm install --package-lock-only
	@# npm writes a lock without those platforms' packages that it cannot find, and then refuses it.
	PATH="$(CURDIR)/.venv/bin:$$PATH" npm ci --dry-run >/dev/null

wheel: setup-dev  ## Build the wheel and the sdist into dist/
	$(PYTHON) -m hatchling build

clean:  ## Remove everything that the other targets made
	rm -rf .venv node_modules static/vendor dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
