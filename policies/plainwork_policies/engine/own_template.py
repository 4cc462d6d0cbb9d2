"""The files that `plainwork policies new` creates: a policy with its examples."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from plainwork_core.errors import InputError
from plainwork_core.files import write_files
from plainwork_core.read.text import decode, read_bytes
from plainwork_policies.engine import settings_file
from plainwork_policies.engine.own_examples import EXAMPLES
from plainwork_policies.engine.own_policies import OwnPolicies
from plainwork_policies.engine.settings import Settings

FOLDER = "policies"
_PREFIX = "OWN"
_POLICY = Path(__file__).parents[1] / "data" / "own_policy.txt"
_EXAMPLES = {
    "bad": 'resource "aws_sqs_queue" "jobs" {\n  name = "jobs"\n}\n',
    "good": 'resource "aws_sqs_queue" "jobs" {\n  name = "orders-jobs"\n}\n',
    "unknown": 'variable "name" {\n  type = string\n}\n\nresource "aws_sqs_queue" "jobs" {\n  name = var.name\n}\n',
}


def create(slug: str, id_: str | None, config: Path | None) -> list[Path]:
    """Create the policy *slug* and its examples, and return the files.

    Raises:
        InputError: a file exists, or cannot be written; the settings are invalid.
    """
    file = config or settings_file.find() or Path(settings_file.FILE)
    settings = settings_file.read(file) if config or file.exists() else Settings()
    sources = settings.own_policies
    folder = sources[0].folder if sources else file.absolute().parent / FOLDER
    function = slug.replace("-", "_")
    texts = {
        folder / f"{function}.py": _policy(id_ or _next_id(sources), slug),
        **{folder / EXAMPLES / function / f"{kind}.tf": text for kind, text in _EXAMPLES.items()},
    }
    if existing := next((path for path in texts if path.exists()), None):
        raise InputError(f"{existing}: exists; choose another name")
    if not sources:
        texts[file] = _with_folder(file)
    write_files(texts)
    return list(texts)


def _policy(id_: str, slug: str) -> str:
    text = _POLICY.read_text(encoding="utf-8")
    for name, value in {"{id}": id_, "{slug}": slug, "{function}": slug.replace("-", "_")}.items():
        text = text.replace(name, value)
    return text


def _next_id(sources: Sequence[OwnPolicies]) -> str:
    """Return the id after the last one of the own policies."""
    ids = [policy.id for source in sources if any(source.folder.glob("[!_]*.py")) for policy in source.policies()]
    prefix, _, number = max(ids, key=lambda id_: int(id_.rpartition("_")[2]), default=f"{_PREFIX}_000").rpartition("_")
    return f"{prefix}_{int(number) + 1:03}"


def _with_folder(file: Path) -> str:
    """Return the settings with the folder before all tables."""
    if file.name == "pyproject.toml":
        raise InputError(f'{file}: add `own_policies = ["{FOLDER}"]` to [tool.plainwork]')
    before = decode(read_bytes(file), str(file)) if file.exists() else ""
    return f'own_policies = ["{FOLDER}"]\n{before}'
