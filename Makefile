# Reportedly. 'make' alone says what there is; 'make demo' and 'make test' need nothing but Python 3.11 and its venv.
SHELL := /bin/sh
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
RUN := $(BIN)/python
# Inside the environment, so that removing it is all it takes to make it anew.
STAMPS := $(VENV)/.made
EXTRAS := annotation build dev ftm mcp parquet spark
COMPILE = $(BIN)/pip-compile --quiet --generate-hashes --no-strip-extras --allow-unsafe --no-header --no-annotate \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-emit-options
DEMO ?= qal-afi qal-monitor
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DEFAULT_GOAL := help
.PHONY: help demo test slow lint format score floors fuzz bench docs lock clean install workshop gazetteer frontend workbench browser java

help: ## Say what there is to do
	@echo "Reportedly reads news reports: who says that who did what to whom, where, when and how many."
	@echo
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/' | expand -t 18
	@echo
	@echo "Start with 'make demo'. Then read a report of your own:"
	@echo "  $(BIN)/reportedly read report.txt --published 2015-06-09"

demo: install gazetteer ## Install, compile the gazetteer, read the bundled sample reports and show the result
	@$(RUN) tools/demo.py .make/demo $(DEMO)

test: workshop frontend browser java ## Check style, types and every behaviour, the quality gate included
	$(BIN)/ruff check src tests tools
	$(BIN)/ruff format --check src tests tools
	$(BIN)/mypy
	$(BIN)/pytest

slow: workshop gazetteer ## Run the tests that take minutes: kills at random points, a hundred thousand claims
	$(BIN)/pytest -m slow

lint: workshop ## Check style and types only
	$(BIN)/ruff check src tests tools
	$(BIN)/ruff format --check src tests tools
	$(BIN)/mypy

format: workshop ## Lay out the code and mend what ruff can mend by itself
	$(BIN)/ruff check --fix src tests tools
	$(BIN)/ruff format src tests tools

score: install gazetteer ## Score the reading on ../shared/eval (or the samples), peers' figures beside ours
	@$(RUN) tools/score.py

floors: install gazetteer ## Raise the floors of the quality gate to what the samples reach now
	@$(RUN) tools/floors.py --margin .02

frontend: $(STAMPS)/frontend ## Build the workbench's script (what a wheel already holds)

workbench: install gazetteer frontend ## Open the workbench in the browser with the sample reports
	$(RUN) -m reportedly demo

fuzz: install gazetteer ## Search for inputs that break what no input may break, for ten minutes
	@$(RUN) tools/fuzz.py --minutes 10

bench: install gazetteer ## Time and memory of each stage as ratios to the parse alone
	@$(RUN) tools/bench.py
	@$(RUN) tools/bench_modes.py --growth
	@$(RUN) tools/bench_group.py
	@$(RUN) tools/bench_web.py

docs: install ## Make the pages of docs/ that are made from the program
	@$(RUN) tools/docs.py
	@$(RUN) tools/readme.py

lock: install ## Lock the environment anew, by hash and without addresses: what runs it, and what tests it
	@$(RUN) -m pip install --quiet pip-tools
	@$(COMPILE) --upgrade $(EXTRAS:%=--extra %) --output-file requirements-dev.lock pyproject.toml
	@sed -e 's/ *\\$$//' -e '/--hash/d' -e 's/\[.*\]//' requirements-dev.lock > $(VENV)/versions.txt
	@$(COMPILE) --upgrade --extra build --constraint $(VENV)/versions.txt --output-file requirements.lock pyproject.toml
	@$(RUN) tools/npmlock.py

clean: ## Remove what was made here: the environment, caches, the demo's output
	rm -rf $(VENV) .make .mypy_cache .ruff_cache .pytest_cache .hypothesis .cache build dist
	find src tests tools -name __pycache__ -type d -exec rm -rf {} +

install: $(STAMPS)/installed

workshop: install $(STAMPS)/workshop

gazetteer: install
	@$(RUN) -m reportedly gazetteer compile

$(STAMPS)/installed: pyproject.toml $(STAMPS)/environment
	@$(RUN) -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(STAMPS)/environment: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed; say which: make PYTHON=python3.11" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Python's venv is missing; on Debian: apt install python3-venv" >&2; exit 2; }
	@echo "Making the environment in $(VENV) (half a minute or more, once)"
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV)
	@$(RUN) -m pip install --quiet --quiet --require-hashes --requirement requirements.lock
	@mkdir -p $(STAMPS)
	@touch $@

# What the tests need besides: other people's tools, to hold our formats against.
$(STAMPS)/workshop: requirements-dev.lock $(STAMPS)/environment
	@echo "Adding what the tests need (a minute or two, once)"
	@$(RUN) -m pip install --quiet --quiet --require-hashes --requirement requirements-dev.lock
	@touch $@

# The machine's own Node where it is new enough; else the one that comes with what the tests need.
NODE_READY := $(shell node -e 'process.exit(parseInt(process.versions.node) < 22 && !/^20\.(19|[2-9][0-9])/.test(process.versions.node))' 2>/dev/null && echo yes)
FRONTEND := $(shell find frontend -path frontend/node_modules -prune -o -type f -print)

$(STAMPS)/frontend: $(FRONTEND) tools/frontend.py $(if $(NODE_READY),,$(STAMPS)/workshop) | $(STAMPS)/environment
	@echo "Building the workbench's script"
	@$(RUN) tools/frontend.py build test
	@touch $@

# The tests look at the pages in a real browser: Debian's.
browser:
	@command -v chromium >/dev/null || { test "$$(id -u)" = 0 && echo "Installing Debian's chromium" && apt-get update -qq >/dev/null \
		&& DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends chromium fonts-noto-core >/dev/null; } \
		|| { echo "The tests need a browser; on Debian: apt install chromium fonts-noto-core" >&2; exit 2; }

# Archives are read by Spark too, which runs on Java: Debian's.
java:
	@command -v java >/dev/null || { test "$$(id -u)" = 0 && echo "Installing Debian's Java" && apt-get update -qq >/dev/null \
		&& DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends default-jre-headless >/dev/null; } \
		|| { echo "The tests need Java; on Debian: apt install default-jre-headless" >&2; exit 2; }
