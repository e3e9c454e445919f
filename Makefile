# Bare `make` lists the targets. Everything goes into .venv and var/, nothing outside this folder.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help run dev test quick coverage mutants check format messages lock reset

PORT ?= 8000
HOST ?= 127.0.0.1
WORKERS ?= 2
JOBS ?= 2
VENV ?= .venv
# Another Wagtail, laid over the environment .venv: make test VENV=.venv-wagtail8 WAGTAIL=8.0.1
WAGTAIL ?=
BASE := .venv
LOCK ?=
ARGS ?=
# make mutants ROOM=projects MUTANTS=200: so many of a room by lot; without ROOM of every room, 0 is all
ROOM ?=
MUTANTS ?= 400

TEMPLATES := $(shell find partybuilding/templates templates -name '*.html')

# The code that decides, by the names of its files: rules, rights, what writes, and pure arithmetic.
comma := ,
DECIDING := $(subst $() ,$(comma),$(strip \
	*/rules.py */permissions.py */rights.py */services.py */services/* \
	*/calendar.py */deadlines.py */schedule.py */period.py */lateness.py */open_things.py \
	*/files.py */files/scopes.py */access/paths.py */selectors/plan.py \
	partybuilding/projects/promises/progress.py partybuilding/projects/promises/selectors.py \
	partybuilding/core/sheets/*.py partybuilding/core/sheets/kinds/*.py partybuilding/projects/sheet.py partybuilding/projects/yearform/*.py \
	partybuilding/opinions/guards.py partybuilding/opinions/redaction.py partybuilding/opinions/standing.py \
	partybuilding/core/text/personal_data/* partybuilding/core/pages/gate.py))

PY := $(VENV)/bin/python
MANAGE := $(PY) manage.py
# Python compiles what is imported, and keeps it: every worker, server and command after the first
# starts in half the time. Compiling everything at once takes as long as installing it.
unexport PYTHONDONTWRITEBYTECODE
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --no-compile

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.installed  ## Serve the site with demonstration data on http://127.0.0.1:8000/ (PORT=8123 make run)
	@$(MANAGE) collectstatic --noinput --verbosity 0 & \
		$(MANAGE) migrate --noinput --verbosity 0 && $(MANAGE) demo --if-empty && wait $$!
	@printf '\n  Public column   http://%s:%s/\n' '$(HOST)' '$(PORT)'
	@printf '  Portal          http://%s:%s/portal/   applicant, expert\n' '$(HOST)' '$(PORT)'
	@printf '  Administration  http://%s:%s/admin/    admin, department, unit, taskforce, leader, editor, publisher\n' '$(HOST)' '$(PORT)'
	@printf '  Password of every demonstration login: demo\n\n'
	@DJANGO_SETTINGS_MODULE="$${DJANGO_SETTINGS_MODULE:-config.settings.dev}" PYTHONPATH=site \
		exec $(PY) -m granian --interface wsgi --host '$(HOST)' --port '$(PORT)' --workers $(WORKERS) \
		--blocking-threads 2 --respawn-failed-workers --log-level warning config.wsgi:application

dev: $(VENV)/.installed  ## Serve for development: DEBUG on, reloads when a file changes
	@DEBUG=1 $(MANAGE) migrate --noinput --verbosity 0
	@DEBUG=1 $(MANAGE) runserver '$(HOST):$(PORT)'

test: $(VENV)/.installed-dev  ## Run every test (ARGS="-k words" narrows)
	@$(PY) -m pytest -n $(JOBS) $(ARGS)

quick: $(VENV)/.installed-dev  ## Run what the change since main touches, and the house rules
	@$(PY) -m pytest -n $(JOBS) -m 'not browser' $$($(PY) -m tests.quick) $(ARGS)

coverage: $(VENV)/.installed-dev  ## Run every test and fail when a branch of the code that decides was not taken
	@$(PY) -m pytest -n $(JOBS) --cov --cov-report= $(ARGS)
	@$(PY) -m coverage report --include='$(DECIDING)' --fail-under=100

mutants: $(VENV)/.installed-dev  ## Turn the code that decides wrong and see whether a test notices (ROOM=projects MUTANTS=200)
	@PYTHONPATH=.:site nice -n 10 $(PY) -m tests.mutation --files='$(DECIDING)' --room='$(ROOM)' --mutants=$(MUTANTS) $(ARGS)

check: $(VENV)/.installed-dev  ## Lint, formatting of code and templates, types, layers, deployment checks, migrations, catalogues
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(VENV)/bin/djade --target-version 5.2 --check $(TEMPLATES)
	@$(PY) -m djlint --lint --quiet partybuilding/templates templates
	@PYTHONPATH=site $(PY) -m mypy
	@PYTHONPATH=site $(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-logo
	@env DJANGO_SETTINGS_MODULE=config.settings.production SECRET_KEY="$$(awk 'BEGIN { while (i++ < 60) printf "k%d", i }')" \
		TRAIL_KEY="check:$$(awk 'BEGIN { while (i++ < 60) printf "t%d", i }')" ALLOWED_HOSTS=example.org \
		BASE_URL=https://example.org $(PY) -W error manage.py check --deploy --fail-level WARNING
	@$(MANAGE) makemigrations --check --dry-run
	@PYTHONPATH=site $(PY) -m config.catalogues check

format: $(VENV)/.installed-dev  ## Format code and templates and mend what the linter can mend
	@$(PY) -m ruff check --fix-only .
	@$(PY) -m ruff format .
	@$(VENV)/bin/djade --target-version 5.2 $(TEMPLATES) || test $$? -eq 1 # 1 says that it mended something

messages: $(VENV)/.installed-dev  ## Gather the strings of code and templates into the catalogues and compile them
	@PYTHONPATH=site $(PY) -m config.catalogues gather

# The lock files name everything that is installed, for every Python from 3.11 on and every platform.
COMPILE := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate

lock: $(VENV)/bin/python  ## Lock what is installed, with hashes, after requirements*.txt changed (LOCK=--upgrade takes newer ones below)
	@$(PIP) uv==0.13.9
	@$(COMPILE) $(LOCK) requirements-dev.txt -o requirements-dev.lock
	@$(COMPILE) -c requirements-dev.lock requirements.txt -o requirements.lock
	@$(COMPILE) -c requirements-dev.lock requirements-demo.txt -o requirements-demo.lock
	@$(COMPILE) -c requirements-dev.lock requirements.txt requirements-s3.txt -o requirements-s3.lock

reset:  ## Remove the local data (var/): database, files, everything typed in
	@printf 'Remove var/ with the local database and all uploaded files? [y/N] '; read answer; \
		case "$$answer" in y|Y|yes) rm -rf var && echo 'Removed.';; *) echo 'Kept.';; esac

$(VENV)/bin/python:
	@for python in python3 python3.14 python3.13 python3.12 python3.11; do \
		if $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			exec $$python -m venv '$(VENV)'; fi; done; \
		echo 'Python 3.11 or newer is needed (with its venv module).' >&2; exit 1

$(VENV)/.installed: requirements-demo.lock | $(VENV)/bin/python
	@echo 'Installing requirements-demo.lock ...'
	@$(PIP) --require-hashes -r requirements-demo.lock
	@touch $@

ifeq ($(WAGTAIL),)
$(VENV)/.installed-dev: requirements-dev.lock | $(VENV)/bin/python
	@echo 'Installing requirements-dev.lock ...'
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.installed
else
# What the newer Wagtail does not ask for anew is read from the environment below.
$(VENV)/.installed-dev: $(BASE)/.installed-dev | $(VENV)/bin/python
	@echo 'Installing Wagtail $(WAGTAIL) over $(BASE) ...'
	@$(BASE)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
		> "$$($(PY) -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/base.pth"
	@$(PIP) wagtail==$(WAGTAIL)
	@touch $@

$(BASE)/.installed-dev: requirements-dev.lock
	@$(MAKE) --no-print-directory VENV=$(BASE) WAGTAIL= $@
endif
