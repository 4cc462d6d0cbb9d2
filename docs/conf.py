"""Settings of the documentation site. `make site` builds it with Sphinx; a warning or a dead link is an error.

A link that leaves `docs/` points at a file of the repository: below `PLAINWORK_SOURCE_URL` if that is set (CI sets the
address of the commit), at the commit that Read the Docs builds, otherwise at the local file.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.util import logging

DOCS = Path(__file__).parent
ROOT = DOCS.parent


def _source() -> str:
    """Return the address of the repository's root."""
    if source := os.environ.get("PLAINWORK_SOURCE_URL"):
        return source
    if clone := os.environ.get("READTHEDOCS_GIT_CLONE_URL"):
        return f"{clone.removesuffix('.git')}/blob/{os.environ['READTHEDOCS_GIT_COMMIT_HASH']}"
    return ROOT.as_uri()


_OUTWARD_LINK = re.compile(r"\]\((\.\./[^)#\s]*)")

sys.path.insert(0, str(ROOT / "core"))
from plainwork_core import __version__  # noqa: E402  the path above leads to it

project = "plainwork"
release = __version__
extensions = ["myst_parser"]
source_suffix = {".md": "markdown"}
suppress_warnings = [
    "misc.highlighting_failure",  # Pygments does not know all of HCL
    "toc.not_included",  # the index of policies leads to their pages
]
myst_heading_anchors = 4
myst_url_schemes = {"http": None, "https": None, "repository": f"{_source()}/{{{{path}}}}#{{{{fragment}}}}"}
html_theme = "furo"
html_title = f"plainwork {__version__}"
html_copy_source = False
html_show_copyright = False
pygments_style = "default"
pygments_dark_style = "monokai"


def setup(app: Sphinx) -> None:
    """Register what is called with the text of each page."""
    app.connect("source-read", _point_at_repository)


def _point_at_repository(_: Sphinx, docname: str, source: list[str]) -> None:
    """Give links to files outside `docs/` the scheme `repository`, and report those that do not exist."""
    page = DOCS / f"{docname}.md"

    def address(link: re.Match[str]) -> str:
        target = (page.parent / link[1]).resolve()
        if target.is_relative_to(DOCS):
            return link[0]
        if not target.exists():
            logging.getLogger(__name__).warning("dead link: %s", link[1], location=docname)
        return f"](repository:{target.relative_to(ROOT).as_posix()}"

    source[0] = _OUTWARD_LINK.sub(address, source[0])
