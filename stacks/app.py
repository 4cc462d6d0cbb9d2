"""Synthesises every stack: `python -m stacks.app`. Only this module reads the environment.

PLAINWORK_ACCOUNT_ID: the account to deploy to.
PLAINWORK_BOOTSTRAP: 1 for the first apply of the state stack, before its bucket exists (docs/s3-state-backend.md).
CDKTF_OUTDIR: where to write, `cdktf.out` if it is not set.
"""

from __future__ import annotations

import os
import sys

from plainwork import App, PlainworkError
from stacks.deployment import Deployment
from stacks.state import StateStack
from stacks.web import WebStack

EXAMPLE_ACCOUNT = "123456789012"


def build(outdir: str | None = None, *, account_id: str = EXAMPLE_ACCOUNT, bootstrap: bool = False) -> App:
    app = App(outdir)
    deployment = Deployment(environment="prod", region="eu-west-1", account_id=account_id, owner="platform")
    state = StateStack(app, deployment, bootstrap=bootstrap)
    state.add_component(WebStack(app, deployment), "web")
    return app


def main() -> None:
    account_id = os.environ.get("PLAINWORK_ACCOUNT_ID", EXAMPLE_ACCOUNT)
    try:
        build(account_id=account_id, bootstrap=os.environ.get("PLAINWORK_BOOTSTRAP") == "1").synth()
    except PlainworkError as error:
        sys.exit(f"Error: {error}")


if __name__ == "__main__":
    main()
