"""A state backend on a server, a root module that uses it, and the environment of its user."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plainwork_core.doctor.online.collect import BLOCK_FLAGS
from plainwork_core.doctor.reading import Request, read
from tests.support.doctor_server import ACCOUNT_ID, REGION, DoctorServer

BUCKET, KEY, TABLE = "acme-state", "prod/web.tfstate", "acme-locks"
LINEAGE = "3a9f4f0e-5d0b-4d0c-9a4e-6d1f1c2b3a4d"
ARGUMENTS = {
    "bucket": BUCKET,
    "key": KEY,
    "region": REGION,
    "encrypt": True,
    "use_lockfile": True,
    "use_path_style": True,
    "max_retries": 2,
}
TLS = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "s3:*",
            "Resource": [f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*"],
            "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        }
    ],
}
FULL = {"Effect": "Allow", "Action": "*", "Resource": "*"}


@dataclass
class World:
    """A backend and its user.

    Attributes:
        server: with the backend.
        directory: of the root module.
        arguments: of the `backend` block.
        environ: of the user.
    """

    server: DoctorServer
    directory: Path
    arguments: dict[str, Any] = field(default_factory=dict)
    environ: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make a healthy backend with a lock file."""
        self.arguments = dict(ARGUMENTS)
        self.environ = {
            "HOME": str(self.directory),
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_ENDPOINT_URL": self.server.url,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        self.make_bucket()
        self.put_state(serial=7)

    @property
    def s3(self) -> Any:
        return self.server.client("s3")

    @property
    def dynamodb(self) -> Any:
        return self.server.client("dynamodb")

    @property
    def iam(self) -> Any:
        return self.server.client("iam")

    @property
    def kms(self) -> Any:
        return self.server.client("kms")

    def make_bucket(self, region: str = REGION, *, versioned: bool = True) -> None:
        """Make a bucket with all that protects a state."""
        s3 = self.server.client("s3", region)
        where = {} if region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": region}}
        s3.create_bucket(Bucket=BUCKET, **where)
        if versioned:
            s3.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        rule = {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}}
        s3.put_bucket_encryption(Bucket=BUCKET, ServerSideEncryptionConfiguration={"Rules": [rule]})
        s3.put_public_access_block(Bucket=BUCKET, PublicAccessBlockConfiguration=dict.fromkeys(BLOCK_FLAGS, True))
        s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(TLS))

    def remove_bucket(self) -> None:
        """Delete the bucket with all versions."""
        self.remove_state()
        self.s3.delete_bucket(Bucket=BUCKET)

    def remove_state(self) -> None:
        """Delete every object with all versions."""
        listed = self.s3.list_object_versions(Bucket=BUCKET)
        for version in [*listed.get("Versions", []), *listed.get("DeleteMarkers", [])]:
            self.s3.delete_object(Bucket=BUCKET, Key=version["Key"], VersionId=version["VersionId"])

    def put_plain_state(self) -> None:
        """Write a state without encryption."""
        body = self.s3.get_object(Bucket=BUCKET, Key=KEY)["Body"].read()
        self.remove_state()
        self.s3.put_object(Bucket=BUCKET, Key=KEY, Body=body)

    def remove_digest(self) -> None:
        """Delete the digest of the state."""
        self.dynamodb.delete_item(TableName=TABLE, Key={"LockID": {"S": f"{BUCKET}/{KEY}-md5"}})

    def deny_in_bucket_policy(self, action: str, *resources: str) -> None:
        """Deny an action in the bucket policy."""
        arns = [f"arn:aws:s3:::{name}" for name in resources]
        statement = {"Effect": "Deny", "Principal": "*", "Action": action, "Resource": arns}
        document = {**TLS, "Statement": [*TLS["Statement"], statement]}
        self.s3.put_bucket_policy(Bucket=BUCKET, Policy=json.dumps(document))

    def write_aws(self, name: str, text: str) -> None:
        """Write `config` or `credentials` of the AWS files."""
        file = self.directory / ".aws" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)

    def put_state(self, serial: int = 7, lineage: str = LINEAGE, key: str = KEY, **parameters: Any) -> bytes:
        """Write a state as Terraform does."""
        document = {
            "version": 4,
            "terraform_version": "1.11.4",
            "serial": serial,
            "lineage": lineage,
            "outputs": {},
            "resources": [],
            "check_results": None,
        }
        body = json.dumps(document, indent=2).encode()
        given = {"ServerSideEncryption": "AES256", **parameters}
        self.s3.put_object(Bucket=BUCKET, Key=key, Body=body, **given)
        return body

    def make_table(self, region: str = REGION, key: str = "LockID", type_: str = "S") -> None:
        """Make a lock table."""
        self.server.client("dynamodb", region).create_table(
            TableName=TABLE,
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": type_}],
            KeySchema=[{"AttributeName": key, "KeyType": "HASH"}],
            BillingMode="PAY_PER_REQUEST",
        )

    def with_table(self) -> None:
        """Make a lock table with the digest of the state, and use it beside the lock file."""
        self.make_table()
        self.arguments["dynamodb_table"] = TABLE
        body = self.s3.get_object(Bucket=BUCKET, Key=KEY)["Body"].read()
        self.put_item("-md5", Digest=hashlib.md5(body, usedforsecurity=False).hexdigest())

    def digest(self) -> str:
        """The digest of the state in the lock table."""
        item = self.dynamodb.get_item(TableName=TABLE, Key={"LockID": {"S": f"{BUCKET}/{KEY}-md5"}})["Item"]
        digest: str = item["Digest"]["S"]
        return digest

    def put_item(self, suffix: str = "", **attributes: str) -> None:
        """Write an item into the lock table."""
        item = {name: {"S": value} for name, value in attributes.items()}
        self.dynamodb.put_item(TableName=TABLE, Item={"LockID": {"S": f"{BUCKET}/{KEY}{suffix}"}, **item})

    def make_key(self, region: str = REGION) -> str:
        """Make a KMS key; return its ARN."""
        arn: str = self.server.client("kms", region).create_key()["KeyMetadata"]["Arn"]
        return arn

    def with_key(self) -> str:
        """Use a KMS key for the state, which is encrypted with it; return its ARN."""
        arn = self.make_key()
        self.arguments["kms_key_id"] = arn
        self.put_state(serial=8, ServerSideEncryption="aws:kms", SSEKMSKeyId=arn)
        return arn

    def as_user(self, *statements: dict[str, Any], name: str = "ci") -> None:
        """Run as an IAM user with a policy of *statements*."""
        self.iam.create_user(UserName=name)
        document = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
        self.iam.put_user_policy(UserName=name, PolicyName="ci", PolicyDocument=document)
        key = self.iam.create_access_key(UserName=name)["AccessKey"]
        self.environ |= {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}

    def make_role(
        self, *statements: dict[str, Any], name: str = "terraform", condition: dict[str, Any] | None = None
    ) -> str:
        """Make a role with a policy of *statements*, whose trust policy has a *condition*; return its ARN."""
        trust: dict[str, Any] = {
            "Effect": "Allow",
            "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT_ID}:root"},
            "Action": "sts:AssumeRole",
        }
        if condition:
            trust["Condition"] = condition
        document = json.dumps({"Version": "2012-10-17", "Statement": [trust]})
        arn: str = self.iam.create_role(RoleName=name, AssumeRolePolicyDocument=document)["Role"]["Arn"]
        policy = json.dumps({"Version": "2012-10-17", "Statement": list(statements)})
        self.iam.put_role_policy(RoleName=name, PolicyName="terraform", PolicyDocument=policy)
        return arn

    def write(self) -> None:
        """Write the root module."""
        block = "\n".join(f"    {name} = {_hcl(value)}" for name, value in self.arguments.items())
        text = f'terraform {{\n  backend "s3" {{\n{block}\n  }}\n}}\n'
        self.directory.joinpath("main.tf").write_text(text + 'resource "terraform_data" "example" {}\n')

    def facts(self) -> Any:
        """The facts, as the command reads them."""
        self.write()
        return read(self.directory, Request(environ=self.environ))


def _hcl(value: Any) -> str:
    if isinstance(value, dict):
        inner = ", ".join(f"{name} = {_hcl(member)}" for name, member in value.items())
        return f"{{ {inner} }}"
    return json.dumps(value)
