"""Each recipe is a page, a Python file and an HCL file that passes the policies."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from plainwork import App, synthesize
from plainwork_core.read import read
from plainwork_core.recipes import GROUPS, Recipe, recipes
from plainwork_policies.engine.registry import policies
from plainwork_policies.engine.runner import evaluate
from plainwork_policies.engine.settings_file import load
from tools.examples_hcl import build
from tools.recipes import files

DOCS = Path(__file__).parents[2] / "docs" / "recipes"
HEADINGS = ["Decisions", "Cost", "What fails, and how you notice", "What to change first", "Checkov"]
SHORTEST, LONGEST = 30, 120
every_recipe = pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.name)


def test_the_generated_files_are_up_to_date() -> None:
    for file, text in files():
        assert file.read_text(encoding="utf-8") == text, "run python -m tools.recipes"


@every_recipe
def test_a_recipe_is_one_short_file(recipe: Recipe) -> None:
    assert SHORTEST <= len(recipe.python.read_text(encoding="utf-8").splitlines()) <= LONGEST
    assert recipe.group in GROUPS
    assert set(tomllib.loads((recipe.directory / "recipe.toml").read_text())) <= {"group", "task", "not_applied"}


@every_recipe
def test_its_page_has_all_sections_and_a_source_for_each_decision(recipe: Recipe) -> None:
    text = (DOCS / f"{recipe.name}.md").read_text(encoding="utf-8")
    decisions = text.partition("\n## Decisions\n")[2].partition("\n## ")[0]

    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS
    assert f"plainwork recipe copy {recipe.name}\n" in text
    assert f"examples/recipes/{recipe.name}/main.py" in text
    assert "https://docs.aws.amazon.com/" in decisions


@pytest.mark.parametrize("form", ["hcl", "cdktf"])
@every_recipe
def test_it_passes_the_policies(recipe: Recipe, form: str, tmp_path: Path) -> None:
    path = recipe.hcl
    if form == "cdktf":
        path = tmp_path / "cdk.tf.json"
        path.write_text(json.dumps(synthesize(build(recipe.python, App(str(tmp_path / "out"))))), encoding="utf-8")
    results = [result for stack in read(path) for result in evaluate(stack, policies(), load(recipe.directory))]

    assert [f"{one.policy.slug} {one.address}" for one in results if one.status in ("failed", "error")] == []


@every_recipe
def test_it_is_valid_with_version_6_of_the_provider(recipe: Recipe, tmp_path: Path) -> None:
    newer = tmp_path / "newer.py"
    newer.write_text(recipe.python.read_text(encoding="utf-8").replace('"~> 5.100"', '"~> 6.0"'), encoding="utf-8")

    document = synthesize(build(newer, App(str(tmp_path / "out"))))

    assert document["terraform"]["required_providers"]["aws"]["version"] == "~> 6.0"
