"""Write the AWS resource types that accept tags, from the provider's schema.

    python -m tools.taggable_types FOLDER

FOLDER is a Terraform root module that requires the AWS provider, after `terraform init`.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

AWS = "registry.terraform.io/hashicorp/aws"
TARGET = Path(__file__).parents[1] / "core/plainwork_core/data/taggable_types.json"


def terraform_json(folder: Path, *command: str) -> Any:
    """Return what `terraform <command> -json` prints in *folder*."""
    ran = subprocess.run(["terraform", *command, "-json"], cwd=folder, check=True, capture_output=True)
    return json.loads(ran.stdout)


def taggable_types(schema: dict[str, Any]) -> list[str]:
    """Return the resource types with `tags` and `tags_all`, to which the provider applies `default_tags`."""
    resources = schema["provider_schemas"][AWS]["resource_schemas"]
    return sorted(
        name for name, resource in resources.items() if {"tags", "tags_all"} <= resource["block"]["attributes"].keys()
    )


def main() -> None:
    """Write the table, with the version of the provider."""
    if len(sys.argv) != 2:  # noqa: PLR2004  the program and one argument
        sys.exit("usage: python -m tools.taggable_types FOLDER")
    folder = Path(sys.argv[1])
    version = terraform_json(folder, "version")["provider_selections"][AWS]
    types = taggable_types(terraform_json(folder, "providers", "schema"))
    table = {"source": "terraform providers schema -json", "provider": AWS, "version": version, "types": types}
    TARGET.write_text(json.dumps(table, indent=0) + "\n", encoding="utf-8")
    print(f"{TARGET.name}: {len(types)} types of {AWS} {version}")


if __name__ == "__main__":
    main()
