"""The header of the report: who asks, where the bucket is, and which state it has."""

from __future__ import annotations

from plainwork_core.doctor.online.answers import Answers, found
from plainwork_core.doctor.online.documents import Documents
from plainwork_core.doctor.online.failures import clean


def summary(answers: Answers) -> dict[str, str]:
    """Return label and text of each line, without secrets."""
    lines = {
        "caller": _caller(answers),
        "bucket": answers.bucket_region and f"{answers.bucket_name} in {answers.bucket_region}",
        "state": _state(answers),
        "policies": _policies(answers),
        "try lock": _try_lock(answers),
    }
    return {label: text for label, text in lines.items() if text}


def _caller(answers: Answers) -> str:
    method = f" ({answers.method})" if answers.method else ""
    return f"{clean(answers.caller_arn)}{method}" if answers.caller_arn else ""


def _state(answers: Answers) -> str:
    state = found(answers.state)
    if not state:
        return ""
    parts = [f"serial {answers.head['serial']}"] if "serial" in answers.head else []
    modified = state.get("LastModified")
    written = [f"written {modified:%Y-%m-%d %H:%M:%S} UTC"] if modified else []
    return ", ".join([*parts, f"{state.get('ContentLength', 0)} bytes", *written])


def _policies(answers: Answers) -> str:
    documents = answers.documents
    if not isinstance(documents, Documents):
        return ""
    return "read" if documents.is_readable else "not readable; permissions to write and to lock are not examined"


def _try_lock(answers: Answers) -> str:
    tried = answers.try_lock
    if tried is None:
        return ""
    if tried.failures or tried.left:
        return "failed"
    return f"acquired and released ({' and '.join(tried.taken)})"
