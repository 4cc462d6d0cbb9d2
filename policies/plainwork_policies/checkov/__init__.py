"""The policies as custom checks of Checkov: `checkov --external-checks-dir "$(plainwork checkov-dir)" ...`.

Checkov selects the files and the entities; plainwork's readers read the files (docs/decisions/D6). Only this module can
be imported if Checkov is not installed.
"""

from __future__ import annotations

from pathlib import Path

EXTERNAL_CHECKS_DIR = Path(__file__).parent / "external_checks"
