"""The keys of the tags that a resource gets. Some of them may be unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from plainwork_core.model.values import Unknown
from plainwork_core.text import enumeration
from plainwork_policies.api import Argument, Block, NotEvaluated, Resource, flattened


class PartialSet:
    """A set of strings of which some may be unknown. `in` ends in `NotEvaluated` if an unknown one decides.

    Args:
        parts: strings; each part may end in `NotEvaluated`.

    Attributes:
        certain: the known strings. A pass must not rest on them.
    """

    def __init__(self, *parts: Iterable[str]) -> None:
        self.certain: set[str] = set()
        self._ended: NotEvaluated | None = None
        try:
            self.certain.update(flattened(parts, iter))
        except NotEvaluated as raised:
            self._ended = raised

    def __contains__(self, text: object) -> bool:
        if text not in self.certain and self._ended is not None:
            raise self._ended.with_traceback(None)
        return text in self.certain

    def __iter__(self) -> Iterator[str]:
        yield from sorted(self.certain)
        if self._ended is not None:
            raise self._ended.with_traceback(None)


def keys_of(tags: Argument) -> Iterator[str]:
    """Yield the keys of a map of tags. A tag whose value is null is not set."""
    entries = tags.map()
    yield from filter(entries.__contains__, entries)


def inherited_keys(resource: Resource) -> Iterator[str]:
    """Yield the keys of the `default_tags` of the provider configuration that *resource* uses.

    An S3 object may have others: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_object.
    """
    if resource.blocks("override_provider"):
        yield from keys_of(resource["override_provider.0.default_tags.0.tags"])
        return
    provider = resource.stack.provider_of(resource.owner)
    if isinstance(provider, Unknown):
        raise resource.not_evaluated(provider, "tags")
    if provider is not None:
        yield from keys_of(Block(provider, resource.stack)["default_tags.tags"])
    elif resource.stack.may_be_module:
        raise resource.not_evaluated(
            "this directory has no provider configuration and may be a module, whose caller may set `default_tags`; "
            "check its caller or a plan",
            "tags",
        )


def effective_keys(resource: Resource) -> PartialSet:
    """Return the keys of all tags of *resource*: those of its provider's `default_tags` and its own.

    If a plan has `tags_all`, the provider has merged them.
    https://developer.hashicorp.com/terraform/tutorials/aws/aws-default-tags
    """
    merged = resource["tags_all"]
    if isinstance(merged.raw, Mapping):
        return PartialSet(keys_of(merged))
    return PartialSet(inherited_keys(resource), keys_of(resource["tags"]))


def tags_named(keys: Sequence[str]) -> str:
    """Return `` tag `a` `` or `` tags `a` and `b` ``."""
    return f"tag{'s' if len(keys) > 1 else ''} {enumeration(keys)}"
