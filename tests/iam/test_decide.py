"""Which policies decide on a request.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
"""

from __future__ import annotations

import pytest

from plainwork_core.iam.evaluation import RequestPrincipal, RequestResource
from tests.iam.requests import (
    ACCOUNT,
    FOREIGN,
    KEY,
    OBJECT,
    OTHER_ACCOUNT,
    QUEUE,
    ROLE,
    USER,
    allow,
    ask,
    deny,
    grant,
    policy,
)

ROLE_ARN, USER_ARN = {"AWS": ROLE.arn}, {"AWS": USER.arn}
SESSION = {"AWS": f"arn:aws:sts::{ACCOUNT}:assumed-role/ci/plainwork"}
ROOT = {"AWS": f"arn:aws:iam::{ACCOUNT}:root"}


def test_without_a_policy_a_request_is_denied():
    decision = ask("s3:GetObject")

    assert (decision.answer, decision.reason) == (
        "denied",
        "no identity-based policy allows it, and no resource-based policy does",
    )


def test_an_identity_based_policy_allows_with_the_statement_that_does():
    statements = allow("s3:GetObject", "arn:aws:s3:::data/*")

    decision = ask("s3:GetObject", identity=statements)

    assert (decision.answer, decision.statements) == ("allowed", statements)


def test_a_deny_statement_of_any_policy_denies():
    everything, nothing = allow("*"), deny("s3:Get*")

    for policies in (
        {"identity": (*everything, *nothing)},
        {"identity": everything, "boundary": (*everything, *nothing)},
        {"identity": everything, "session": (*everything, *nothing)},
        {"identity": everything, "scp": (everything, (*everything, *nothing))},
        {"identity": everything, "rcp": ((*everything, *nothing),)},
        {"identity": everything, "resource": policy("resource", Effect="Deny", Principal="*", Action="s3:*")},
        {"identity": everything, "endpoint": policy("endpoint", Effect="Deny", Principal="*", Action="s3:*")},
    ):
        assert ask("s3:GetObject", **policies).is_denied, policies


@pytest.mark.parametrize("limit", ["boundary", "session", "endpoint"])
def test_a_limit_that_does_not_allow_denies(limit):
    kind = "endpoint" if limit == "endpoint" else "identity"
    of_other = policy(
        kind, Effect="Allow", Action="sqs:*", Resource="*", **({"Principal": "*"} if kind == "endpoint" else {})
    )
    of_service = policy(
        kind, Effect="Allow", Action="s3:*", Resource="*", **({"Principal": "*"} if kind == "endpoint" else {})
    )

    assert ask("s3:GetObject", identity=allow("*"), **{limit: of_other}).is_denied
    assert ask("s3:GetObject", identity=allow("*"), **{limit: of_service}).is_allowed


def test_each_level_of_the_service_control_policies_must_allow():
    decision = ask("s3:GetObject", identity=allow("*"), scp=(allow("*"), allow("ec2:*")))

    assert (decision.answer, decision.reason) == (
        "denied",
        "no statement of the service control policies of level 2 allows it",
    )


def test_service_control_policies_do_not_apply_to_a_service():
    service = RequestPrincipal("sns.amazonaws.com", "service")
    statements = grant({"Service": "sns.amazonaws.com"}, "sqs:SendMessage")

    assert ask("sqs:SendMessage", QUEUE, principal=service, resource=statements, scp=(deny("*"),)).is_allowed


class TestWithinAnAccount:
    def test_a_resource_based_policy_alone_grants_to_a_role_user_or_session(self):
        for principal, named in ((ROLE, ROLE_ARN), (USER, USER_ARN), (ROLE, SESSION), (ROLE, "*")):
            assert ask("sqs:SendMessage", QUEUE, principal=principal, resource=grant(named, "sqs:*")).is_allowed

    def test_a_grant_to_the_account_leaves_the_decision_to_identity_based_policies(self):
        statements = grant(ROOT, "sqs:*")

        assert ask("sqs:SendMessage", QUEUE, resource=statements).is_denied
        assert ask("sqs:SendMessage", QUEUE, resource=statements, identity=allow("sqs:*")).is_allowed

    def test_a_boundary_limits_a_grant_to_the_role_but_not_to_the_session_or_a_user(self):
        boundary = allow("ec2:*")

        assert ask("sqs:SendMessage", QUEUE, resource=grant(ROLE_ARN, "sqs:*"), boundary=boundary).is_denied
        assert ask("sqs:SendMessage", QUEUE, resource=grant(SESSION, "sqs:*"), boundary=boundary).is_allowed
        user = ask("sqs:SendMessage", QUEUE, principal=USER, resource=grant(USER_ARN, "sqs:*"), boundary=boundary)
        assert user.is_allowed


class TestBetweenAccounts:
    def test_both_sides_must_grant(self):
        identity, resource = allow("sqs:*"), grant({"AWS": OTHER_ACCOUNT}, "sqs:*")

        assert ask("sqs:SendMessage", QUEUE, principal=FOREIGN, identity=identity, resource=resource).is_allowed
        assert ask("sqs:SendMessage", QUEUE, principal=FOREIGN, identity=identity).is_denied
        assert ask("sqs:SendMessage", QUEUE, principal=FOREIGN, resource=resource).is_denied

    def test_without_the_account_of_the_resource_the_answer_is_unknown_if_it_decides(self):
        bucket = RequestResource("arn:aws:s3:::data/report.csv")

        assert ask("s3:GetObject", bucket, identity=allow("s3:*")).is_unknown
        assert ask("s3:GetObject", bucket).is_denied


class TestKeyPolicy:
    def test_identity_based_policies_count_only_if_it_names_the_account(self):
        delegating, other = grant(ROOT, "kms:*", Resource="*"), grant(USER_ARN, "kms:*", Resource="*")

        assert ask("kms:Decrypt", KEY, identity=allow("kms:*"), resource=delegating).is_allowed
        assert ask("kms:Decrypt", KEY, identity=allow("kms:*"), resource=other).is_denied
        assert ask("kms:Decrypt", KEY, resource=delegating).is_denied

    def test_without_it_the_answer_is_unknown(self):
        assert ask("kms:Decrypt", KEY, identity=allow("kms:*")).reason == "the key policy is not given"
        assert ask("kms:ListKeys", "*", identity=allow("kms:*")).is_allowed


class TestTrustPolicy:
    ROLE = RequestResource(f"arn:aws:iam::{ACCOUNT}:role/target")

    def test_a_role_that_it_names_needs_no_identity_based_policy_in_the_same_account(self):
        assert ask("sts:AssumeRole", self.ROLE, resource=grant(ROLE_ARN, "sts:AssumeRole", kind="trust")).is_allowed

    def test_the_account_that_it_names_needs_one(self):
        trust = grant(ROOT, "sts:AssumeRole", kind="trust")

        assert ask("sts:AssumeRole", self.ROLE, resource=trust).is_denied
        assert ask("sts:AssumeRole", self.ROLE, resource=trust, identity=allow("sts:*")).is_allowed

    def test_an_identity_based_policy_alone_grants_nothing(self):
        trust = grant({"Service": "ec2.amazonaws.com"}, "sts:AssumeRole", kind="trust")

        assert ask("sts:AssumeRole", self.ROLE, resource=trust, identity=allow("*")).is_denied

    def test_session_tags_need_the_trust_policy_too(self):
        trust, without = (grant(ROOT, actions, kind="trust") for actions in ("sts:*", "sts:AssumeRole"))
        user = RequestResource(f"arn:aws:sts::{ACCOUNT}:federated-user/ann")

        for action in ("sts:TagSession", "sts:SetSourceIdentity"):
            assert ask(action, self.ROLE, resource=trust, identity=allow("sts:*")).is_allowed
            assert ask(action, self.ROLE, resource=without, identity=allow("sts:*")).is_denied
        assert ask("sts:TagSession", self.ROLE, identity=allow("sts:*")).reason == "the trust policy is not given"
        assert ask("sts:TagSession", user, identity=allow("sts:*")).is_allowed

    def test_the_root_user_cannot_assume_a_role(self):
        root = RequestPrincipal(ROOT["AWS"], "root")
        decision = ask("sts:AssumeRole", self.ROLE, principal=root, resource=grant("*", "sts:*", kind="trust"))

        assert decision.reason == "the root user of an account cannot assume a role"

    def test_a_federated_principal_assumes_by_its_provider(self):
        provider = f"arn:aws:iam::{ACCOUNT}:oidc-provider/token.actions.githubusercontent.com"
        subject = {"token.actions.githubusercontent.com:sub": "repo:acme/shop:ref:refs/heads/main"}
        trust = grant(
            {"Federated": provider},
            "sts:AssumeRoleWithWebIdentity",
            kind="trust",
            Condition={"StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme/shop:*"}},
        )
        caller = RequestPrincipal(provider, "federated")

        ours = ask("sts:AssumeRoleWithWebIdentity", self.ROLE, principal=caller, context=subject, resource=trust)
        theirs = ask("sts:AssumeRoleWithWebIdentity", self.ROLE, principal=caller, resource=trust)

        assert (ours.answer, theirs.answer) == ("allowed", "denied")


class TestNotPrincipal:
    def test_a_deny_spares_a_principal_whose_forms_are_all_listed(self):
        listed = [ROOT["AWS"], ROLE_ARN["AWS"], SESSION["AWS"]]
        statements = policy("resource", Effect="Deny", NotPrincipal={"AWS": listed}, Action="sqs:*")

        assert ask("sqs:SendMessage", QUEUE, identity=allow("*"), resource=statements).is_allowed

    def test_a_deny_that_lists_some_forms_is_unknown(self):
        statements = policy("resource", Effect="Deny", NotPrincipal=ROLE_ARN, Action="sqs:*")

        assert ask("sqs:SendMessage", QUEUE, identity=allow("*"), resource=statements).is_unknown
        assert ask("sqs:SendMessage", QUEUE, principal=USER, identity=allow("*"), resource=statements).is_denied

    def test_a_deny_applies_to_each_principal_with_a_boundary(self):
        listed = [ROOT["AWS"], ROLE_ARN["AWS"], SESSION["AWS"]]
        statements = policy("resource", Effect="Deny", NotPrincipal={"AWS": listed}, Action="sqs:*")

        decision = ask("sqs:SendMessage", QUEUE, identity=allow("*"), boundary=allow("*"), resource=statements)

        assert decision.statements == statements


def test_an_anonymous_request_is_allowed_by_a_public_resource_based_policy_only():
    anonymous = RequestPrincipal("*", "anonymous")

    assert ask("s3:GetObject", principal=anonymous, resource=grant("*", "s3:GetObject", Resource=OBJECT.arn)).is_allowed
    assert ask("s3:GetObject", principal=anonymous, resource=grant(ROOT, "s3:GetObject")).is_denied
    assert ask("s3:GetObject", principal=anonymous, identity=allow("*")).is_denied


def test_the_root_user_needs_no_policy_but_is_limited_by_service_control_policies():
    root = RequestPrincipal(f"arn:aws:iam::{ACCOUNT}:root", "root")

    assert ask("s3:GetObject", principal=root).is_allowed
    assert ask("s3:GetObject", principal=root, scp=(deny("s3:*"),)).is_denied


def test_a_request_that_is_denied_names_the_statements_that_came_closest():
    statements = allow("s3:GetObject", "arn:aws:s3:::other/*")

    (miss,) = ask("s3:GetObject", identity=(*allow("ec2:*"), *statements)).misses

    assert (miss.statement, miss.elements) == (statements[0], ("Resource",))
