# Everything here needs only Python 3.11 or newer, make and git.
#   make run    set up, then build and verify a release, ask it a question, and serve it
#   make test   set up, then run all tests
#   make setup  set up alone: a virtual environment in .venv
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.done

.PHONY: run test setup lint types context pictures assets clean

run: setup
	$(BIN)/kg check
	$(BIN)/kg build
	$(BIN)/kg verify
	$(BIN)/kg ask base-operator
	$(BIN)/kg ask --list
	$(BIN)/kg serve

test: setup
	$(BIN)/python -m pytest

setup: $(STAMP)

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $@

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

# The JSON-LD context is written from the ontology; a test holds the two equal.
context: setup
	$(BIN)/python -m kg.ontology.context > ontology/context.jsonld.tmp
	mv ontology/context.jsonld.tmp ontology/context.jsonld

# The pictures of the README, drawn from the current release.
pictures: setup
	$(BIN)/kg draw relations company/catl --network partnership --limit 40 --output docs/pictures/catl-partners.svg --force
	$(BIN)/kg draw supply base/guian --direction upstream --output docs/pictures/guian-depends-on.svg --force
	$(BIN)/kg draw supply company/fulin-precision --direction downstream --limit 24 --output docs/pictures/fulin-reaches.svg --force
	$(BIN)/kg draw map company/catl --output docs/pictures/catl-sites.svg --force
	$(BIN)/kg draw timeline base/yanzhou --output docs/pictures/yanzhou-timeline.svg --force

# What the pictures carry from npm, by exact version; needs npm.
assets: setup
	$(BIN)/python tools/renew_assets.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist
