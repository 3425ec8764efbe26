# Everything that one does with this repository, by one word each. `make` lists them.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules --no-print-directory
# Containers often forbid bytecode; then each of the many processes here would compile all that it imports.
unexport PYTHONDONTWRITEBYTECODE

PYTHON := .venv/bin/python
STAGE ?= dev

.PHONY: help
help: ## what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "%-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# ---------------------------------------------------------------- environment
# A stamp is older than its lock when there is something to install, and only then.
installs := requirements/install .python-version layers/shared/pyproject.toml
.venv/.local: requirements/local.txt $(installs)
	requirements/install local
	touch $@
.venv/.dev: requirements/dev.txt $(installs)
	requirements/install dev
	touch .venv/.local $@

.PHONY: setup lock
setup: .venv/.dev ## create .venv with everything in it, for work on the code
lock: ## write requirements/*.txt anew (UPGRADE=1 for newer versions)
	requirements/lock

# ---------------------------------------------------------------- the local stack
.PHONY: run reset token
run: .venv/.local ## the whole product on this machine: http://localhost:3000
	@exec $(PYTHON) -m local run
reset: .venv/.local ## forget everything that the local stack has stored
	@exec $(PYTHON) -m local reset
token: .venv/.local ## a bearer token for the local stack (USER=alice)
	@exec $(PYTHON) -m local token "$(USER)"

# ---------------------------------------------------------------- checks
.PHONY: lint format documents test pr
lint: .venv/.dev ## style, types, imports' arrows, template
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports --no-logo
	.venv/bin/cfn-lint template.yaml
format: .venv/.dev ## make the code look as it should
	.venv/bin/ruff check --fix
	.venv/bin/ruff format
documents: .venv/.dev ## write anew what is made from the code: OpenAPI, AsyncAPI, event schemas
	$(PYTHON) -m tools.openapi
	$(PYTHON) -m tools.events
test: .venv/.dev ## all tests, with coverage; needs Chromium
	@[ "$${CHROMIUM:-}" ] || command -v chromium-headless-shell chromium chromium-browser google-chrome chrome >/dev/null || \
		{ echo "The browser tests need Chromium: put it on the path, or say where it is in CHROMIUM." >&2; exit 1; }
	.venv/bin/pytest --cov -n auto
pr: lint test ## all that CI runs

# ---------------------------------------------------------------- operating (STAGE=dev|staging|prod, or LOCAL=1)
.PHONY: redrive replay audit
redrive: .venv/.dev ## send dead letters back (QUEUE=inbox|ingest|…); without, how many there are
	@STAGE="$(STAGE)" LOCAL="$(LOCAL)" $(PYTHON) -m tools.redrive $(QUEUE)
replay: .venv/.dev ## tell providers' deliveries again (FROM= UNTIL= PROVIDER=mux GO=1); without GO, how many
	@STAGE="$(STAGE)" LOCAL="$(LOCAL)" $(PYTHON) -m tools.replay "$(FROM)" "$(UNTIL)" \
		$(if $(PROVIDER),--provider $(PROVIDER)) $(if $(GO),--go)

audit: .venv/.dev ## compare bucket, providers and table now (GRACE=seconds); fails if there are orphans
	@STAGE="$(STAGE)" LOCAL="$(LOCAL)" $(PYTHON) -m tools.audit $(if $(GRACE),--grace $(GRACE))

# ---------------------------------------------------------------- build and deployment
.PHONY: build smoke bench deploy
build: .venv/.dev ## what is deployed, into .aws-sam/build
	$(PYTHON) -m tools.artefacts build
smoke: .venv/.dev ## import every built handler as Lambda would
	$(PYTHON) -m tools.artefacts smoke
bench: build ## measure ours beside plain alternatives
	$(PYTHON) -m benchmarks
deploy: build ## deploy to AWS (STAGE=dev|staging|prod)
	PATH="$(CURDIR)/.venv/bin:$$PATH" sam deploy --config-env "$(STAGE)"
