# One task file for people and CI alike. `make` alone lists the targets.
PYTHON ?= python3
LIBRARY := .venv
CHECKOV := .venv-checkov
CDKTN := .venv-cdktn
PIP_INSTALL := -m pip install -qq --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test lint types format docs bench locks clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(LIBRARY)/ready $(CHECKOV)/ready ## synthesize the example stacks, judge them, then judge a wrong one
	@$(LIBRARY)/bin/python -m examples.demo

test: $(LIBRARY)/ready $(CHECKOV)/ready $(CDKTN)/ready ## the whole suite: library and policies, then Checkov, then CDK Terrain
	@$(LIBRARY)/bin/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder --ignore tests/checkov --ignore tests/cdktn
	@$(CHECKOV)/bin/python -m pytest -n 2 tests/checkov
	@$(CDKTN)/bin/python -m pytest -n 2 -p tests.support.cdktn_as_cdktf tests/construct tests/stack tests/cdktn

lint: $(LIBRARY)/ready ## ruff: rules and formatting; import-linter: who may import whom
	@$(LIBRARY)/bin/ruff check
	@$(LIBRARY)/bin/ruff format --check
	@$(LIBRARY)/bin/lint-imports

types: $(LIBRARY)/ready ## mypy, strict
	@$(LIBRARY)/bin/mypy

format: $(LIBRARY)/ready ## let ruff write what it can
	@$(LIBRARY)/bin/ruff check --fix
	@$(LIBRARY)/bin/ruff format

docs: $(LIBRARY)/ready ## write everything generated again: examples (with Terraform) and pages
	@$(LIBRARY)/bin/python -m tools.policy_examples
	@$(LIBRARY)/bin/python -m tools.examples_hcl
	@$(LIBRARY)/bin/python -m tools.policies_page
	@$(LIBRARY)/bin/python -m tools.settings_page

bench: $(LIBRARY)/ready $(CHECKOV)/ready ## ratios against the prebuilt provider and against Checkov
	@$(LIBRARY)/bin/python -m tools.bench

locks: ## resolve requirements/*.in again (needs uv)
	@for each in library checkov cdktn; do uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-annotate \
		--no-header --universal --python-version 3.11 requirements/$$each.in --output-file requirements/$$each.lock; done

clean: ## remove the environments and everything generated
	rm -rf $(LIBRARY) $(CHECKOV) $(CDKTN) build dist cdktf.out hcl.out

$(LIBRARY)/ready: requirements/library.lock pyproject.toml
	@echo "installing the library's environment into $(LIBRARY) (a minute, once)"
	@$(PYTHON) -m venv $(LIBRARY)
	@$(LIBRARY)/bin/python $(PIP_INSTALL) --require-hashes --requirement requirements/library.lock
	@$(LIBRARY)/bin/python $(PIP_INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

$(CHECKOV)/ready: requirements/checkov.lock pyproject.toml
	@echo "installing Checkov's environment into $(CHECKOV) (a minute, once)"
	@$(PYTHON) -m venv $(CHECKOV)
	@$(CHECKOV)/bin/python $(PIP_INSTALL) --require-hashes --requirement requirements/checkov.lock
	@$(CHECKOV)/bin/python $(PIP_INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

$(CDKTN)/ready: requirements/cdktn.lock pyproject.toml
	@echo "installing CDK Terrain's environment into $(CDKTN) (a minute, once)"
	@$(PYTHON) -m venv $(CDKTN)
	@$(CDKTN)/bin/python $(PIP_INSTALL) --require-hashes --requirement requirements/cdktn.lock
	@$(CDKTN)/bin/python $(PIP_INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@
