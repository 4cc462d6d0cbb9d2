from plainwork_policies.api import Block, Findings, Subjects, policy

CALLS = Subjects(("module",), lambda stack: stack.module_calls, Block)
SOURCES = ("./", "../", "app.terraform.io/acme/")


@policy("ACME_018", "module-source-allowed", severity="medium", on=CALLS)
def module_source_allowed(call: Block) -> Findings:
    """Module is not from the registry of the company."""
    source = call["source"]
    if not source.string().startswith(SOURCES):
        yield source.fail(f"`source` is {source.state}", remedy="Use a module of `app.terraform.io/acme/`.")
