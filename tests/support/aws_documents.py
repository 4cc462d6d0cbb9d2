"""Hypothesis strategies for documents over real AWS types, valid enough for the provider to plan them offline."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from tests.support.documents import AWKWARD
from tests.support.terraform import OFFLINE_PROVIDER

BUCKET = "${aws_s3_bucket.base.id}"
DENIAL = '${jsonencode({"Version"="2012-10-17","Statement"=[{"Effect"="Deny","Action"=["s3:*"],"Resource"="*"}]})}'
UNUSED_IN_A_RULE = ["description", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups", "self"]

texts = st.sampled_from([text.replace("{", "(") for text in AWKWARD if text and "\x00" not in text])
words = st.from_regex(r"[a-z][a-z0-9]{2,10}", fullmatch=True)
references = st.sampled_from([BUCKET, "${aws_s3_bucket.base.arn}/*", "x-${local.name}-%{ if local.on }a%{ endif }"])
tag_keys = st.sampled_from(["Name", "team:owner", "ключ", "a b", "for"])
tags = st.dictionaries(tag_keys, st.one_of(texts, references), max_size=3)
counts = st.integers(1, 30)


def ingress(port: int) -> dict[str, Any]:
    rule = {"from_port": port, "to_port": port, "protocol": "tcp", "cidr_blocks": ["10.0.0.0/8"]}
    return rule | dict.fromkeys(UNUSED_IN_A_RULE)


def condition(text: str) -> list[dict[str, Any]]:
    return [{"test": "StringEquals", "variable": "aws:PrincipalTag/x", "values": [text]}]


lifecycle_rules = st.fixed_dictionaries(
    {
        "id": words,
        "status": st.just("Enabled"),
        "filter": st.sampled_from([{"prefix": "a"}, [{"tag": {"key": "a", "value": "b"}}]]),
        "noncurrent_version_expiration": counts.map(lambda days: {"noncurrent_days": days}),
    }
)
statements = st.fixed_dictionaries(
    {
        "actions": st.lists(words.map("s3:{}".format), min_size=1, max_size=9),
        "resources": st.lists(references, min_size=1),
    },
    optional={"condition": texts.map(condition), "principals": st.just([{"type": "*", "identifiers": ["*"]}])},
)
key_attribute = {"for_each": '${["LockID"]}', "content": {"name": "${attribute.value}", "type": "S"}}

RESOURCES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "aws_s3_bucket": st.fixed_dictionaries(
        {"tags": tags, "force_destroy": st.booleans()}, optional={"count": st.just(2)}
    ),
    "aws_s3_bucket_versioning": st.fixed_dictionaries(
        {"bucket": references, "versioning_configuration": st.just({"status": "Enabled"})}
    ),
    "aws_s3_bucket_lifecycle_configuration": st.fixed_dictionaries(
        {"bucket": st.just(BUCKET), "rule": st.lists(lifecycle_rules, min_size=1, max_size=3)}
    ),
    "aws_security_group": st.fixed_dictionaries({"name": words, "ingress": st.lists(counts.map(ingress), max_size=2)}),
    "aws_ssm_parameter": st.fixed_dictionaries(
        {"name": words, "type": st.just("String"), "value": st.one_of(texts, references), "tags": tags},
        optional={
            "lifecycle": st.just({"ignore_changes": ["value", 'tags["Name"]']}),
            "depends_on": st.just(["aws_s3_bucket.base"]),
        },
    ),
    "aws_iam_policy": st.fixed_dictionaries({"name": words, "policy": st.just(DENIAL)}),
    "aws_dynamodb_table": st.fixed_dictionaries(
        {
            "name": words,
            "billing_mode": st.just("PAY_PER_REQUEST"),
            "hash_key": st.just("LockID"),
            "dynamic": st.just({"attribute": [key_attribute]}),
            "timeouts": st.just({"create": "5m"}),
            "provider": st.just("aws.other"),
        }
    ),
}


@st.composite
def documents(draw: st.DrawFn, size: int = 20) -> dict[str, Any]:
    """A document with *size* resources, each with its place in the metadata, some of them made by constructs."""
    resources: dict[str, Any] = {"aws_s3_bucket": {"base": {"bucket": "base"}}}
    for number in range(size):
        type_ = draw(st.sampled_from(sorted(RESOURCES)))
        construct = draw(st.sampled_from([{}, {"construct": "Store one"}, {"construct": "Store two"}]))
        body = draw(RESOURCES[type_]) | {"//": {"plainwork": {"position": number, **construct}}}
        resources.setdefault(type_, {})[f"r{number}"] = body
    statement = draw(st.lists(statements, min_size=1, max_size=3))
    return {
        "provider": {"aws": [OFFLINE_PROVIDER, OFFLINE_PROVIDER | {"alias": "other", "region": "eu-central-1"}]},
        "locals": {"name": "example", "on": True},
        "data": {"aws_iam_policy_document": {"document": {"statement": statement}}},
        "resource": resources,
        "output": {"base": {"value": BUCKET, "description": draw(texts), "sensitive": True}},
    }
