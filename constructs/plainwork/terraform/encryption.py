"""OpenTofu's encryption of states and plans."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from plainwork.arguments.language import ENCRYPTION
from plainwork.terraform.addresses import naming_scope
from plainwork.terraform.element import Element, language_body
from plainwork.tree import Construct


class Encryption(Element):
    """The `encryption` block of a stack in an `App(target="opentofu")`.

    ```python
    Encryption(
        stack,
        key_provider={"aws_kms": {"main": {"kms_key_id": "alias/states", "key_spec": "AES_256"}}},
        method={"aes_gcm": {"main": {"keys": "${key_provider.aws_kms.main}"}}},
        state={"method": "method.aes_gcm.main", "enforced": True},
    )
    ```

    See https://opentofu.org/docs/language/state/encryption/.

    Args:
        scope: a stack, or a construct in a stack.
        arguments: `key_provider` and `method`, each by type and name, whose own arguments are not checked; `state`,
            `plan` and `remote_state_data_sources`.

    Raises:
        AddressError: the stack has an `encryption` block already.
        ArgumentsError: OpenTofu would reject the arguments, or the app is for Terraform.
    """

    def __init__(self, scope: Construct, /, **arguments: Mapping[str, Any]) -> None:
        registry = naming_scope(scope).registry
        body = language_body(registry, "encryption", "terraform.encryption", arguments, ENCRYPTION)
        registry.register("terraform.encryption", naming_scope(scope).path("encryption"), remedy="remove one of them")
        super().__init__(scope, "encryption", {"terraform": {"encryption": body}})
