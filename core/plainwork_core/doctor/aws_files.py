"""What the AWS files of the user contain: profiles, SSO sessions and the expiry of their cached tokens.

https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime
from hashlib import sha1
from typing import NamedTuple

from plainwork_core.frozen import frozen


class Profile(NamedTuple):
    """A profile of the config and the credentials file, which count as one.

    Attributes:
        name: `default`, `dev`, ...
        settings: by name. Values of credentials are `(sensitive)`.
        place: the file and line that define it first.
    """

    name: str
    settings: Mapping[str, str]
    place: str


class SsoToken(NamedTuple):
    """A token in `~/.aws/sso/cache`, without the token.

    Attributes:
        start_url: of the portal.
        expires: when it expires.
        refreshable_until: until when an SDK renews it without a browser: the expiry of the client's registration, if
            the file has a refresh token; None for a token that is not renewed.
        place: the file.
    """

    start_url: str
    expires: datetime
    refreshable_until: datetime | None
    place: str


@frozen()
class AwsFiles:
    """The files together.

    Args:
        files: the names of those that were looked for, in order.
        found: those of them that exist.
        profiles: by name.
        sso_sessions: the sections `[sso-session name]`, by name.
        tokens: by the name of the cache file, without `.json`.
        unprefixed: the sections of a config file that AWS ignores because they lack the word `profile`, with their
            places.
        cache: the directory of the SSO cache.
        is_whole: whether all that exists was read.
    """

    files: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    sso_sessions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    tokens: Mapping[str, SsoToken] = field(default_factory=dict)
    unprefixed: Mapping[str, str] = field(default_factory=dict)
    cache: str = ""
    is_whole: bool = True

    def token_of(self, profile: Profile) -> SsoToken | None:
        """Return the cached token of the SSO session of *profile*; None if the cache has none."""
        return self.tokens.get(_token_name(profile))

    def token_file(self, profile: Profile) -> str:
        """Return the file in which the AWS tools cache the token of *profile*."""
        return f"{self.cache}/{_token_name(profile)}.json"


def _token_name(profile: Profile) -> str:
    name = profile.settings.get("sso_session") or profile.settings.get("sso_start_url", "")
    return sha1(name.encode(), usedforsecurity=False).hexdigest()
