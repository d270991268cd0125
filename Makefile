# The few commands of this project. `make run` and `make test` need only Python 3.11+, make and the package registry.
# PYTHON=python3.12 make setup chooses another Python; PORT=8001 make run another port; ARGS are handed to pytest.

VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LOCALE := hcctrials/locale
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard $(LOCALE)/*/LC_MESSAGES/*.po))
MARKS := -k gettext_noop -k pgettext:1c,2 -k npgettext:1c,2,3
SHARED ?= ../shared
ARGS ?=
SIZES ?= 5000 200000
CORPUS := $(SHARED)/corpus/hcc.jsonl.gz $(SHARED)/corpus/other.jsonl.gz

.DEFAULT_GOAL := help
.PHONY: help setup run test check evaluate messages benchmark benchmark-load benchmark-search load fuzz simulate-alerts screenshot lock clean

help:
	@echo "make run        the whole site on http://127.0.0.1:8000, until Ctrl-C"
	@echo "make test       all tests (ARGS='-k word' for some)"
	@echo "make setup      only the environment; afterwards $(BIN)/python manage.py ... works"
	@echo "make check      linters, types, secrets, weak packages, migrations, Django's deployment check"
	@echo "make evaluate   the reader of eligibility texts against $(SHARED)/gold, into docs/eligibility.md"
	@echo "make messages   texts of the source into the catalogues of all languages (hcctrials/locale)"
	@echo "make benchmark  the measurements of docs/benchmarks.md (SIZES='5000' for fewer trials)"
	@echo "make load       the served site under load, during a refresh and a restart of the database (docs/benchmarks.md)"
	@echo "make fuzz       hostile requests and records without an end (REQUESTS='100000' SEED='7')"
	@echo "make simulate-alerts  a thousand refreshes with faults: no alert is lost or doubled (docs/alerts.md)"
	@echo "make screenshot the README's picture, of a running site"
	@echo "make lock       both requirements files from pyproject.toml"
	@echo "make clean      what can be made again; never the data in var/"

setup: $(STAMP) $(CATALOGUES)

# The first Python of 3.11 or later, unless PYTHON names one.
$(STAMP): requirements-dev.txt
	@set -e; \
	for python in $(if $(PYTHON),$(PYTHON),python3 python3.11 python3.12 python3.13 python3.14); do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found=$$python; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Python 3.11 or later is needed; $(or $(PYTHON),python3) is missing or older. Try: make setup PYTHON=/path/to/python3.11" >&2; \
		exit 1; \
	fi; \
	echo "Installing into $(VENV) (only when requirements-dev.txt changed) ..." >&2; \
	[ -x $(BIN)/python ] && $(BIN)/python -c 'import pip' 2>/dev/null || "$$found" -m venv $(VENV) || { \
		echo "Python could not make $(VENV); on Debian and Ubuntu: apt install python3-venv" >&2; exit 1; }; \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements-dev.txt
	@touch $(STAMP)

# Babel compiles translations too, so that gettext is not needed.
%.mo: %.po $(STAMP)
	@$(BIN)/pybabel --quiet compile --input-file $< --output-file $@

run: setup
	@exec env HCCTRIALS_LOCAL=1 HCCTRIALS_REFRESH_ON_START="$${HCCTRIALS_REFRESH_ON_START:-1}" $(BIN)/python manage.py serve

# Without ARGS five sessions at once, each with a database of its own: many tests wait for processes, and leave the two
# cores to the others. The two that wait most have quick folders beside, so that all end at about the same time. What
# four of them say is shown when all are done.
SITE := $(addprefix trials/tests/,site matching models registry vocabulary)
TASKS := $(addprefix trials/tests/,tasks management)
PAGES := $(addprefix trials/tests/,web whole_site)
STAFF := $(addprefix trials/tests/,admin alerts fuzz guard hostile)
test: setup
ifneq ($(strip $(ARGS)),)
	@$(BIN)/python -m pytest $(ARGS)
else
	@mkdir -p var/test; parts=; failed=0; \
	part() { name=$$1; shift; $(BIN)/python -m pytest "$$@" >var/test/$$name.log 2>&1 & parts="$$parts $$name:$$!"; }; \
	part site $(SITE); part tasks $(TASKS); part pages $(PAGES); part staff $(STAFF); \
	trap 'for part in $$parts; do kill $${part#*:} 2>/dev/null; done' INT TERM; \
	$(BIN)/python -m pytest $(addprefix --ignore=,$(SITE) $(TASKS) $(PAGES) $(STAFF)) || failed=1; \
	for part in $$parts; do \
		echo "Tests of $${part%:*}:"; wait $${part#*:} || failed=1; cat var/test/$${part%:*}.log; done; \
	exit $$failed
endif

# Types and checks read the settings and need values for them, but neither a database nor secrets that hold anywhere.
check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	DJANGO_DEBUG=1 DATABASE_URL=postgresql:///types $(BIN)/mypy manage.py hcctrials trials
	@if [ -n "$$(find templates trials hcctrials -name '*.html' 2>/dev/null | head -n 1)" ]; then \
		echo "$(BIN)/djlint templates --profile=django --lint"; $(BIN)/djlint templates --profile=django --lint --quiet; fi
	$(BIN)/python .ci/secrets_scan.py
	$(BIN)/python .ci/audit.py
	HCCTRIALS_LOCAL=1 $(BIN)/python manage.py makemigrations --check --dry-run
	@echo "manage.py check --deploy (with the environment of production)"
	@env -u HCCTRIALS_LOCAL_HTTP -u DJANGO_DEBUG HCCTRIALS_LOCAL=0 DJANGO_ALLOWED_HOSTS=trials.example.org \
		DATABASE_URL=postgresql:///check \
		DJANGO_SECRET_KEY="$$($(BIN)/python -c 'import secrets; print(secrets.token_urlsafe(64))')" \
		$(BIN)/python manage.py check --deploy --fail-level WARNING

# Our own readings of the shared records, and records that we invented; of those kept aside the numbers alone are shown.
READINGS := trials/tests/eligibility/readings
INVENTED := trials/tests/eligibility/invented
OUR_READINGS := --records-too $(INVENTED)/records \
	--also "Read by us, seen while rules were written=$(READINGS)/open.jsonl" \
	--also "Invented, seen while rules were written=$(INVENTED)/open.jsonl" \
	--sealed "Invented, kept aside=$(INVENTED)/sealed.jsonl"

evaluate: setup
	@$(BIN)/python manage.py evaluate_eligibility $(SHARED)/gold $(SHARED)/corpus --write docs/eligibility.md $(OUR_READINGS)

# Nothing is guessed from similar texts: what is new stands empty until somebody translates it.
messages: setup
	@PYTHONPATH=. $(BIN)/pybabel --quiet extract --mapping-file $(LOCALE)/babel.cfg $(MARKS) --add-location=file --sort-output \
		--no-wrap --project="HCC Trials" --output-file $(LOCALE)/django.pot .
	@for language in $(notdir $(patsubst %/LC_MESSAGES/,%,$(wildcard $(LOCALE)/*/LC_MESSAGES/))); do \
		$(BIN)/pybabel --quiet update --input-file $(LOCALE)/django.pot --output-dir $(LOCALE) --domain django --locale $$language \
			--no-fuzzy-matching --ignore-obsolete --no-wrap || exit 1; \
	done
	@rm $(LOCALE)/django.pot

# REFRESHES=100 SEED=7 make simulate-alerts: another number, another story
simulate-alerts: setup
	@SIMULATED_REFRESHES=$(or $(REFRESHES),1000) SIMULATION_SEED=$(or $(SEED),20261121) \
		$(BIN)/python -m pytest trials/tests/alerts/test_simulation.py -k lost_or_doubled -q -s -p no:logging

benchmark: benchmark-load
	@$(MAKE) --no-print-directory benchmark-search

benchmark-load: setup
	@rm -rf var/benchmark
	@export HCCTRIALS_LOCAL=1 HCCTRIALS_RATE_LIMITED=0 HCCTRIALS_DATA_DIR=var/benchmark; \
	$(BIN)/python manage.py migrate --verbosity 0 && $(BIN)/python manage.py collectstatic --noinput --verbosity 0 && \
	$(BIN)/python manage.py benchmark $(CORPUS)

# Stores of these SIZES are made once and kept until `make benchmark-load`.
benchmark-search: setup
	@HCCTRIALS_DATA_DIR=var/benchmark HCCTRIALS_RATE_LIMITED=0 PYTHONPATH=.ci $(BIN)/python -m benchmark $(CORPUS) --sizes $(SIZES)

# Under var/load, kept for the next time. ARGS="--seconds 10 --memory-requests 2000" for a quick look.
load: setup
	@HCCTRIALS_DATA_DIR=var/load PYTHONPATH=.ci $(BIN)/python -m load $(CORPUS) $(ARGS)

# One record in fifty requests; REQUESTS=2000 for a quick look
fuzz: setup
	@FUZZED_REQUESTS=$(or $(REQUESTS),100000) FUZZED_RECORDS=$$(($(or $(REQUESTS),100000) / 50)) \
		FUZZ_SEED=$(or $(SEED),20261121) \
		$(BIN)/python -m pytest trials/tests/fuzz -q -s -p no:logging --show-capture=no --tb=short $(ARGS)

# Of a site that runs: make run, then this in another terminal.
screenshot: setup
	@mkdir -p docs/images
	@$(BIN)/python .ci/screenshot.py "http://127.0.0.1:$${PORT:-8000}/trials/?child_pugh=B" docs/images/results.png

lock: setup
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes pyproject.toml -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --extra dev pyproject.toml -o requirements-dev.txt

clean:
	rm -rf $(VENV) var/test var/static var/static.fingerprint .mypy_cache .pytest_cache .ruff_cache .hypothesis $(CATALOGUES)
	find hcctrials trials -name __pycache__ -type d -prune -exec rm -rf {} +
