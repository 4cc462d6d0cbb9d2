"""Writes a file of HCL in Terraform's JSON syntax, as `cdktf synth` would: `python -m tools.hcl_to_json main.tf`.

It makes the CDKTF twin of an example from its HCL.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from plainwork_core.hcl.json_form import to_json
from plainwork_core.hcl.syntax import HclError, parse


def twin(file: Path) -> str:
    """Return the HCL of *file* in Terraform's JSON syntax, as CDKTF writes it."""
    return json.dumps(to_json(parse(file.read_text(encoding="utf-8"))), indent=2, ensure_ascii=False) + "\n"


def main() -> None:
    """Convert the file that the command line names."""
    if len(sys.argv) != 2:  # noqa: PLR2004  the program and one argument
        sys.exit("usage: python -m tools.hcl_to_json FILE.tf > FILE.tf.json")
    try:
        print(twin(Path(sys.argv[1])), end="")
    except HclError as error:
        sys.exit(f"{sys.argv[1]}:{error.line}: {error}")


if __name__ == "__main__":
    main()
