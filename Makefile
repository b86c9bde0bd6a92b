# Everything a reader or an author does. `make` alone lists it.

PYTHON ?= python3
BIN := .venv/bin

# A home that cannot be written (a container, a locked-down classroom) must not stop the course.
ifneq ($(shell test -w "$(HOME)" && echo writable),writable)
$(info Your home directory $(HOME) cannot be written: caches and settings go to .cache/home)
export HOME := $(CURDIR)/.cache/home
$(shell mkdir -p "$(HOME)")
endif

.PHONY: help book serve pdf zip lab hub execute check test test-release lock bench clean
.PHONY: install-book install-all

help:  ## this list
	@echo "Gears: the mathematics of neural networks, live"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1	\2/p' Makefile | expand -t 22

book: install-book  ## render both editions into _build/site (no notebook is executed)
	@$(BIN)/python tools/build.py

serve: book  ## render, then serve the site on 127.0.0.1
	@$(BIN)/python tools/live.py

pdf: book install-all  ## print each edition as one PDF
	@$(BIN)/python tools/browser.py
	@$(BIN)/python tools/pdf.py

zip: pdf  ## pack the site, the PDFs, the notebooks and their data into one archive
	@$(BIN)/python tools/archive.py

lab: install-all  ## open the notebooks in JupyterLab, on 127.0.0.1
	@cd notebooks && ../$(BIN)/jupyter lab --ServerApp.ip=127.0.0.1

CONFIG ?= deploy/jupyterhub/jupyterhub_config.py
hub: install-all  ## a JupyterHub for a class, on 127.0.0.1 (deploy/jupyterhub/README.md)
	@$(BIN)/python tools/proxy.py
	@$(BIN)/jupyterhub --config $(CONFIG)

execute: install-all  ## run the notebooks in place, or some: make execute NOTEBOOKS="notebooks/en/..."
	@$(BIN)/python tools/execute.py $(NOTEBOOKS)

# Three workers keep two processors busy, for many a test waits: for a kernel, a browser, a server.
# NumPy's own threads would wait for each other.
PYTEST := OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n 3

check: install-all  ## lint, and the tests of what is changed and not committed: a minute
	@$(BIN)/python tools/browser.py
	@$(BIN)/python tools/sandbox.py
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python tools/check.py

TESTS ?= tests notebooks
test: install-all  ## every check that a change has to pass; CI runs this and nothing else
	@$(BIN)/python tools/browser.py
	@$(BIN)/python tools/sandbox.py
	@$(BIN)/python tools/lint.py
	@$(BIN)/python tools/build.py
	@$(PYTEST) --nbval -m "not release" --durations=10 $(TESTS)

test-release: pdf  ## what only a release needs: PDFs, archive, hub, ten runs, a longer search
	@$(BIN)/python tools/sandbox.py
	@$(BIN)/python tools/proxy.py
	@$(PYTEST) -m release --durations=10 tests
	@$(PYTEST) -m hypothesis --hypothesis-profile=search tests
	@$(BIN)/python tools/flakes.py

lock: install-book  ## compile requirements*.in into the lock files
	@$(BIN)/python tools/lock.py

BENCHES := bench bench_growth bench_verify bench_live bench_pages bench_figures bench_training
bench: install-all  ## time everything against plain jupyter-book, nbval and Keras; takes hours
	@$(BIN)/python tools/browser.py
	@$(BIN)/python tools/build.py
	@for name in $(BENCHES); do echo; $(BIN)/python tools/$$name.py || exit; done

clean:  ## remove everything that was built; the installed .venv stays
	@rm -rf _build .pytest_cache .ruff_cache .hypothesis

install-book install-all: install-%:
	@$(PYTHON) tools/check_python.py
	@$(PYTHON) tools/install.py $*
