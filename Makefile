# make demo              the shipped facts in a store of its own, three answers, the capital map
# make demo STORE=neo4j  the same on a Neo4j that it starts itself
# make test              everything: lint, types, tests on every store, the package
# make check             lint and types alone

PYTHON ?= python3
STORE ?= embedded
BIN = .venv/bin

.PHONY: demo test check browser benchmarks clean

.venv/demo: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "whofunds needs Python 3.11 or newer; set PYTHON=")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable ".[server]"
	touch $@

.venv/test: .venv/demo
	$(BIN)/python -m pip install --quiet --editable ".[server,dev]"
	touch $@

demo: .venv/demo
	@$(BIN)/python tests/demo.py $(STORE)

check: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# A Chromium that is there; else the system's package manager where it may; else the line to run.
browser:
	@command -v chromium chromium-browser google-chrome >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; \
	else echo "no Chromium: run 'sudo apt-get install chromium' (or your system's line for it)" >&2; fi

test: .venv/test browser check
	$(BIN)/pytest

benchmarks: .venv/test
	$(BIN)/python benchmarks/run.py

clean:
	rm -rf .venv demo dist
