# The table of contents of the work. `make demo` and `make test` are all that a newcomer needs.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
WORKERS ?= 2

.PHONY: demo test check bench docs lock format setup clean

demo: setup ## a made-up partnership, from extracts to a board paper, with the truth beside the estimate
	$(BIN)/whatworks demo demo

test: setup ## the tests
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadscope

check: setup ## style, types, layers, examples in docstrings, documentation
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n $(WORKERS) --doctest-modules src/whatworks
	$(BIN)/python -m pytest -q tests/house/test_docs.py

bench: setup ## whatever is long or large, as a table of ratios
	$(BIN)/python benchmarks/run.py

docs: setup ## write the pages that are generated from the code
	$(BIN)/python -m whatworks.records.tables.data_dictionary docs/data-dictionary.md
	$(BIN)/python -m whatworks.evaluation.question.published docs/protocol.md
	$(BIN)/python tests/house/command_page.py docs/commands.md
	$(BIN)/python tests/house/register_page.py docs/register.md
	$(BIN)/python tests/house/first_page.py docs/first-evaluation.md
	$(BIN)/python tests/house/linkage_page.py docs/linkage.md
	$(BIN)/python tests/house/board_page.py docs/board.md
	$(BIN)/python tests/casework/casework_page.py docs/casework.md

lock: setup ## resolve the dependencies again
	$(BIN)/uv pip compile pyproject.toml --extra places --extra web --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-annotate --no-header --upgrade --quiet -o requirements.lock

format: setup ## put the code into the house's layout
	$(BIN)/ruff format src tests benchmarks
	$(BIN)/ruff check --fix src tests benchmarks

setup: $(INSTALLED)

$(INSTALLED): requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "whatworks needs Python 3.11 or later: install it, or run make PYTHON=/path/to/python" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

clean: ## remove what was made here
	rm -rf $(VENV) demo build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
