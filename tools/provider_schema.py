"""Write the schema that is shipped with plainwork again, from the real provider.

Run `.venv/bin/python -m tools.provider_schema`. It needs Terraform, and downloads the provider unless a mirror has
it. The versions of Terraform and the provider are stamped into the file, as the member `origin.json`.
"""

from __future__ import annotations

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from plainwork_core.schema.store import SHIPPED, write
from plainwork_core.schema.terraform import ask

CONFIGURATION = """
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

# for the schema of terraform_data and terraform_remote_state
resource "terraform_data" "builtin" {}
"""


def main() -> None:
    """Ask Terraform in an empty directory, and write what it says."""
    with TemporaryDirectory() as directory:
        (Path(directory) / "main.tf").write_text(CONFIGURATION, encoding="utf-8")
        subprocess.run(
            ["terraform", f"-chdir={directory}", "init", "-input=false"], check=True, stdout=subprocess.DEVNULL
        )
        members = ask(Path(directory))
    write(SHIPPED, members)
    print(f"{SHIPPED.name}: {len(members)} members, {SHIPPED.stat().st_size:,} bytes, from {members['origin']}")


if __name__ == "__main__":
    main()
