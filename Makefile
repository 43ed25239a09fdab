# Two commands: `make build` makes the newest issue under issues/ into build/; `make test` runs all tests.
# Both set up what they need first (.venv, system libraries) and are quick the second time.

BIN := .venv/bin
READY := .venv/ready
SOURCES := requirements.lock pyproject.toml tools/setup.sh

.PHONY: build test lint types bench lock translations clean

build: $(READY)
	$(BIN)/bulletin build $(ISSUE)

test: $(READY) lint types
	$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder $(ARGS)

lint: $(READY)
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .

types: $(READY)
	$(BIN)/mypy --no-error-summary

bench: $(READY)
	$(BIN)/python tools/bench.py $(ARGS)

lock: $(READY)
	$(BIN)/pip-compile --quiet --strip-extras --generate-hashes --allow-unsafe --extra dev \
	  --no-emit-index-url --no-emit-find-links --output-file requirements.lock pyproject.toml

translations: $(READY)
	$(BIN)/python tools/translations.py

clean:
	rm -rf .venv build dist

$(READY): $(SOURCES)
	sh tools/setup.sh
	touch $(READY)
