# The words of this house. `make` alone lists them.

PYTHON ?= $(firstword $(foreach p,python3.11 python3.12 python3.13 python3,$(shell \
	$(p) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && echo $(p))))
VENV := .venv
BIN := $(VENV)/bin
# Twice quiet: warnings about an index say nothing to a user, errors still show.
PIP := $(BIN)/python -m pip install -qq --disable-pip-version-check --constraint constraints.txt
CODE := src tests scripts
# Node comes with the test tools: the machine's own may be missing or too old for the page.
NODE := PATH="$(CURDIR)/$(BIN):$$PATH"

.DEFAULT_GOAL := help
.PHONY: help setup run test check page bench

help: ## list the words
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.serve ## make .venv with the command kosorong
	@echo "Ready: $(BIN)/kosorong --help"

run: $(VENV)/.serve ## make a book from examples/ and say where it lies
	@$(BIN)/kosorong book examples/seolmundae-halmang.txt -o out/
	@echo "It lies in $(CURDIR)/out: an audiobook player opens the .m4b, a reading system the .epub."

test: check page ## lint, types, boundaries and every test
	@$(BIN)/python -m pytest

check: $(VENV)/.test ## lint, types and boundaries only
	@$(BIN)/ruff check $(CODE)
	@$(BIN)/ruff format --check $(CODE)
	@$(BIN)/mypy
	@$(BIN)/lint-imports

page: $(VENV)/.web ## check, test and build the page
	@cd web && $(NODE) npm run --silent lint && $(NODE) npm run --silent typecheck
	@cd web && $(NODE) npm test --silent && $(NODE) npm run --silent build

bench: $(VENV)/.test ## measure what the README states
	@$(BIN)/python scripts/bench.py

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Kosorong needs Python 3.11, 3.12 or 3.13: install it, or name it with make PYTHON=/path/to/python3." >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Install the venv module of your Python (on Debian: apt-get install python3-venv)." >&2; exit 1; }

# The stamps make a second run a matter of milliseconds; a changed requirement installs again.
$(VENV)/.serve: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing kosorong into $(VENV)"
	@$(PIP) --editable '.[serve]'
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(BIN)/python
	@echo "Installing kosorong with training and test tools into $(VENV)"
	@$(PIP) --editable '.[serve,train,dev]'
	@touch $@ $(VENV)/.serve

$(VENV)/.web: web/package-lock.json $(VENV)/.test
	@echo "Installing what the page is built with"
	@cd web && $(NODE) npm ci --silent --no-audit --no-fund
	@touch $@
