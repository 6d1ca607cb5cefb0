# Two commands do everything: `make report` issues the documents, `make test` checks the project.
# An analyst needs Python and make alone; nothing is installed outside .venv (but see .ci/system-parts).

PYTHON ?= python3
LAB_FLAGS ?=
# --against DIR compares the report with that of another checkout, which has its own .venv.
BENCH_FLAGS ?=
# Two cores; a file stays on one, because its tests share what they have issued, and files begin in
# the order that tests/conftest.py gives them.
PYTEST_FLAGS ?= -n 2 --dist loadfile --no-loadscope-reorder
# At a desk the long tests and the floor of coverage (pyproject.toml) are left to CI; CI=1 make test has both.
ifdef CI
PYTEST_FLAGS += --cov --cov-report=
else
PYTEST_FLAGS += -m "not thorough"
endif

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help report test bench lab check format picture lock clean

help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /\1|/' \
		| while IFS='|' read -r name text; do printf '  make %-8s %s\n' "$$name" "$$text"; done

report: $(READY) ## issue the newest report, its annex, brief and brochure, the action plan and its annex into reports/
	$(BIN)/slz check
	$(BIN)/slz batch --only report,annex,plan,plan_annex,council,brochure

test: $(READY) ## install what the tests look through, then lint, types and all tests
	@bash .ci/system-parts
	@$(MAKE) --no-print-directory check
	$(BIN)/python -m pytest $(PYTEST_FLAGS)
ifndef CI
	@echo "Long tests (marked thorough) were left out; CI=1 make test runs them too."
endif

lab: $(READY) ## open JupyterLab over the project, at the tour
	$(BIN)/slz lab -- $(LAB_FLAGS)

check: $(READY) ## lint, formatting and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

format: $(READY) ## format the code and mend what ruff can mend
	$(BIN)/ruff check --fix --exit-zero
	$(BIN)/ruff format

bench: $(READY) ## measure editions against papermill and nbconvert (five minutes)
	$(BIN)/python -m tests.benchmark.production $(BENCH_FLAGS)

picture: $(READY) ## take the README's picture of the report anew
	$(BIN)/python -m tests.documents.picture

lock: ## resolve the dependencies anew into requirements.lock (needs uv and the network)
	uv pip compile --quiet --universal --python-version 3.11 --fork-strategy fewest \
		--all-extras --generate-hashes --no-config --no-emit-index-url --no-emit-find-links \
		--no-annotate --no-header --upgrade --output-file requirements.lock pyproject.toml

clean: ## remove the environment and everything else that can be made again
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find slz_lib tests notebooks \( -name __pycache__ -o -name .ipynb_checkpoints \) -prune -exec rm -rf {} +

# The environment, made once and again whenever the lock or the package's description changes.
$(READY): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { \
		echo "$(PYTHON) was not found; install Python 3.11 or newer, or name one: make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed, $(PYTHON) is $$($(PYTHON) -V 2>&1); name another: make PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python has no venv; install it: sudo apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@echo "Preparing the environment in $(VENV) (a minute or two, once)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib >/dev/null || true # some packages carry files that are no Python
	@touch $@
