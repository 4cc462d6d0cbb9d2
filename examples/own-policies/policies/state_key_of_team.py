from plainwork_policies.api import Block, Findings, Subjects, policy

BACKENDS = Subjects(("backend",), lambda stack: stack.backends("s3"), Block)


@policy("ACME_019", "state-key-of-team", severity="medium", on=BACKENDS)
def state_key_of_team(backend: Block) -> Findings:
    """S3 backend has a key outside of the directory of the team."""
    key = backend["key"]
    if not key.string().startswith("orders/"):
        yield key.fail(f"`key` is {key.state}; it must begin with `orders/`", remedy='Set `key = "orders/..."`.')
