# One line for each command of run.py, which does the work on every system (Windows has no make: use mulai.cmd).
# Arguments: make run ARGS="lampung --lang en"     another Python: make test PYTHON=python3.12
PYTHON ?= python3
.DEFAULT_GOAL := help
.PHONY: run test lab bench regression regression-update fuzz soak lock help

run: ; @$(PYTHON) run.py run $(ARGS)
test: ; @$(PYTHON) run.py test $(ARGS)
lab: ; @$(PYTHON) run.py lab $(ARGS)
bench: ; @$(PYTHON) run.py bench $(ARGS)
regression: ; @$(PYTHON) run.py regression $(ARGS)
regression-update: ; @$(PYTHON) run.py regression-update $(ARGS)
fuzz: ; @$(PYTHON) run.py fuzz $(ARGS)
soak: ; @$(PYTHON) run.py soak $(ARGS)
lock: ; @$(PYTHON) run.py lock $(ARGS)
help: ; @$(PYTHON) run.py help
