# `make NAME` is `python -m tools NAME`, which lists them.

PYTHON ?= python3
NAMES := help book serve pdf zip lab edit translated grade export check lint test-release flakes
NAMES += audit lock proxy bench clean install-book install-all

.PHONY: $(NAMES) hub execute test

$(NAMES):
	@$(PYTHON) -m tools $@

# some of the notebooks: make execute NOTEBOOKS="notebooks/en/..."; some of the tests: TESTS="..."
hub: ; @$(PYTHON) -m tools hub $(CONFIG)
execute: ; @$(PYTHON) -m tools execute $(NOTEBOOKS)
test: ; @$(PYTHON) -m tools test $(TESTS)
