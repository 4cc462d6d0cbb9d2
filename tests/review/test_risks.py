"""What a reviewer must know first: what is lost, what forces it, and the way back."""

from __future__ import annotations

from typing import Any

import pytest

from plainwork_policies.review.levels import Level
from plainwork_policies.review.model import Review, Risk
from tests.review.conftest import MakeReview
from tests.support.plan_documents import change


def only(review: Review) -> Risk:
    (risk,) = review.risks
    return risk


def table(**before: Any) -> dict[str, Any]:
    return change(
        "replace",
        "aws_dynamodb_table.orders",
        {"hash_key": "id", **before},
        {"hash_key": "pk"},
        forced_by=("hash_key",),
    )


def test_a_table_without_a_backup_is_lost(make_review: MakeReview) -> None:
    review = make_review(table())
    risk = only(review)
    assert review.question == "Approve the loss of data?"
    assert review.summary == "Replaces 1 DynamoDB table that cannot come back."
    assert (risk.level, risk.title) == (Level.LOSS, "replaces the DynamoDB table")
    assert risk.cause == "Forced by `hash_key`: `id` -> `pk`."
    assert risk.effect == "It stores rows, documents or items."
    assert risk.way_back.startswith("No way back: `point_in_time_recovery.0.enabled` is not set in the state.")


def test_a_table_with_point_in_time_recovery_can_be_restored(make_review: MakeReview) -> None:
    risk = only(make_review(table(point_in_time_recovery=[{"enabled": True}])))
    assert risk.level is Level.RESTORE
    assert "restore it to a new table" in risk.way_back


def test_deletion_protection_makes_aws_reject_it(make_review: MakeReview) -> None:
    review = make_review(table(deletion_protection_enabled=True))
    assert only(review).level is Level.REJECTED
    assert review.question == "Approve a plan that AWS rejects?"


@pytest.mark.parametrize(
    ("address", "before", "level", "way_back"),
    [
        ("aws_db_instance.a", {"skip_final_snapshot": True}, Level.LOSS, "`skip_final_snapshot` is `true`"),
        ("aws_db_instance.a", {"skip_final_snapshot": False}, Level.RESTORE, "final snapshot"),
        ("aws_db_instance.a", {"skip_final_snapshot": True, "replicate_source_db": "b"}, Level.RESTORE, "source"),
        ("aws_s3_bucket.a", {"force_destroy": True}, Level.LOSS, "`force_destroy` is `true`"),
        (
            "aws_s3_bucket.a",
            {"force_destroy": False},
            Level.IF_EMPTY,
            "only if it is empty; otherwise the deletion fails",
        ),
        ("aws_kms_key.a", {"deletion_window_in_days": 7, "key_id": "k"}, Level.RESTORE, "after 7 days"),
        ("aws_secretsmanager_secret.a", {"recovery_window_in_days": 0}, Level.LOSS, "`recovery_window_in_days` is `0`"),
        ("aws_secretsmanager_secret.a", {"recovery_window_in_days": 30}, Level.RESTORE, "restore-secret"),
        ("aws_efs_file_system.a", {}, Level.LOSS, "no backup"),
    ],
)
def test_the_way_back_is_that_of_the_state(
    make_review: MakeReview, address: str, before: dict[str, Any], level: Level, way_back: str
) -> None:
    risk = only(make_review(change("delete", address, before)))
    assert risk.level is level
    assert way_back in risk.way_back


def test_a_bucket_that_keeps_its_objects_is_deleted_only_if_it_is_empty(make_review: MakeReview) -> None:
    review = make_review(change("delete", "aws_s3_bucket.a", {"force_destroy": False}))
    assert review.question == "Approve a deletion that succeeds only if the resource is empty?"
    assert review.summary == "Deletes 1 S3 bucket if empty."


def test_a_file_system_with_automatic_backups_can_be_restored(make_review: MakeReview) -> None:
    policy = {"file_system_id": "fs-1", "backup_policy": [{"status": "ENABLED"}]}
    file_system = change("delete", "aws_efs_file_system.a", {"id": "fs-1"})
    assert only(make_review(file_system, change("none", "aws_efs_backup_policy.a", policy))).level is Level.RESTORE


def test_a_replacement_interrupts_unless_the_new_one_is_created_first(make_review: MakeReview) -> None:
    balancer = ("aws_lb.front", {"name": "a"}, {"name": "b"})
    assert only(make_review(change("replace", *balancer, forced_by=("name",)))).level is Level.OUTAGE
    assert make_review(change("replace-first", *balancer, forced_by=("name",))).risks == ()


def test_a_deleted_network_part_is_no_plan_that_aws_rejects(make_review: MakeReview) -> None:
    review = make_review(
        change("delete", "aws_vpc.a", {"id": "vpc-1"}),
        change("delete", "aws_subnet.a", {"id": "subnet-1"}),
        change("delete", "aws_security_group.a", {"id": "sg-1"}),
        change("delete", "aws_lb.a", {"security_groups": ["sg-1"]}),
    )
    assert [risk.address for risk in review.risks] == ["aws_lb.a"]
    assert review.question == "Approve an interruption?"


@pytest.mark.parametrize(
    ("action", "balancer", "rejected"),
    [
        ("replace", change("update", "aws_lb.a", {"security_groups": ["sg-1"]}, {"security_groups": []}), 1),
        ("replace", change("none", "aws_lb.a", {"security_groups": ["sg-2"]}), 0),
        ("replace-first", change("update", "aws_lb.a", {"security_groups": ["sg-1"]}, {"security_groups": []}), 0),
        ("replace", change("none", "aws_launch_template.a", {"vpc_security_group_ids": ["sg-1"]}), 0),
        ("replace", change("update", "aws_lb.a", {"name": "a"}, {"name": "b"}), 0),
    ],
)
def test_a_security_group_is_rejected_if_a_resource_has_it_until_the_replacement(
    make_review: MakeReview, action: str, balancer: dict[str, Any], rejected: int
) -> None:
    group = change(action, "aws_security_group.a", {"id": "sg-1", "name": "a"}, {"name": "b"}, forced_by=("name",))
    found = [risk for risk in make_review(group, balancer).risks if risk.level is Level.REJECTED]
    assert [risk.effect for risk in found] == (
        ["AWS rejects the deletion, because `aws_lb.a` still has it; set `create_before_destroy`."] if rejected else []
    )


def test_a_new_revision_of_a_task_definition_is_no_risk(make_review: MakeReview) -> None:
    review = make_review(
        change("replace", "aws_ecs_task_definition.a", {"cpu": "256"}, {"cpu": "512"}, forced_by=("cpu",))
    )
    assert review.risks == ()
    assert review.level is Level.CHANGE


@pytest.mark.parametrize(
    ("address", "before", "after", "level"),
    [
        ("aws_db_instance.a", {"deletion_protection": True}, {"deletion_protection": False}, Level.WEAKER),
        ("aws_cloudwatch_log_group.a", {"retention_in_days": 0}, {"retention_in_days": 30}, Level.LOSS),
        ("aws_cloudwatch_log_group.a", {"retention_in_days": 90}, {"retention_in_days": 30}, Level.LOSS),
        ("aws_cloudwatch_log_group.a", {"retention_in_days": 30}, {"retention_in_days": 90}, None),
        ("aws_cloudwatch_log_group.a", {"retention_in_days": 30}, {"retention_in_days": 0}, None),
        ("aws_ecs_service.a", {"desired_count": 2}, {"desired_count": 0}, Level.OUTAGE),
        ("aws_ecs_service.a", {"desired_count": 2}, {"desired_count": 1}, None),
        ("aws_eks_cluster.a", {"version": "1.32"}, {"version": "1.33"}, Level.ONE_WAY),
        ("aws_db_instance.a", {"engine_version": "16.3"}, {"engine_version": "17.1"}, Level.ONE_WAY),
        ("aws_db_instance.a", {"engine_version": "16.3"}, {"engine_version": "16.4"}, None),
        ("aws_kms_key.a", {"is_enabled": True}, {"is_enabled": False}, Level.OUTAGE),
    ],
)
def test_an_update_is_a_risk_by_its_direction(
    make_review: MakeReview, address: str, before: dict[str, Any], after: dict[str, Any], level: Level | None
) -> None:
    levels = [risk.level for risk in make_review(change("update", address, before, after)).risks]
    assert levels == ([] if level is None else [level])


def test_a_protection_that_is_known_only_after_apply_is_no_risk(make_review: MakeReview) -> None:
    before, unknown = {"deletion_protection": True}, {"deletion_protection": True}
    after = {"deletion_protection": None}
    assert make_review(change("update", "aws_db_instance.a", before, after, unknown=unknown)).risks == ()


def test_a_security_control_that_is_deleted_with_what_it_protects_is_no_risk(make_review: MakeReview) -> None:
    versioning = change("delete", "aws_s3_bucket_versioning.a", {"bucket": "data"})
    assert [risk.level for risk in make_review(versioning).risks] == [Level.WEAKER]
    bucket = change("delete", "aws_s3_bucket.a", {"id": "data", "bucket": "data", "force_destroy": False})
    assert [risk.address for risk in make_review(versioning, bucket).risks] == ["aws_s3_bucket.a"]


def test_the_worst_comes_first(make_review: MakeReview) -> None:
    review = make_review(change("delete", "aws_lb.a"), table(), change("delete", "aws_kms_key.a"))
    assert [risk.level for risk in review.risks] == [Level.LOSS, Level.RESTORE, Level.OUTAGE]
    assert review.summary == (
        "Replaces 1 DynamoDB table that cannot come back; deletes 1 KMS key that must be restored; "
        "deletes 1 load balancer with an interruption; revokes 1 permission."
    )


def test_the_widest_opening_comes_first(make_review: MakeReview) -> None:
    def rule(first: int, last: int, protocol: str = "tcp") -> dict[str, Any]:
        return {"protocol": protocol, "from_port": first, "to_port": last, "cidr_blocks": ["0.0.0.0/0"]}

    rules = [rule(443, 443), rule(22, 22), rule(1, 3000), rule(0, 65535), rule(0, 0, "-1")]
    review = make_review(change("update", "aws_security_group.a", {"ingress": []}, {"ingress": rules}))
    assert [line.text.partition(" to ")[0] for line in review.access] == [
        "all traffic",
        "all tcp",
        "tcp 1-3000",
        "tcp 22",
        "tcp 443",
    ]


def test_equal_risks_are_one(make_review: MakeReview) -> None:
    addresses = [f"aws_nat_gateway.n[{number}]" for number in range(3)]
    review = make_review(
        *(change("delete", address, action_reason="delete_because_no_module") for address in addresses)
    )
    assert only(review).addresses == tuple(addresses)
    assert review.summary == "Deletes 3 NAT gateways with an interruption."


@pytest.mark.parametrize(("number", "cards"), [(3, 3), (40, 1)])
def test_many_risks_with_other_values_of_the_same_argument_are_one(
    make_review: MakeReview, number: int, cards: int
) -> None:
    tables = [
        change(
            "replace",
            f"aws_dynamodb_table.t{index}",
            {"name": f"a{index}"},
            {"name": f"b{index}"},
            forced_by=("name",),
        )
        for index in range(number)
    ]
    review = make_review(*tables)
    assert len(review.risks) == cards
    assert review.risks[0].cause == ("Forced by `name`." if cards == 1 else "Forced by `name`: `a0` -> `b0`.")
    assert sum(len(risk.addresses) for risk in review.risks) == number


def test_access_for_everyone_is_before_an_interruption(make_review: MakeReview) -> None:
    rule = {"protocol": "tcp", "from_port": 22, "to_port": 22, "cidr_blocks": ["0.0.0.0/0"]}
    group = change("update", "aws_security_group.a", {"ingress": []}, {"ingress": [rule]})
    assert make_review(change("delete", "aws_nat_gateway.a"), group).summary == (
        "Opens to 0.0.0.0/0: tcp 22 to aws_security_group.a; deletes 1 NAT gateway with an interruption; "
        "updates 1 other resource."
    )


def test_a_deletion_has_the_reason_of_terraform(make_review: MakeReview) -> None:
    moved = change("delete", "aws_kms_key.a[1]", action_reason="delete_because_count_index")
    assert only(make_review(moved)).cause == "`count` is lower."
