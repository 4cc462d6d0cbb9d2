"""The causes that no file shows: AWS, a store or the state itself. `doctor.online` can prove most of them."""

from __future__ import annotations

from plainwork_core.doctor.causes.table import BACKEND, CREDENTIALS, INIT
from plainwork_core.doctor.diagnosis import Cause, Severity

_S3_403 = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html"
_LOCKING = f"{BACKEND}#state-locking"
_UNLOCK = "https://developer.hashicorp.com/terraform/cli/commands/force-unlock"
_PERMISSIONS = f"{BACKEND}#s3-bucket-permissions"
_KMS = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html"
_RECOVERY = "https://developer.hashicorp.com/terraform/cli/state/recover"
_PUSH = "https://developer.hashicorp.com/terraform/cli/commands/state/push"
_WEB_IDENTITY = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html"
_CHECKSUMS = "https://docs.aws.amazon.com/sdkref/latest/guide/feature-dataintegrity.html"


def _remote(name: str, title: str, explanation: str, remedy: str, *links: str, risk: bool = False) -> Cause:
    return Cause(name, title, Severity.RISK if risk else Severity.FAULT, links, explanation, remedy)


_ROWS = (
    # initialization
    _remote(
        "not-initialized",
        "Directory is not initialized",
        "`.terraform` has no backend: a fresh checkout, or the directory was deleted.",
        "{program} init",
        INIT,
    ),
    _remote(
        "approval-required",
        "Migration of the state needs an approval",
        "`-input=false` forbids the question whether to copy the state.",
        "{program} init -migrate-state -force-copy  (copies without asking; back up both states first)",
        INIT,
    ),
    _remote(
        "backend-file-missing",
        "File of -backend-config does not exist",
        "Terraform looks for the file in its working directory, or in that of `-chdir`.",
        "ls *.tfbackend",
        INIT,
    ),
    _remote(
        "argument-not-expected",
        "Backend has no such argument",
        "The argument is misspelled, of another version of Terraform, or of another type of backend.",
        "Remove `{argument}` from the backend block",
        BACKEND,
    ),
    _remote(
        "argument-required",
        "Required argument of the backend is not set",
        "Neither the block nor `-backend-config` sets it.",
        '{program} init -backend-config="{argument}=…"',
        BACKEND,
    ),
    _remote(
        "duplicate-backend",
        "Configuration has two backend blocks",
        "All files of the directory are one configuration, which may have one backend.",
        "Remove one of the `backend` blocks",
        INIT,
    ),
    _remote(
        "terraform-version-rejected",
        "Configuration requires another version of Terraform",
        "`required_version` excludes the version that runs.",
        "tfenv install  (or install a version that `required_version` accepts)",
        "https://developer.hashicorp.com/terraform/language/terraform#terraform-required_version",
    ),
    # bucket
    _remote(
        "bucket-missing",
        "State bucket does not exist",
        "The name is misspelled, the bucket is not created yet or was deleted, or the endpoint is another store.",
        "aws s3api head-bucket --bucket {bucket}",
        BACKEND,
    ),
    _remote(
        "bucket-in-another-region",
        "State bucket is in another Region",
        "S3 redirects the request; Terraform does not follow.",
        'Set `region = "{actual_region}"` in the backend block, then run {program} init -reconfigure',
        BACKEND,
    ),
    _remote(
        "state-denied",
        "Access to the state object is denied",
        "The caller has no `s3:GetObject` on the object, or a bucket policy denies it.",
        "aws s3api head-object --bucket {bucket} --key {key}",
        _PERMISSIONS,
    ),
    _remote(
        "state-missing-list-denied",
        "State may be missing, and the caller may not list the bucket",
        "Without `s3:ListBucket`, S3 answers 403 in place of 404 for an object that does not exist.",
        "aws s3api list-objects-v2 --bucket {bucket} --prefix {key} --max-keys 1",
        _S3_403,
    ),
    _remote(
        "bucket-denied",
        "Access to the state bucket is denied",
        "The caller has no `s3:ListBucket`, a bucket policy denies it, or the bucket is of another account.",
        "aws s3api list-objects-v2 --bucket {bucket} --max-keys 1",
        _PERMISSIONS,
    ),
    _remote(
        "bucket-list-denied",
        "List of the workspaces is denied",
        "The caller has no `s3:ListBucket`. Terraform lists the workspaces before each command.",
        "aws s3api list-objects-v2 --bucket {bucket} --max-keys 1",
        _PERMISSIONS,
    ),
    _remote(
        "state-write-denied",
        "Caller may not write the state",
        "The caller has no `s3:PutObject` on the object, or a bucket policy requires other encryption.",
        "{program} state push errored.tfstate  (after the permission is granted; do not apply again before)",
        _PERMISSIONS,
        _RECOVERY,
    ),
    # encryption
    _remote(
        "key-denied",
        "Access to the KMS key of the state is denied",
        "S3 uses the key on behalf of the caller, who needs `kms:Decrypt` to read and `kms:GenerateDataKey` to write. "
        "The IAM policy and the key policy both count.",
        "aws kms describe-key --key-id {kms_key}",
        _KMS,
        "https://github.com/hashicorp/terraform/issues/29063",
    ),
    _remote(
        "key-not-usable",
        "KMS key of the state cannot be used",
        "The key is disabled, deleted, missing or asymmetric. S3 cannot encrypt or decrypt the state without it.",
        "aws kms describe-key --key-id {kms_key}  (then aws kms enable-key, or aws kms cancel-key-deletion)",
        _KMS,
    ),
    _remote(
        "state-customer-key-missing",
        "State is encrypted with a key of the customer (SSE-C)",
        "S3 answers 400 to a request for the object without its key. Expired credentials have the same answer.",
        "export AWS_SSE_CUSTOMER_KEY=…  (and set `encrypt = true`)",
        BACKEND,
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html",
    ),
    # credentials
    _remote(
        "credentials-expired",
        "Credentials have expired",
        "Temporary credentials end after an hour, or after the duration of the session.",
        "aws sso login  (or get new credentials from your identity provider)",
        CREDENTIALS,
    ),
    _remote(
        "credentials-unknown",
        "AWS does not know the access key",
        "The key was deleted, is of another partition or of an emulator, or its session token is missing.",
        "aws sts get-caller-identity",
        CREDENTIALS,
    ),
    _remote(
        "credentials-secret-wrong",
        "Secret access key does not match",
        "AWS computes another signature: the secret is of another key, or was copied with a blank.",
        "aws configure",
        CREDENTIALS,
    ),
    _remote(
        "credentials-clock-wrong",
        "Clock of this machine is wrong",
        "AWS rejects requests whose time differs by more than 15 minutes.",
        "sudo timedatectl set-ntp true",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html",
    ),
    _remote(
        "role-not-assumable",
        "Role cannot be assumed",
        "The trust policy of the role does not name the caller, the caller has no `sts:AssumeRole`, or the ARN is "
        "wrong.",
        "aws sts assume-role --role-arn {role_arn} --role-session-name test",
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_roles.html",
    ),
    _remote(
        "account-not-allowed",
        "Credentials are of another account",
        "The account is not in `allowed_account_ids`, or is in `forbidden_account_ids`.",
        "aws sts get-caller-identity --query Account",
        BACKEND,
    ),
    _remote(
        "credential-process-failed",
        "Credential process of the profile failed",
        "Terraform runs the command of `credential_process`, and it ended with an error.",
        "aws configure get credential_process",
        "https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html",
    ),
    _remote(
        "role-request-invalid",
        "Request for the role of the backend is invalid",
        "An argument of `assume_role` is invalid, such as a `duration` that exceeds that of the role.",
        "Correct `assume_role` in the backend block, then run {program} init -reconfigure",
        "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
    ),
    _remote(
        "web-identity-token-expired",
        "Web identity token is expired",
        "A web identity token is valid for minutes. Request it in the step that runs Terraform.",
        "Request a new token, and run {program} in the same step",
        _WEB_IDENTITY,
    ),
    _remote(
        "web-identity-not-trusted",
        "Role does not trust the web identity token",
        "The trust policy has another provider, or a condition that `sub` or `aud` of the token does not meet.",
        "Compare the trust policy of the role with `sub` and `aud` of the token",
        _WEB_IDENTITY,
    ),
    # network
    _remote(
        "endpoint-connection-failed",
        "Endpoint cannot be reached",
        "No network, a wrong host name, a proxy, a firewall, or an emulator that does not run.",
        "curl -sSI {url}",
        BACKEND,
    ),
    _remote(
        "endpoint-name-unresolved",
        "Host name of the endpoint cannot be resolved",
        "The host name or the Region is misspelled, or this machine has no DNS for it.",
        "nslookup {host}",
        BACKEND,
    ),
    _remote(
        "endpoint-proxy-unreachable",
        "HTTP proxy cannot be reached",
        "`HTTPS_PROXY`, `HTTP_PROXY` or `http_proxy` of the backend names a proxy that does not answer.",
        "env | grep -i _proxy  (then correct or unset the variable, or set `NO_PROXY`)",
        BACKEND,
    ),
    _remote(
        "endpoint-certificate-untrusted",
        "Certificate of the endpoint is not trusted",
        "A proxy that inspects TLS has a certificate authority of its own.",
        "export AWS_CA_BUNDLE=/path/to/ca.pem  (or set `custom_ca_bundle`)",
        BACKEND,
    ),
    _remote(
        "requests-throttled",
        "AWS throttles the requests",
        "Many runs use the bucket or the key at the same time.",
        "Run the command again later, with fewer runs at the same time",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html",
    ),
    # locks
    _remote(
        "lock-held",
        "Another run has the lock, or left it behind",
        "The lock info names who took it and when. Release it only if that run has ended.",
        "{program} force-unlock {lock_id}",
        _LOCKING,
        _UNLOCK,
    ),
    _remote(
        "lock-just-released",
        "Another run released the lock in the same moment",
        "The lock existed when Terraform tried to take it, and was gone when Terraform read it.",
        "{program} plan -lock-timeout=5m",
        _LOCKING,
    ),
    _remote(
        "lock-unreadable",
        "Lock is not of Terraform",
        "The lock has no lock info of Terraform, and therefore no ID for `force-unlock`. Another program wrote it.",
        "aws s3api get-object --bucket {bucket} --key {key}.tflock /dev/stdout  (delete it if no run has it)",
        _LOCKING,
    ),
    _remote(
        "lock-id-differs",
        "Lock has another ID",
        "Another run has taken the lock since, or the ID is of the other kind of lock.",
        "{program} force-unlock {lock_id}  (the ID of the lock info)",
        _UNLOCK,
    ),
    _remote(
        "lock-gone",
        "There is no lock",
        "The lock was released in the meantime.",
        "{program} plan",
        _UNLOCK,
    ),
    _remote(
        "lock-not-released",
        "Caller may not delete the lock",
        "Releasing the lock needs `s3:DeleteObject` on the `.tflock` object, or `dynamodb:DeleteItem` on the table.",
        "aws s3api delete-object --bucket {bucket} --key {key}.tflock  (as a caller who may; grant s3:DeleteObject)",
        _PERMISSIONS,
        "https://github.com/hashicorp/terraform-provider-aws/issues/41129",
    ),
    _remote(
        "lock-acquire-denied",
        "Caller may not write the lock",
        "Taking the lock needs `s3:PutObject` on the `.tflock` object, or `dynamodb:PutItem` on the table.",
        "Grant s3:GetObject, s3:PutObject and s3:DeleteObject on arn:aws:s3:::{bucket}/{key}.tflock",
        _PERMISSIONS,
    ),
    _remote(
        "table-missing",
        "Lock table does not exist in the Region of the backend",
        "The name is misspelled, the table is not created yet, or it is in another Region or account.",
        "aws dynamodb describe-table --table-name {table} --region {region}",
        _LOCKING,
    ),
    _remote(
        "table-key-wrong",
        "Lock table has another partition key",
        "Terraform requires the partition key `LockID` of type `S`, without a sort key.",
        "Set `use_lockfile = true` in place of `dynamodb_table`, then run {program} init -reconfigure",
        _LOCKING,
    ),
    _remote(
        "table-denied",
        "Access to the lock table is denied",
        "Locking needs `dynamodb:GetItem`, `PutItem` and `DeleteItem` on the table; its KMS key needs `kms:Decrypt`.",
        'aws dynamodb get-item --table-name {table} --key \'{{"LockID": {{"S": "{bucket}/{key}-md5"}}}}\'',
        f"{BACKEND}#dynamodb-table-permissions",
    ),
    _remote(
        "lock-conditional-writes-unsupported",
        "Store has no conditional writes",
        "The lock file is written with `If-None-Match: *`, which the store rejects.",
        "Remove `use_lockfile`, then run {program} init -reconfigure  (and let only one run start at a time)",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html",
    ),
    # state
    _remote(
        "digest-differs",
        "State is not the one whose digest is in the lock table",
        "A run was killed between the two writes, the object was restored or edited, or two runs had no common lock. "
        "Compare the state with its earlier versions before you accept it.",
        "aws s3api list-object-versions --bucket {bucket} --prefix {key}  (then update Digest of {bucket}/{key}-md5 "
        "in the table to {checksum})",
        _LOCKING,
        "https://github.com/hashicorp/terraform/issues/20708",
        risk=True,
    ),
    _remote(
        "state-deleted",
        "State was deleted, and its digest is still in the lock table",
        "The object does not exist. Restore its last version, or delete the digest to begin with an empty state.",
        "aws s3api list-object-versions --bucket {bucket} --prefix {key}",
        _LOCKING,
        risk=True,
    ),
    _remote(
        "state-newer",
        "State was written by a newer version",
        "An earlier version does not read it.",
        "Install the version that wrote the state ({state_version})",
        "https://developer.hashicorp.com/terraform/language/state#format",
    ),
    _remote(
        "state-not-json",
        "State object is not a state",
        "The object was overwritten, truncated or encrypted by the client, or the key is that of another file.",
        "aws s3api list-object-versions --bucket {bucket} --prefix {key}",
        _RECOVERY,
        risk=True,
    ),
    _remote(
        "state-archived",
        "State is in an archive storage class",
        "A lifecycle rule moved the state. S3 reads it only after it is restored.",
        "aws s3api restore-object --bucket {bucket} --key {key} --restore-request Days=7",
        "https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects.html",
    ),
    _remote(
        "serial-older",
        "State to push is older than the stored one",
        "Its serial is lower: someone has applied since.",
        "{program} state pull  (compare both before you use -force)",
        _PUSH,
        risk=True,
    ),
    _remote(
        "lineage-differs",
        "State to push is another state",
        "Its lineage differs: it is of another root module, or the stored one was created anew.",
        "{program} state pull  (compare both before you use -force)",
        _PUSH,
        risk=True,
    ),
    _remote(
        "checksum-rejected",
        "Store does not accept the checksum of the SDK",
        "Terraform sends a checksum in a trailer that some stores do not know.",
        "Set `skip_s3_checksum = true`, then run {program} init -reconfigure",
        BACKEND,
        _CHECKSUMS,
    ),
)
REMOTE = {cause.name: cause for cause in _ROWS}
"""The causes by name."""
