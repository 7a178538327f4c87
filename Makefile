# Needs Python 3.11 or newer and a shell; everything else is set up in .venv.
#   make run    serve the app with its sample company on http://127.0.0.1:8000 (PORT=… changes it)
#   make test   pass all tests, on SQLite and on PostgreSQL
#   make check  formatting, lint, types, import contracts, templates, missing migrations
#   make bench  measure beside the floors

PORT ?= 8000
SYSTEM_PYTHON := $(shell for p in python3 python3.15 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
# Python compiles what it imports; compiling everything beforehand would take longer than installing.
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --no-compile \
	--require-hashes --only-binary=:all:
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard aop/locale*/*/LC_MESSAGES/*.po))

export PORT
export PYTHONUNBUFFERED := 1

.PHONY: run test check bench lock
.DELETE_ON_ERROR:

run: .venv/runtime var/static/fonts/inter.css $(CATALOGUES)
	@exec $(BIN)/python scripts/run.py

test: .venv/dev $(CATALOGUES)
	@$(BIN)/python scripts/assets.py --with-tests
	@$(BIN)/python scripts/test.py

check: .venv/dev $(CATALOGUES)
	@$(BIN)/python scripts/check.py

bench: .venv/dev var/static/fonts/inter.css $(CATALOGUES)
	@$(BIN)/python -m bench

# --- Set-up; each step leaves a file, so that it runs again only when its input changed ---------

.venv/bin/python:
	@test -n "$(SYSTEM_PYTHON)" || { echo "AOP needs Python 3.11 or newer on the PATH." >&2; exit 1; }
	@echo "Setting up .venv …"
	@$(SYSTEM_PYTHON) -m venv .venv || { rm -rf .venv; \
		echo "Python's venv module is incomplete; on Debian or Ubuntu install the package python3-venv." >&2; exit 1; }

.venv/runtime: requirements.txt | .venv/bin/python
	@echo "Installing what the app needs …"
	@$(PIP) -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt | .venv/bin/python
	@echo "Installing what tests and checks need …"
	@$(PIP) -r requirements-dev.txt
	@touch $@ .venv/runtime

var/static/fonts/inter.css: package-lock.json scripts/assets.py | .venv/runtime
	@$(BIN)/python scripts/assets.py

%.mo: %.po | .venv/runtime
	@$(BIN)/pybabel -q compile --input-file $< --output-file $@

# --- For developers ----------------------------------------------------------------------------

UV := $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --no-header --no-annotate

lock: .venv/dev
	@$(BIN)/python -m pip install --quiet uv
	@$(UV) requirements.in --output-file requirements.txt
	@$(UV) requirements-dev.in --constraint requirements.txt --output-file requirements-dev.txt
	@$(UV) requirements-node.in --output-file requirements-node.txt
