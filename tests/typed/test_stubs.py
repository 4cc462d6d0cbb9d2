"""The text of stubs."""

from __future__ import annotations

import ast
import json
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from plainwork.stubs import stubs
from plainwork_cli.main import main
from plainwork_core.schema.store import content_of
from plainwork_core.schema.versions import SchemaChoice

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

OWN = [
    {"attributes": {"and": ["string", "o"], "size": ["number", "r"]}},
    {
        "attributes": {
            "id": ["string", "c"],
            "lambda": ["string", "o"],
            "name": ["string", "rd"],
            "path": [["list", ["object", {"a": "string"}]], "r"],
            "secret_wo": ["string", "ow"],
            "self": ["bool", "o"],
        },
        "blocks": {"filter": ["set", 1, 0, "", 0], "resource": ["list", 0, 1, "", 0], "rule": ["list", 1, 3, "", 0]},
    },
]
STUB = '''\
from plainwork.types.meta_arguments import Any, Bool, Construct, Iterable, ListOf, Literal, Mapping, Number, \
ProviderOrName, Reference, Required, ResourceLifecycle, ResourceOf, ResourceOrAddress, Sequence, String, TypeAlias, \
TypedDict, Waiver, final

class Path(TypedDict, total=False):
    a: String | None
Filter = TypedDict("Filter", {"and": String | None, "size": Required[Number]}, total=False)
Rule: TypeAlias = Filter
ResourcePath: TypeAlias = Literal["filter", "id", "lambda", "name", "path", "resource", "rule", "self", \
"filter[*].and", "filter[*].size", "path[*]", "path[*].a", "path[0]", "path[0].a", "resource[0].and", \
"resource[0].size", "rule[*].and", "rule[*].size", "rule[0].and", "rule[0].size"]
@final
class Resource(ResourceOf[ResourcePath]):
    """Resource `acme_site`."""
    def __init__(
        self_,
        scope_: Construct,
        id_: str | None = None,
        /,
        *,
        name: String,
        path: Sequence[Path] | Reference | None = None,
        secret_wo: String | None = None,
        self: Bool | None = None,
        filter: Filter | Sequence[Filter] | None = None,
        resource: Filter | None = None,
        rule: Filter | Sequence[Filter] | None = None,
        dynamic: Mapping[str, Any] | None = None,
        count: Number | str | None = None,
        for_each: Mapping[str, Any] | ListOf[str] | str | None = None,
        provider: ProviderOrName | None = None,
        depends_on: Sequence[ResourceOrAddress] | None = None,
        lifecycle: ResourceLifecycle | None = None,
        connection: Any | None = None,
        provisioner: Any | None = None,
        waive: Iterable[Waiver] = (),
        **arguments: Any,
    ) -> None:
        """Resource `acme_site`.

        Blocks: `filter` 1 or more, `resource` at most 1, `rule` 1 to 3.

        Deprecated: `name`.

        Write-only: `secret_wo`.
        """
'''


@pytest.fixture
def own_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A schema file of the user in the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plainwork.schema.zip").write_bytes(content_of({"resource/acme_site": OWN}))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["stubs", *arguments])


@pytest.mark.usefixtures("own_schema")
def test_a_stub_has_the_arguments_blocks_and_attributes_of_the_schema(tmp_path: Path) -> None:
    assert run().exit_code == 0
    assert (tmp_path / ".plainwork/stubs/plainwork/types/acme_site/__init__.pyi").read_text() == STUB


@pytest.mark.parametrize("version", ["~> 6.0", "~> 5.100"])
def test_every_stub_is_valid_python(version: str) -> None:
    texts = dict(stubs(SchemaChoice(version)))
    assert len(texts) == 2050 + 2
    for path, text in texts.items():
        ast.parse(text, path)


@pytest.mark.usefixtures("own_schema")
def test_it_says_what_it_wrote_and_what_to_set(tmp_path: Path) -> None:
    done = run("--provider-version", "~> 5.100")
    assert done.output.startswith(".plainwork/stubs: 1778 types, those of AWS from provider 5.100.0\nSet in pyproject.")
    assert 'extraPaths = [".plainwork/stubs"]' in done.output
    again = run("--directory", "other")
    assert again.output.startswith("other: 2030 types, those of AWS from provider 6.69.1\n")
    assert (tmp_path / "other" / "plainwork" / "__init__.pyi").is_file()


@pytest.mark.usefixtures("own_schema")
def test_the_version_is_that_of_the_synthesized_stacks(tmp_path: Path) -> None:
    synthesized(tmp_path, dev="~> 5.100", prod="~> 5.90")
    assert "from provider 5.100.0" in run().output
    synthesized(tmp_path, dev="~> 5.100", prod="~> 6.0")
    done = run()
    assert done.exit_code == 2
    assert done.stderr == (
        "Error: the stacks in cdktf.out require AWS providers 5.100.0 and 6.69.1; set --provider-version\n"
    )


def synthesized(folder: Path, **constraints: str) -> None:
    """Write the documents of stacks, as an app does."""
    paths = {name: {"synthesizedStackPath": f"stacks/{name}/cdk.tf.json"} for name in constraints}
    (folder / "cdktf.out").mkdir(exist_ok=True)
    (folder / "cdktf.out" / "manifest.json").write_text(json.dumps({"stacks": paths}))
    for name, constraint in constraints.items():
        required = {"aws": {"source": "hashicorp/aws", "version": constraint}}
        file = folder / "cdktf.out" / paths[name]["synthesizedStackPath"]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"terraform": {"required_providers": required}}))


@pytest.mark.usefixtures("own_schema")
def test_it_replaces_stubs_and_nothing_else(tmp_path: Path) -> None:
    assert run().exit_code == 0
    assert run().exit_code == 0
    (tmp_path / "mine" / "plainwork").mkdir(parents=True)
    done = run("--directory", "mine")
    assert (done.exit_code, done.stderr) == (
        2,
        "Error: mine/plainwork: contains files that are not stubs; choose another --directory\n",
    )
    (tmp_path / "file").write_text("")
    assert "file/plainwork/types: cannot be written: Not a directory" in run("--directory", "file").stderr
