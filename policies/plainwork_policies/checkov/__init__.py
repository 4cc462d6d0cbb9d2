"""The policies as Checkov's own custom checks: `checkov --external-checks-dir "$(plainwork checkov-dir)" ...`.

Checkov tells what it scans and which entity it asks about; what is judged is read by our readers (docs/decisions/D6).
Only this module may be imported where Checkov is not installed.
"""

from __future__ import annotations

from pathlib import Path

EXTERNAL_CHECKS_DIR = Path(__file__).parent / "external_checks"
