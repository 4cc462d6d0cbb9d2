# One task file for people and CI. `make` lists the targets.
PYTHON ?= python3
LIBRARY := .venv
CHECKOV := .venv-checkov
CDKTN := .venv-cdktn
SITE := .venv-site
ENVIRONMENT := tools/environment.py
SECONDS ?= 60
PLANS ?= all

.DEFAULT_GOAL := help
.PHONY: help demo test proof lint types format docs data site dist bench fuzz trial locks clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(LIBRARY)/ready $(CHECKOV)/ready ## synthesize and check the example stacks, then check a stack with mistakes
	@$(LIBRARY)/bin/python -m examples.demo

test: $(LIBRARY)/ready $(CHECKOV)/ready $(CDKTN)/ready ## all tests: library and policies, then Checkov, then CDK Terrain
	@echo "tests 1 of 3: library and policies"
	@$(LIBRARY)/bin/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder --ignore tests/checkov --ignore tests/cdktn
	@echo "tests 2 of 3: Checkov"
	@$(CHECKOV)/bin/python -m pytest -n 2 tests/checkov
	@echo "tests 3 of 3: constructs on CDK Terrain"
	@$(CDKTN)/bin/python -m pytest -n 2 -p tests.support.cdktn_as_cdktf tests/construct tests/stack tests/cdktn
	@echo "make test: all three test runs passed"

proof: $(LIBRARY)/ready ## longer proofs (requires Terraform, npm): the tests marked as proof, plans of the examples again (PLANS=150: that many), 15,000 expressions, the IAM engine
	@$(LIBRARY)/bin/python -m pytest -n 4 --dist loadfile -m proof --ignore tests/checkov --ignore tests/cdktn
	@PLAINWORK_PLANS=$(PLANS) $(LIBRARY)/bin/python -m pytest -n 2 tests/terraform/test_example_plans.py
	@PLAINWORK_EXPRESSIONS=15000 $(LIBRARY)/bin/python -m pytest -s tests/policy/test_hcl_generated.py
	@$(LIBRARY)/bin/python -m tools.iam_proof --check

lint: $(LIBRARY)/ready ## Ruff (rules and formatting) and import-linter (the layers)
	@$(LIBRARY)/bin/ruff check
	@$(LIBRARY)/bin/ruff format --check
	@$(LIBRARY)/bin/lint-imports

types: $(LIBRARY)/ready ## mypy, strict
	@$(LIBRARY)/bin/mypy

format: $(LIBRARY)/ready ## apply Ruff's fixes and formatting
	@$(LIBRARY)/bin/ruff check --fix
	@$(LIBRARY)/bin/ruff format

docs: $(LIBRARY)/ready ## regenerate index, plans (requires Terraform), messages and pages; WHICH=<family>/<slug>: only its plans
	@$(LIBRARY)/bin/python -m tools.policy_index
	@$(LIBRARY)/bin/python -m tools.policy_examples $(WHICH)
	@$(LIBRARY)/bin/python -m tools.messages
	@$(LIBRARY)/bin/python -m tools.examples_hcl
	@$(LIBRARY)/bin/python -m tools.recipes
	@$(LIBRARY)/bin/python -m tools.policies_page
	@$(LIBRARY)/bin/python -m tools.settings_page
	@$(LIBRARY)/bin/python -m tools.doctor_page
	@$(LIBRARY)/bin/python -m tools.own_policies_page
	@$(LIBRARY)/bin/python -m tools.limits_page
	@$(LIBRARY)/bin/python -m tools.api_calls_page

data: $(LIBRARY)/ready ## fetch the newest source of each data file (pip, npm, Terraform), write the files again, print what changed
	@$(LIBRARY)/bin/python -m tools.data $(WHICH)

site: $(SITE)/ready ## build the documentation site into build/site; a dead link is an error
	@$(SITE)/bin/sphinx-build --quiet --fail-on-warning --keep-going --jobs auto -d build/site-cache docs build/site
	@echo "make site: build/site/index.html"

dist: $(LIBRARY)/ready ## build the sdist and the wheel into dist/
	@$(LIBRARY)/bin/python -m build --no-isolation --outdir dist

bench: $(LIBRARY)/ready $(CHECKOV)/ready ## ratios of time and memory against the prebuilt provider and Checkov
	@$(LIBRARY)/bin/python -m tools.bench

fuzz: $(LIBRARY)/ready ## run the commands on mutated examples; SECONDS=600: for that long
	@$(LIBRARY)/bin/python -m tools.fuzz --seconds $(SECONDS)
trial: $(LIBRARY)/ready $(CHECKOV)/ready ## check the Git repositories in CHECKOUT=<directory>, also with Checkov, and write docs/trial.md
	@$(LIBRARY)/bin/python -m tools.trial $(CHECKOUT) --checkov

locks: ## resolve requirements/*.in again (requires uv)
	@for name in library checkov cdktn site; do uv pip compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-annotate \
		--no-header --universal --python-version 3.11 requirements/$$name.in --output-file requirements/$$name.lock; done

clean: ## remove the environments and generated output
	rm -rf $(LIBRARY) $(CHECKOV) $(CDKTN) $(SITE) build dist cdktf.out hcl.out

$(LIBRARY)/ready: requirements/library.lock pyproject.toml
	@$(PYTHON) $(ENVIRONMENT) $(LIBRARY) $< --project

$(CHECKOV)/ready: requirements/checkov.lock pyproject.toml
	@$(PYTHON) $(ENVIRONMENT) $(CHECKOV) $< --project

$(CDKTN)/ready: requirements/cdktn.lock pyproject.toml
	@$(PYTHON) $(ENVIRONMENT) $(CDKTN) $< --project

$(SITE)/ready: requirements/site.lock
	@$(PYTHON) $(ENVIRONMENT) $(SITE) $<
