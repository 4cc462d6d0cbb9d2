"""Reads the config and credentials files and the SSO cache of the AWS tools.

https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html and
https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from plainwork_core.doctor.aws_files import AwsFiles, Profile, SsoToken
from plainwork_core.doctor.diagnosis import Problem
from plainwork_core.errors import InputError
from plainwork_core.read.text import decode, read_bytes
from plainwork_core.secrets import HIDDEN, is_secret_name

_SECTION = re.compile(r"\[\s*([^\]]*?)\s*\]")
_DEFAULT = "default"
_PROFILE, _SSO_SESSION = "profile", "sso-session"
_KINDS = (_PROFILE, _SSO_SESSION, "services")
_LARGEST_TOKEN = 1 << 20


class _Section(NamedTuple):
    header: str
    settings: dict[str, str]
    place: str


def read_aws_files(config: Iterable[Path], credentials: Iterable[Path], cache: Path) -> tuple[AwsFiles, list[Problem]]:
    """Read the files as the AWS SDK does: what a later file or the credentials file has comes first.

    Args:
        config: the config files.
        credentials: the credentials files.
        cache: the directory of the SSO cache.
    """
    problems: list[Problem] = []
    profiles: dict[str, Profile] = {}
    sessions: dict[str, Mapping[str, str]] = {}
    unprefixed: dict[str, str] = {}
    files = [(file, True) for file in config] + [(file, False) for file in credentials]
    found = []
    for file, is_config in files:
        sections = _sections(file, problems)
        if sections is None:
            continue
        found.append(str(file))
        for section in sections:
            kind, _, name = section.header.partition(" ") if is_config else (_PROFILE, "", section.header)
            if kind == _SSO_SESSION:
                sessions[name.strip()] = section.settings
            elif (kind == _PROFILE and name) or section.header == _DEFAULT:
                _add(profiles, name.strip() or _DEFAULT, section)
            elif kind not in _KINDS:
                unprefixed[section.header] = section.place
    tokens = dict(_tokens(cache, problems))
    aws = AwsFiles(
        tuple(str(file) for file, _ in files),
        tuple(found),
        profiles,
        sessions,
        tokens,
        unprefixed,
        cache=str(cache),
        is_whole=not problems,
    )
    return aws, problems


def _add(profiles: dict[str, Profile], name: str, section: _Section) -> None:
    before = profiles.get(name)
    settings = {**before.settings, **section.settings} if before else section.settings
    profiles[name] = Profile(name, settings, before.place if before else section.place)


def _sections(file: Path, problems: list[Problem]) -> list[_Section] | None:
    try:
        if not file.is_file():
            return None
        return list(_parsed(decode(read_bytes(file), str(file)), str(file)))
    except (InputError, OSError) as error:
        problems.append(Problem(str(file), str(error).removeprefix(f"{file}: ")))
        return None


def _parsed(text: str, file: str) -> Iterator[_Section]:
    settings: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := _SECTION.match(line):
            settings = {}
            yield _Section(" ".join(header[1].split()), settings, f"{file}:{number}")
        elif line[:1] not in ("#", ";", " ", "\t", "") and "=" in line:
            name, _, value = line.partition("=")
            settings[name.strip().lower()] = HIDDEN if _is_secret(name.strip().lower()) else _value(value)


def _is_secret(name: str) -> bool:
    return name == "aws_access_key_id" or is_secret_name(name)


def _value(text: str) -> str:
    """Return a value without a comment, which begins with a blank and `#` or `;`."""
    return re.split(r"\s[#;]", text, maxsplit=1)[0].strip()


def _tokens(cache: Path, problems: list[Problem]) -> Iterator[tuple[str, SsoToken]]:
    """Yield each token of the SSO cache by the name of its file; a file that is none is skipped."""
    try:
        files = sorted(cache.glob("*.json")) if cache.is_dir() else []
    except OSError as error:
        problems.append(Problem(str(cache), f"cannot be read: {error.strerror}"))
        return
    for file in files:
        document = _document(file)
        expires = _time(document.get("expiresAt"))
        if expires and "accessToken" in document:
            registration = _time(document.get("registrationExpiresAt"))
            until = registration if document.get("refreshToken") else None
            yield file.stem, SsoToken(str(document.get("startUrl", "")), expires, until, str(file))


def _document(file: Path) -> dict[str, Any]:
    try:
        if not file.is_file() or file.stat().st_size > _LARGEST_TOKEN:
            return {}
        document = json.loads(read_bytes(file))
    except (InputError, OSError, ValueError, RecursionError):
        return {}
    return document if isinstance(document, dict) else {}


def _time(text: Any) -> datetime | None:
    """Return the time of `2026-01-31T12:00:00Z`; older tools write `UTC` in place of `Z`."""
    try:
        found = datetime.fromisoformat(str(text).replace("UTC", "+00:00"))
    except ValueError:
        return None
    return found if found.tzinfo else None
