"""The web address of a line of code: on GitHub and on GitLab from what a pipeline's environment states."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from plainwork_core.frozen import frozen
from plainwork_core.model.blocks import Location
from plainwork_core.repository import repository_path


@frozen()
class Links:
    """Links to lines of code.

    Args:
        root: the address of the repository at a revision, such as `https://github.com/o/r/blob/1a2b3c`; `""` for none.
    """

    root: str = ""

    @classmethod
    def of_environment(cls, environment: Mapping[str, str]) -> Links:
        """Return the links of the repository for which GitHub Actions or GitLab CI runs."""
        server, repository, revision = (
            environment.get(f"GITHUB_{name}") for name in ("SERVER_URL", "REPOSITORY", "SHA")
        )
        if server and repository and revision:
            return cls(f"{server}/{repository}/blob/{revision}")
        project, revision = environment.get("CI_PROJECT_URL"), environment.get("CI_COMMIT_SHA")
        return cls(f"{project}/-/blob/{revision}" if project and revision else "")

    def url(self, place: Location | None) -> str:
        """Return the address of *place*; `""` without a repository, and for a file outside of it."""
        path = repository_path(place.file) if place else ""
        if not self.root or not place or path.startswith("/"):
            return ""
        return f"{self.root}/{quote(path)}#L{place.line}"
