# make run, test, test-rest, bench, soak, mutants, faults, abuse, lint, format: each sets up what it needs in .venv first.

PYTHON ?= python3
MAKEFLAGS += --no-print-directory
INSTALL = .venv/bin/python -m pip install -qq --disable-pip-version-check --requirement

.PHONY: run test test-rest bench soak mutants faults abuse lint format

# exec: signals to make's child must reach the program itself, not a shell in between.
run: .venv/runtime.stamp
	@exec .venv/bin/python -m tracker.local

# what is usual on SQLite, and on PostgreSQL what the database decides; make test ARGS="-k overdue"
test: .venv/development.stamp
	@exec .venv/bin/python -m tests $(ARGS)

# what is thorough on SQLite, and the remainder on PostgreSQL
test-rest: .venv/development.stamp
	@exec .venv/bin/python -m tests rest $(ARGS)

# how fast pages and exports are with 100,000 commitments, on both databases; make bench ARGS=million
bench: .venv/development.stamp
	@exec .venv/bin/python -m tests.bench $(ARGS)

# forty-two faults in the product, one at a time: do the tests catch them? make mutants ARGS="--only 3 17"
mutants: .venv/development.stamp
	@exec .venv/bin/python -m tests.mutants $(ARGS)

# long random runs; make soak ARGS="crawl --seed 7 --minutes 5"
soak: .venv/development.stamp
	@exec .venv/bin/python -m tests.soak $(ARGS)

# make faults ARGS="kill smtp --people 300"
faults: .venv/development.stamp
	@exec .venv/bin/python -m tests.faults $(ARGS)

# hostile strangers, on this machine only; make abuse ARGS="slow bodies --minutes 2"
abuse: .venv/development.stamp
	@exec .venv/bin/python -m tests.abuse $(ARGS)

lint: .venv/development.stamp
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .
	@.venv/bin/djhtml --check --tabwidth 2 templates
	@.venv/bin/mypy --no-error-summary
	@.venv/bin/python manage.py makemigrations --check --dry-run
	@.venv/bin/python -m tests.catalogues

format: .venv/development.stamp
	@.venv/bin/ruff check --fix . && .venv/bin/ruff format . && .venv/bin/djhtml --tabwidth 2 templates

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Python 3.11 or newer is needed as $(PYTHON); name another with: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv .venv >/dev/null \
		|| { echo "$(PYTHON) cannot make a virtual environment; on Debian: apt-get install python3-venv" >&2; rm -rf .venv; exit 1; }

.venv/runtime.stamp: requirements.txt | .venv/bin/python
	@echo "Installing the packages of $< ..."
	@$(INSTALL) $<
	@touch $@

.venv/development.stamp: requirements-dev.txt requirements.txt | .venv/bin/python
	@echo "Installing the packages of $< ..."
	@$(INSTALL) $<
	@touch $@ .venv/runtime.stamp
