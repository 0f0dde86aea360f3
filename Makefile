# make demo              the shipped facts in a store of its own, three answers, the capital map
# make demo STORE=neo4j  the same on a Neo4j that it starts itself
# make test              everything: lint, types, tests on every store, the package
# make check             lint and types alone
# make notebook          runs docs/questions.ipynb and writes its outputs anew
# make truth             how well texts, names and accounts are read, on labels made by hand

PYTHON ?= python3
STORE ?= embedded
BIN = .venv/bin

.PHONY: demo test check notebook truth browser benchmarks benchmarks-pages clean

.venv/demo: pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "whofunds needs Python 3.11 or newer; set PYTHON=")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable ".[server]"
	touch $@

.venv/test: .venv/demo
	$(BIN)/python -m pip install --quiet --editable ".[server,dev]"
	touch $@

# In one shell, so that the Neo4j which it starts is the one that it asks.
demo: .venv/demo
	@set -e; mkdir -p demo; PATH="$$PWD/$(BIN):$$PATH"; export WHOFUNDS_STORE=demo/store; \
	if [ "$(STORE)" = neo4j ]; then \
	  started="$$(whofunds neo4j start --folder demo/neo4j)"; eval "$$started"; \
	  WHOFUNDS_STORE=neo4j; trap 'whofunds neo4j stop --folder demo/neo4j' EXIT; \
	fi; \
	whofunds load ai-funding; \
	ask() { printf '\n%s\n\n' "$$1"; shift; whofunds query "$$@"; }; \
	ask "Which capital sources fund which companies? (the large-model generation)" \
	  capital/sources-by-company cohort=llm-2023; \
	ask "How far is each Chinese model company from 20bn CNY?" ceiling/raised cohort=llm-2023; \
	ask "Which internet giants came early, and what came after?" investors/early-and-after; \
	whofunds view capital-map --output demo/capital-map.html >/dev/null; \
	printf '\nThe capital map is demo/capital-map.html: open it in a browser.\nTry next:\n'; \
	printf '  . .venv/bin/activate; export WHOFUNDS_STORE=demo/store\n'; \
	printf '  whofunds query capital/behind-company company=月之暗面\n'; \
	printf '  whofunds query paths/from-government government=Hangzhou company=智谱\n'; \
	printf '  whofunds view ceiling cohort=llm-2023 --open\n'; \
	printf '  whofunds queries\n'; \
	if [ "$(STORE)" = neo4j ]; then \
	  printf 'and the same on Neo4j after:\n'; \
	  printf '  eval "$$(whofunds neo4j start --folder demo/neo4j)"; export WHOFUNDS_STORE=neo4j\n'; fi

check: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

notebook: .venv/test
	@PYTHONPATH=graph:. $(BIN)/python -m tests.notebook

truth: .venv/test
	@PYTHONPATH=graph:. $(BIN)/python -m tests.truth

# A Chromium that is there; else the system's package manager where it may; else the line to run.
browser:
	@command -v chromium chromium-browser google-chrome >/dev/null && exit 0; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  apt-get update -qq && apt-get install -y -qq chromium fonts-noto-cjk >/dev/null; \
	else echo "no Chromium: run 'sudo apt-get install chromium' (or your system's line for it)" >&2; fi

test: .venv/test browser check
	$(BIN)/pytest

benchmarks: .venv/test
	PYTHONPATH=graph:. $(BIN)/python -m benchmarks.run

# PROTOTYPE=page.html measures that page too: the one that the capital map was designed on.
benchmarks-pages: .venv/test browser
	$(BIN)/python -m pip install --quiet neo4j-viz
	@PYTHONPATH=graph:. $(BIN)/python -m benchmarks.pages

clean:
	rm -rf .venv demo dist
