# The commands of this project. `make` shows them. They ask no question and may be run twice.

# The newest Python on which the project is tried, whatever it is called here. (A name may exist and not work: pyenv.)
PYTHON := $(shell for name in python3.13 python3.12 python3.11 python3.14 python3 python; do \
	if $$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo $$name; break; fi; done)
BIN := .venv/bin
LOCAL = $(if $(PYTHON),,$(error There is no Python 3.11 or newer: install it, or say make PYTHON=/path/to/python3))$(PYTHON) -m local
RUN = $(LOCAL) run --

export PORT

.PHONY: help demo demo-reset test check lint types templates migrations locks containers installed fix lock upgrade run pictures evaluate evaluate-embedding bench-data bench bench-matcher api-lint spelling clean
.DEFAULT_GOAL := help

help:  ## show these commands
	@grep -hE '^[a-z-]+:.* ## ' $(MAKEFILE_LIST) | sed -E 's/:.* ## /\t/' | expand -t 14

demo:  ## the whole thing on http://127.0.0.1:8000 (PORT=8100 moves it); Ctrl-C stops, data are kept
	@$(LOCAL) demo

demo-reset:  ## throw the demo's data away
	@$(LOCAL) demo-reset

test:  ## every test, in a real browser too (ARGS="tests/goals -k search" chooses)
	@$(LOCAL) test -- $(ARGS)

check: lint types templates migrations locks containers  ## everything that can be checked without running the project

lint: installed
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: installed
	$(BIN)/mypy

templates: installed
	$(BIN)/djlint --quiet --lint templates

migrations: installed
	$(RUN) $(BIN)/python manage.py makemigrations --check --dry-run

locks: installed
	$(LOCAL) lock --check

containers: installed
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(BIN)/hadolint Dockerfile

installed:
	@$(LOCAL) install dev

fix: installed  ## let the tools repair what they can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

lock: installed  ## write requirements/*.txt after a change of the dependencies in pyproject.toml
	$(LOCAL) lock

upgrade: installed  ## the same, with the newest versions that pyproject.toml allows
	$(LOCAL) lock --upgrade

run: installed  ## a Python shell with an empty database (COMMAND="..." runs something else)
	@$(RUN) $(or $(COMMAND),$(BIN)/python manage.py shell)

pictures: installed  ## take the pictures of the README and the guides again, of the real pages
	@$(RUN) $(BIN)/python -m local.pictures

evaluate: installed  ## how good the matcher is on labelled plans (ARGS="--channels" or "--compare 2026.2" says more)
	@$(RUN) $(BIN)/python manage.py evaluate_matcher $(ARGS)

evaluate-embedding: installed  ## the same, with a sentence-transformers MODEL=name-or-folder (gigabytes; it stays in .venv)
	@test -n "$(MODEL)" || { echo "Say which: make evaluate-embedding MODEL=name-or-folder" >&2; exit 2; }
	$(BIN)/uv pip install --requirement pyproject.toml --extra embedding
	$(BIN)/python -c "from sentence_transformers import SentenceTransformer as M; M('$(MODEL)', device='cpu')"
	@MATCHER_MODEL="$(MODEL)" $(RUN) $(BIN)/python manage.py evaluate_matcher --channels $(ARGS)

bench-data:  ## a made-up town with 100,000 initiatives, in a database of its own that is kept
	@$(LOCAL) bench-data

bench:  ## measure the site beside bare pages, into docs/performance.md (ONLY="list" measures some rows)
	@$(LOCAL) bench $(if $(ONLY),--only "$(ONLY)")

bench-matcher:  ## measure the matcher in towns of several sizes, into docs/matcher.md (TOWNS=1 measures the first)
	@$(LOCAL) bench-matcher $(if $(TOWNS),--towns $(TOWNS))

api-lint:  ## lint the API description with RULESET=path/to/ruleset.yaml
	@test -n "$(RULESET)" || { echo "Say which rules: make api-lint RULESET=path/to/ruleset.yaml" >&2; exit 2; }
	@$(LOCAL) install dev --front-end-linters
	@$(RUN) $(BIN)/python manage.py spectacular --format openapi-json --file .local/openapi.json
	@$(LOCAL) npm exec --offline -- spectral lint --ruleset "$(RULESET)" .local/openapi.json

spelling:  ## look up the words of the thesaurus and the word lists in a dictionary
	@$(LOCAL) install dev --front-end-linters
	@$(LOCAL) npm run --silent lint:spelling

clean:  ## remove what was installed and built (the demo's data stay: make demo-reset)
	rm -rf .venv node_modules staticfiles static/build .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
