# Keman. Two commands are enough: `make run` starts it, `make test` tests it. Both install what they need.
# Needed beforehand: Python 3.11 or newer, and make.

.DEFAULT_GOAL := run
.PHONY: run dev setup setup-dev test browser lint format lock audit messages benchmark clean
MAKEFLAGS += --no-print-directory
# Translated code is kept, whatever the machine says: the product and its tests start many processes of the same code.
unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
UV := 0.13.9
# One process of tests more than there are processors: some of them wait for processes of the product that start and end.
JOBS ?= $(shell echo $$(($$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1)))

run: setup ## the product, with a demo company on the first start; PORT=8000
	@$(BIN)/python manage.py up

dev: setup-dev ## the same with error pages and reloading, for those who write code
	@env DJANGO_SETTINGS_MODULE=crm.settings.dev $(BIN)/python manage.py up

setup: $(VENV)/.installed $(VENV)/.translated ## what both need: packages and compiled translations
setup-dev: $(VENV)/.installed-dev $(VENV)/.translated

# --- packages -------------------------------------------------------------------------------------
$(BIN)/python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "需要 Python 3.11 或更新版本：例如 apt-get install python3 · Python 3.11 or newer is needed, for example: apt-get install python3"; exit 1; fi
	@if ! $(PYTHON) -c 'import venv, ensurepip' 2>/dev/null; then \
		v=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
		echo "Python 缺少 venv，请先执行：apt-get install $$v · Python lacks venv, run first: apt-get install $$v"; exit 1; fi
	@echo "  $(VENV) …"
	@$(PYTHON) -m venv $(VENV)

# A lock file newer than its stamp is installed again; nothing else costs a look-up.
$(VENV)/.installed: requirements.lock | $(BIN)/python
	@$(call install,requirements.lock)
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock | $(BIN)/python
	@$(call install,requirements-dev.lock)
	@touch $@ $(VENV)/.installed

# uv is five times quicker than pip; where it cannot be had, pip does the same work from the same hashes.
# A package mirror that pip was told about is passed on to uv.
define install
echo "  安装软件包 · installing packages …"; \
index=$$($(BIN)/pip config get global.index-url 2>/dev/null); \
if [ -n "$$index" ]; then export UV_DEFAULT_INDEX="$$index"; fi; \
if $(BIN)/pip install --quiet --disable-pip-version-check uv==$(UV) >$(VENV)/install.log 2>&1 \
	&& VIRTUAL_ENV=$(VENV) $(BIN)/uv pip install --quiet --require-hashes -r $(1) >>$(VENV)/install.log 2>&1; then :; \
elif $(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r $(1) >>$(VENV)/install.log 2>&1; then :; \
else tail -n 5 $(VENV)/install.log; \
	echo "软件包未能安装：请检查网络或磁盘空间，详见 $(VENV)/install.log · the packages could not be installed: check the network and the disk; details in $(VENV)/install.log"; \
	exit 1; fi
endef

$(VENV)/.translated: $(wildcard locale/*/LC_MESSAGES/*.po) | $(BIN)/python
	@$(BIN)/python -m crm.ops.catalogues
	@touch $@

lock: | $(BIN)/python ## write both lock files from the pins
	@$(BIN)/pip install --quiet uv==$(UV)
	@for set in requirements requirements-dev; do \
		$(BIN)/uv pip compile --quiet --generate-hashes --universal --python-version 3.11 --no-emit-index-url \
			--custom-compile-command 'make lock' $$set.txt -o $$set.lock; done

# --- tests ----------------------------------------------------------------------------------------
test: ## everything: linters, contracts, migrations, translations, tests, browser tests
	@$(MAKE) browser & fetching=$$!; $(MAKE) setup-dev && wait $$fetching
	@$(MAKE) lint
	@$(BIN)/pytest -q -n $(JOBS) --maxprocesses 4 --dist worksteal $(ARGS)

lint: setup-dev
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .
	@$(BIN)/lint-imports >$(VENV)/imports.log || { cat $(VENV)/imports.log; exit 1; }
	@$(BIN)/python -m crm.ops.catalogues --check
	@env DJANGO_SETTINGS_MODULE=crm.settings.test $(BIN)/python manage.py makemigrations --check --dry-run

# The browser tests drive the machine's own Chromium and want Chinese characters in their pictures.
browser:
	@for b in chromium chromium-browser google-chrome "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do \
		command -v "$$b" >/dev/null && exit 0; done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		echo "  Chromium …"; \
		(apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk) >/tmp/keman-chromium.log 2>&1 \
			|| { tail -n 5 /tmp/keman-chromium.log; exit 1; }; \
	else \
		echo "浏览器测试需要 Chromium：apt-get install chromium fonts-noto-cjk · the browser tests need Chromium: apt-get install chromium fonts-noto-cjk"; exit 1; fi

# --- for those who write code ---------------------------------------------------------------------
format: setup-dev
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

audit: setup-dev ## known vulnerabilities and insecure calls
	@$(BIN)/pip-audit --require-hashes -r requirements.lock
	@$(BIN)/bandit -q -r crm customers interactions deals feedback reports -x '*/tests/*,crm/testing' -ll

messages: setup-dev ## collect new texts into the catalogue (needs gettext)
	@env DJANGO_SETTINGS_MODULE=crm.settings.dev $(BIN)/python manage.py makemessages -l zh_Hans --no-location --no-wrap --ignore=$(VENV) --ignore=var
	@$(BIN)/python -m crm.ops.catalogues

benchmark: setup ## SCALE customers, every page and job measured
	@$(BIN)/python manage.py benchmark --scale $(or $(SCALE),100000) --json $(or $(OUT),benchmark.json)

clean: ## forget the packages; the data in var/ stays
	@rm -rf $(VENV)
