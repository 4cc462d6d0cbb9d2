"""The difference of two configurations: HCL, Terraform's JSON, or synthesized stacks, without a plan and a state.

`plainwork diff` and the snapshots of `plainwork.testing` show it. It compares what is written: an expression is its
text, and a module is its call.
"""
