# Everything here needs only Python 3.11 or newer, make and git.
#   make run    set up, then build and verify a release, ask it a question, and serve it
#   make test   set up, then run all tests
#   make setup  set up alone: a virtual environment in .venv
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.done

.PHONY: run test setup lint types context version docs pictures assets lock install-check audit clean

# A step tells what it does, and afterwards how long it took.
begin = echo "$(1)"; date +%s > $(VENV)/.began
end   = echo "  took $$(($$(date +%s) - $$(cat $(VENV)/.began))) seconds"

# A build checks all cards first, and is refused where they have a finding.
run: setup
	@$(call begin,checking the cards and building a release: about two minutes)
	@$(BIN)/kg build
	@$(end)
	@$(call begin,verifying it: about half a minute)
	@$(BIN)/kg verify
	@$(end)
	@$(call begin,asking it a question)
	@$(BIN)/kg ask base-operator
	@$(end)
	@echo "serving it until Ctrl-C: open the address in the last line in a browser"
	@$(BIN)/kg serve

test: setup
	$(BIN)/python -m pytest --numprocesses 2

setup: $(STAMP)

# What development and CI use is locked with its sums; users get the ranges of pyproject.toml.
$(STAMP): requirements-dev.txt pyproject.toml
	@echo "setting up $(VENV) (one to two minutes, once; more where the package index is slow)"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy

# The JSON-LD context is written from the ontology; a test holds the two equal.
context: setup
	$(BIN)/python -m kg.ontology.context > ontology/context.jsonld.tmp
	mv ontology/context.jsonld.tmp ontology/context.jsonld

# What the terms of this version of the ontology are; once, when the version is published.
version: setup
	$(BIN)/python -m tools.write_version

# The pages of the documentation that follow from docstrings and from the ontology; a test holds them equal.
docs: setup
	$(BIN)/python tools/write_docs.py

# The exact versions of development and CI, from the ranges of pyproject.toml; needs the package index.
lock: setup
	$(BIN)/uv pip compile --quiet --upgrade pyproject.toml --extra dev --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --output-file requirements-dev.txt

# The wheel in environments of its own, the core alone and with each extra, tried and measured; needs the package index.
install-check: setup
	$(BIN)/python tools/check_install.py

# Known weaknesses of what is locked. It asks the advisory database of the public package index about each version, and
# fails where it cannot ask: silence of a mirror that has no such database is no clean bill.
audit: setup
	$(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(VENV)-audit/bin/pip-audit --strict --require-hashes --requirement requirements-dev.txt --disable-pip

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
	rm -rf $(VENV) $(VENV)-audit .pytest_cache .mypy_cache .ruff_cache .hypothesis dist
