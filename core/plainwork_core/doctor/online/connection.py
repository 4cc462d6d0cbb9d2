"""The connection to AWS that Terraform's S3 backend makes: credentials, endpoints, proxies and TLS.

https://developer.hashicorp.com/terraform/language/backend/s3#credentials-and-shared-configuration
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.loaders import Loader, create_loader
from botocore.session import Session as CoreSession

from plainwork_core.doctor.diagnosis import Progress, silent
from plainwork_core.doctor.facts import BackendFacts
from plainwork_core.doctor.online.proxies import proxies
from plainwork_core.doctor.online.service import ATTEMPTS, CONNECT_SECONDS, READ_SECONDS, Service, limited

_AWS_DOMAINS = (".amazonaws.com", ".amazonaws.com.cn", ".api.aws", ".api.amazonwebservices.com.cn")
_AGENT = "plainwork-doctor"
_LINKED = {"kms", "iam"}
"""Services that Terraform's backend does not call: never asked at AWS about the state of another provider's S3."""


@dataclass
class Connection:
    """The clients of one set of credentials.

    Attributes:
        facts: the settings of the backend.
        session: of boto3.
        region: of the backend.
        progress: called before each request.
        read_seconds: how long an answer may take.
    """

    facts: BackendFacts
    session: Any
    region: str
    progress: Progress = silent
    read_seconds: float = READ_SECONDS
    _services: dict[tuple[str, str], Service] = field(default_factory=dict)

    def service(self, name: str, region: str = "") -> Service:
        """Return the service *name* in *region*, which defaults to that of the backend."""
        where = region or self._region_of(name)
        if (name, where) not in self._services:
            self._services[name, where] = Service(name, self._client(name, where), self.progress, self.read_seconds)
        return self._services[name, where]

    def with_credentials(self, answer: Mapping[str, Any]) -> Connection:
        """Return the connection with the credentials in an answer of STS."""
        found = answer["Credentials"]
        session = boto3.Session(
            aws_access_key_id=found["AccessKeyId"],
            aws_secret_access_key=found["SecretAccessKey"],
            aws_session_token=found["SessionToken"],
            botocore_session=core_session(self.facts, self.region),
        )
        return Connection(self.facts, session, self.region, self.progress, self.read_seconds)

    def is_aws(self, service: str) -> bool:
        """Return whether the endpoint of *service* is of AWS."""
        return (urlsplit(self.service(service).endpoint).hostname or "").endswith(_AWS_DOMAINS)

    def may_ask(self, service: str) -> bool:
        """Return whether *service* belongs to the S3 of the backend.

        With an S3-compatible store, KMS and IAM of AWS are of no use.
        """
        return service not in _LINKED or self.is_aws("s3") or not self.is_aws(service)

    def _region_of(self, service: str) -> str:
        return (self.facts.text("sts_region") if service == "sts" else "") or self.region

    def _client(self, name: str, region: str) -> Any:
        options: dict[str, Any] = {"endpoint_url": endpoint_url(self.facts, name) or None, "verify": self._verify()}
        config = self._config(name)
        client = self.session.client(name, region, config=config, **options)
        found = proxies(self.facts, client.meta.endpoint_url)
        if found is None:
            return client
        return self.session.client(name, region, config=config.merge(Config(proxies=found)), **options)

    def _verify(self) -> bool | str | None:
        """Return what TLS certificates are verified with: a file, nothing, or what Python has."""
        return False if self.facts.is_true("insecure") else self.facts.text("custom_ca_bundle") or None

    def _config(self, service: str) -> Config:
        path_style = self.facts.is_true("use_path_style") or self.facts.is_true("force_path_style")
        skips_checksum = self.facts.is_true("skip_s3_checksum")
        own = Config(
            use_fips_endpoint=self.facts.is_true("use_fips_endpoint") or None,
            use_dualstack_endpoint=self.facts.is_true("use_dualstack_endpoint") or None,
            user_agent_extra=_AGENT,
            request_checksum_calculation="when_required" if skips_checksum else "when_supported",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path" if path_style else "virtual"} if service == "s3" else None,
        )
        return limited(self.read_seconds).merge(own)


def endpoint_url(facts: BackendFacts, service: str) -> str:
    """Return the endpoint of *service* in the settings; empty if boto3 decides."""
    setting = facts.endpoint(service)
    return setting.value if setting is not None and isinstance(setting.value, str) else ""


def connect(facts: BackendFacts, region: str, progress: Progress, read_seconds: float) -> Connection:
    """Return the connection before a role is assumed: with the credentials of the block, or of the default chain.

    Raises:
        botocore.exceptions.BotoCoreError: the profile does not exist, or an AWS file cannot be read.
    """
    keys = {
        "aws_access_key_id": facts.text("access_key") or None,
        "aws_secret_access_key": facts.text("secret_key") or None,
        "aws_session_token": facts.text("token") or None,
    }
    session = boto3.Session(botocore_session=core_session(facts, region), **(keys if any(keys.values()) else {}))
    return Connection(facts, session, region, progress, read_seconds)


def core_session(facts: BackendFacts, region: str) -> CoreSession:
    """Return botocore's session with the profile, the files and the metadata service of the backend."""
    session = CoreSession(profile=facts.text("profile") or None)
    session.register_component("data_loader", _loader())
    for variable, value in _variables(facts, region).items():
        if value:
            session.set_config_variable(variable, value)
    session.set_default_client_config(
        Config(connect_timeout=CONNECT_SECONDS, read_timeout=READ_SECONDS, retries={"total_max_attempts": ATTEMPTS})
    )
    chain = session.get_component("credential_provider")
    if facts.is_true("skip_metadata_api_check"):
        chain.remove("iam-role")
    if _are_files_of_block(facts):
        chain.remove("custom-process")
    return session


@cache
def _loader() -> Loader:
    """Return the loader of the descriptions of services, which it reads once."""
    return create_loader()


def _variables(facts: BackendFacts, region: str) -> dict[str, Any]:
    return {
        "region": region,
        "config_file": _last(facts, "shared_config_files"),
        "credentials_file": _last(facts, "shared_credentials_files") or facts.text("shared_credentials_file"),
        "ca_bundle": facts.text("custom_ca_bundle"),
        "ec2_metadata_service_endpoint": facts.text("ec2_metadata_service_endpoint"),
        "ec2_metadata_service_endpoint_mode": facts.text("ec2_metadata_service_endpoint_mode"),
        "metadata_service_timeout": 1,
        "metadata_service_num_attempts": 1,
    }


def _last(facts: BackendFacts, path: str) -> str:
    """Return the last of several files, which takes precedence; botocore reads one."""
    value = facts.value(path)
    found = [member for member in value if isinstance(member, str)] if isinstance(value, list) else [facts.text(path)]
    return found[-1] if found else ""


def _are_files_of_block(facts: BackendFacts) -> bool:
    """Return whether the configuration names the AWS files: a `credential_process` in them is not run."""
    names = ("shared_config_files", "shared_credentials_files", "shared_credentials_file")
    return any((found := facts.setting(name)) is not None and found.location is not None for name in names)
