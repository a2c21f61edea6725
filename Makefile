# `make demo` shows the application, `make test` tests it: of long rounds a day's part, all with KIERROKSET=kaikki.
# Each sets up what it needs.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
ifndef RINNAKKAIN
.NOTPARALLEL:
endif
.PHONY: demo test test-osioitu bench run kuvat lint migraatiot tuotanto lock paketit-demo paketit-test

PORT ?= 8000
TAUSTA ?=
export PORT TAUSTA

PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip --disable-pip-version-check --quiet
UV_COMPILE := $(PYTHON) -m uv pip compile --quiet --universal --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml

demo: paketit-demo .venv/.asennettu
	@.ci/demo

test: paketit-test
	@$(MAKE) --no-print-directory --jobs=2 RINNAKKAIN=1 \
		.test/swift/.asennettu .test/sbom.json lint migraatiot tuotanto
	@.ci/testit

migraatiot: .venv/.asennettu-kehitys
	@echo "Migraatiot"
	@DJANGO_SETTINGS_MODULE=tests.settings $(PYTHON) manage.py makemigrations --check --dry-run

tuotanto: .venv/.asennettu-kehitys
	@echo "Tuotannon asetukset"
	@export DJANGO_SETTINGS_MODULE=tests.tuotanto DEBUG=0 DATABASE_URL=sqlite://:memory: \
		SECRET_KEY="$$(head -c 48 /dev/urandom | base64 -w 0)"; \
		$(PYTHON) manage.py collectstatic --noinput --verbosity 0; \
		$(PYTHON) manage.py check --deploy --fail-level WARNING

# The tests of PostgreSQL on tables partitioned by hash of kunta; prints how many tables are. No part of `make test`.
test-osioitu: paketit-test .venv/.asennettu-kehitys
	@OSIOITU=1 .ci/postgresissa $(PYTHON) -m pytest -s -m "not selain and not vain_kokonaisina"

bench: .venv/.asennettu-kehitys
	@$(PYTHON) -m tests.benchmarks.kaikki

run: .venv/.asennettu-kehitys
	@DEBUG=1 $(PYTHON) manage.py migrate --verbosity 0
	@DEBUG=1 $(PYTHON) manage.py runserver $(PORT)

kuvat: paketit-test .venv/.asennettu-kehitys
	@TAUSTA=1 .ci/demo
	@$(PYTHON) -m tests.kuvat http://localhost:$(PORT)

lint: .venv/.asennettu-kehitys
	@echo "Lint"
	@$(PYTHON) -m ruff check .
	@find templates -name '*.html' -not -path '*/viestit/*' -exec $(PYTHON) -m djhtml --check --tabwidth 2 {} +

lock: .venv/bin/python
	$(PIP) install uv
	$(UV_COMPILE) --output-file requirements.txt
	$(UV_COMPILE) --group dev --constraint requirements.txt --output-file requirements-dev.txt
	$(subst pyproject.toml,tests/ohjelmat/s3.in,$(UV_COMPILE)) --output-file requirements-s3.txt
	$(subst pyproject.toml,tests/ohjelmat/sbom.in,$(UV_COMPILE)) --output-file requirements-sbom.txt

# --- set-up; a stamp is older than the list it was made from when there is something to install

.venv/bin/python:
	@.ci/jarjestelma venv
	@echo "Luodaan virtuaaliympäristö"
	@python3 -m venv .venv

.venv/.asennettu: requirements.txt | .venv/bin/python
	@echo "Asennetaan riippuvuudet"
	@$(PIP) install --require-hashes --requirement requirements.txt
	@touch $@

.venv/.asennettu-kehitys: requirements-dev.txt | .venv/bin/python
	@echo "Asennetaan testien riippuvuudet"
	@$(PIP) install --require-hashes --requirement requirements-dev.txt
	@touch $@ .venv/.asennettu  # the longer list holds the shorter one

# The S3 server of the tests, and what writes the bill of materials, stand in environments of their own: they share
# nothing with the application, which would read files otherwise beside some of what they bring.
.test/swift/.asennettu: requirements-s3.txt
.test/sbom/.asennettu: requirements-sbom.txt
.test/%/.asennettu: | .venv/bin/python
	@echo "Asennetaan testien oma ympäristö: $<"
	@python3 -m venv --without-pip $(@D)
	@$(PIP) --python $(@D)/bin/python install --no-compile --require-hashes --requirement $<
	@touch $@

# What the service is made of, for scanners of known faults.
.test/sbom.json: requirements.txt .test/sbom/.asennettu
	@echo "Osaluettelo (SBOM)"
	@.test/sbom/bin/python -W ignore -m cyclonedx_py requirements --pyproject pyproject.toml --output-reproducible \
		--output-file $@ $<

paketit-demo:
	@.ci/jarjestelma demo

paketit-test:
	@.ci/jarjestelma test
