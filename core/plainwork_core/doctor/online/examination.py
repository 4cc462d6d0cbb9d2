"""The examination of one backend at AWS."""

from __future__ import annotations

from importlib import import_module

from botocore.exceptions import BotoCoreError

from plainwork_core.doctor.diagnosis import Diagnosis, Problem, Progress, ranked, silent
from plainwork_core.doctor.facts import BackendFacts
from plainwork_core.doctor.online.answers import Answers, failure, found, is_denied
from plainwork_core.doctor.online.causes import CAUSES
from plainwork_core.doctor.online.collect import collect
from plainwork_core.doctor.online.connection import Connection, connect
from plainwork_core.doctor.online.documents import read_documents
from plainwork_core.doctor.online.failures import Failure, transport_failure
from plainwork_core.doctor.online.identity import identify
from plainwork_core.doctor.online.key import region_of_key
from plainwork_core.doctor.online.problems import missing_settings, problems
from plainwork_core.doctor.online.report_secrets import without_secrets
from plainwork_core.doctor.online.rules.roles import is_wrong_account
from plainwork_core.doctor.online.service import READ_SECONDS
from plainwork_core.doctor.online.summary import summary
from plainwork_core.doctor.online.trust import read_trust
from plainwork_core.doctor.online.try_lock import try_lock as acquire_and_release

_RULES = (
    "endpoints",
    "credentials",
    "roles",
    "bucket",
    "state",
    "keys",
    "table",
    "locks",
    "permissions",
    "bucket_settings",
)
for _name in _RULES:
    import_module(f"plainwork_core.doctor.online.rules.{_name}")


def examine(
    facts: BackendFacts, *, try_lock: bool = False, timeout: float = READ_SECONDS, progress: Progress = silent
) -> tuple[list[Diagnosis], list[Problem], dict[str, str], frozenset[str]]:
    """Return what is wrong, what could not be examined, lines for the header of the report, and settled causes.

    Args:
        facts: the settings of the backend.
        try_lock: whether to acquire and release the lock. Without it every request reads.
        timeout: how long AWS may take for an answer, in seconds.
        progress: called before each request.
    """
    if missing := list(missing_settings(facts)):
        return [], missing, {}, frozenset()
    answers = ask(facts, try_lock=try_lock, timeout=timeout, progress=progress)
    results = list(CAUSES.examine(answers))
    diagnoses = ranked(result for result in results if isinstance(result, Diagnosis))
    undecided = [result for result in results if isinstance(result, Problem)]
    report = without_secrets(facts, diagnoses, [*undecided, *problems(answers, diagnoses)], summary(answers))
    return *report, _settled(answers, {diagnosis.name for diagnosis in diagnoses})


def _settled(answers: Answers, found: set[str]) -> frozenset[str]:
    """Return the causes of the offline part that `--try-lock` decides."""
    is_exclusive = answers.try_lock is not None and answers.try_lock.is_exclusive
    is_known = is_exclusive or "lock-conditional-writes-unsupported" in found
    return frozenset({"conditional-writes-unknown"} if is_known else ())


def ask(facts: BackendFacts, *, try_lock: bool, timeout: float, progress: Progress) -> Answers:
    """Return what AWS answers about a backend."""
    answers = Answers(facts, facts.text("region"), facts.now)
    try:
        base = connect(facts, answers.region, progress, timeout)
        connection = identify(base, answers)
    except (BotoCoreError, OSError, ValueError) as error:
        answers.session = transport_failure("sts", "GetCallerIdentity", error, "", otherwise="")
        return answers
    if is_denied(answers.assumed) and answers.base_arn:
        read_trust(base, answers)
    if connection is None or is_wrong_account(answers):
        return answers
    answers.is_aws = connection.is_aws("s3")
    collect(connection, answers)
    if isinstance(answers.bucket, Failure) and not answers.bucket.is_denied:
        return answers
    _read_policies(connection, answers)
    if try_lock and failure(answers.lock_item) is None:
        answers.try_lock = acquire_and_release(connection, answers)
    return answers


def _read_policies(connection: Connection, answers: Answers) -> None:
    answers.documents = read_documents(connection, answers, answers.caller_arn)
    if table := found(answers.table).get("Table", {}).get("TableArn"):
        dynamodb = connection.service("dynamodb")
        answers.settings["GetResourcePolicy"] = dynamodb.ask("GetResourcePolicy", ResourceArn=table)
    if arn := found(answers.key).get("KeyMetadata", {}).get("Arn"):
        kms = connection.service("kms", region_of_key(arn))
        answers.settings["GetKeyPolicy"] = kms.ask("GetKeyPolicy", KeyId=arn, PolicyName="default")
