# What one does with this project; each command may be repeated safely.
PORT ?= 8000
PYTHON ?= python3
BIN := .venv/bin
# Who has no tests left takes some from who has: files of the browser last long.
IN_PARALLEL := -n auto --maxprocesses 4 --dist worksteal
export DEBUG ?= 1

.PHONY: run test test-fast browser bench lint format messages clean

run: .venv/ready ## the site on this machine, from a fresh clone
	@$(BIN)/python manage.py start $(PORT)

test: .venv/ready-dev ## the whole suite, from a fresh clone
	@$(BIN)/python -m assembly_site.languages.catalogues
	@$(BIN)/python -m pytest $(IN_PARALLEL)

test-fast: .venv/ready-dev ## without the browser
	@$(BIN)/python -m assembly_site.languages.catalogues
	@$(BIN)/python -m pytest $(IN_PARALLEL) -q -m "not browser" -x

browser: .venv/ready-dev ## the browser tests alone
	@$(BIN)/python -m pytest -m browser

bench: .venv/ready-dev ## timings, as ratios within one run
	@$(BIN)/python -m pytest tests/benchmarks -m benchmark -s

lint: .venv/ready-dev ## style, migrations, catalogues, content, arrows of the house
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .
	@$(BIN)/djade --target-version 5.2 --check $$(git ls-files 'templates/*.html')
	@$(BIN)/python -m assembly_site.languages.catalogues
	@$(BIN)/python manage.py makemigrations --check --dry-run
	@$(BIN)/python manage.py check --fail-level WARNING
	@$(BIN)/python -m pytest -q tests/test_house.py tests/languages/test_catalogues.py tests/test_writing.py

format: .venv/ready-dev
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .
	@$(BIN)/djade --target-version 5.2 $$(git ls-files 'templates/*.html') || true

messages: ## collect the words of templates and code (needs gettext)
	@$(BIN)/python manage.py makemessages -l kk -l ru --no-obsolete --no-location -i .venv -i var -i 'tests/*' -i 'assembly_site/languages/django_words/*'

clean:
	rm -rf .venv var

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Python 3.11 or later is needed: install it, or name it with PYTHON=python3.12."; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python cannot make environments here: install its venv package (Debian: apt install python3-venv)."; rm -rf .venv; exit 1; }
	@touch $@

.venv/ready: .venv/python requirements.txt
	@echo "Libraries: installing what the site needs"
	@$(BIN)/pip install -q --disable-pip-version-check -r requirements.txt || { echo "The libraries could not be installed: check the connection to the package index and run this again."; exit 1; }
	@touch $@

.venv/ready-dev: .venv/ready requirements-dev.txt
	@echo "Libraries: installing what the tests need"
	@$(BIN)/pip install -q --disable-pip-version-check -r requirements-dev.txt || { echo "The libraries could not be installed: check the connection to the package index and run this again."; exit 1; }
	@touch $@
