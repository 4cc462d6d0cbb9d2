"""The schema of a provider, read from the bindings that CDK Terrain and CDKTF generate from it and publish on PyPI.

A wheel of bindings contains compiled JavaScript, and each file of it ends in a source map with the generated
TypeScript. That states what `terraform providers schema` states, except `sensitive`, `deprecated`, the descriptions
and limits above one; see `docs/decisions/D19-two-provider-versions.md`.
"""
