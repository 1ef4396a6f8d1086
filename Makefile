# Nothing needs to be activated: every target uses the Python of .venv.
PYTHON ?= python3
PY := .venv/bin/python
ASSIGNMENT ?=
ASSIGNMENTS := $(sort $(notdir $(wildcard source/*)))
REQUIRE ?=
PYODIDE ?=
# One process more than cores, since tests also wait for what they have started. The
# tests of a file stay together and share its fixtures.
PARALLEL := -n $(shell $(PYTHON) -c 'import os; print(os.cpu_count() + 1)') --dist loadfile

.PHONY: help demo docs lite test test-all release freeze figures grade lab fuzz hostile bench verify mutants clean

help: ## say what there is to make
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

.venv/.made: constraints.txt pyproject.toml
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check \
	    --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: .venv/.made ## grade a sample class, and show what people get
	@$(PY) -m tests.support.demo

test: .venv/.made ## ruff, mypy and pytest; REQUIRE=all fails where something is missing
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	REQUIRE=$(REQUIRE) $(PY) -m pytest -q $(PARALLEL) -m "not long"

test-all: test ## also what takes long: browsers, notebooks, a whole term, attacks
	$(PY) -m pip install --quiet --disable-pip-version-check \
	    --constraint constraints.txt --editable '.[dev,docs,lite]'
	REQUIRE=$(REQUIRE) $(PY) -m pytest -q $(PARALLEL) --no-loadscope-reorder -m long

docs: .venv/.made ## build the site of all docs into build/site; a warning is an error
	$(PY) -m pip install --quiet --disable-pip-version-check \
	    --constraint constraints.txt --editable '.[dev,docs]'
	NO_MKDOCS_2_WARNING=1 $(PY) -m mkdocs build --quiet

lite: .venv/.made ## build a site to work in a browser into build/lite; PYODIDE=folder
	$(PY) -m pip install --quiet --disable-pip-version-check \
	    --constraint constraints.txt --editable '.[dev,lite]'
	$(PY) -m autograder lite --pyodide '$(PYODIDE)'

verify: .venv/.made ## hold the references against PyTorch, which it installs
	$(PY) -m pip install --quiet --disable-pip-version-check \
	    --constraint constraints.txt --editable '.[dev,verify]'
	$(PY) -m pytest -q tests/assignments/verify_torch.py

mutants: .venv/.made ## is every fault in a solution caught by the cases? docs/mutants.md
	$(PY) -m pip install --quiet --disable-pip-version-check \
	    --constraint constraints.txt --editable '.[dev,mutants]'
	$(PY) -m tests.support.mutants

release: .venv/.made ## make release/ from source/, and refuse if an answer leaks
	@for name in $(ASSIGNMENTS); do .venv/bin/nbgrader generate_assignment $$name || exit 1; done

freeze: .venv/.made ## renew the arrays of visible cases from the reference
	@for name in $(ASSIGNMENTS); do $(PY) -m autograder freeze $$name || exit 1; done

figures: .venv/.made ## draw the pictures of the notebooks anew
	@for name in $(ASSIGNMENTS); do \
	    [ ! -f docs/figures/$$name.py ] || $(PY) -m docs.figures.$$name || exit 1; done

grade: .venv/.made ## grade what lies in submitted/; say ASSIGNMENT=<name>
	@[ -n "$(ASSIGNMENT)" ] || { echo "Which one? make grade ASSIGNMENT=<name>"; exit 1; }
	$(PY) -m autograder grade $(ASSIGNMENT) --feedback

lab: .venv/.made ## open JupyterLab on the course
	.venv/bin/jupyter lab

fuzz: .venv/.made ## try the readers on many thousand odd inputs
	FUZZ=20000 $(PY) -m pytest -q tests/engine/test_fuzz.py tests/engine/test_wire.py

hostile: .venv/.made ## try hostile submissions with layers taken away, into docs/isolation.md
	$(PY) -m tests.hostile

bench: .venv/.made ## measure, as ratios, into docs/benchmarks.md
	$(PY) -m benchmarks

clean: ## remove what was made, but not submissions or the gradebook
	rm -rf .venv demo build .pytest_cache .mypy_cache .ruff_cache
