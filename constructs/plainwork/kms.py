"""The keys that AWS encrypts with unless a construct has a KMS key: the argument `kms_key_id` is not written."""

from typing import Final

AWS_OWNED_KEY: Final = None
"""A key that AWS owns and shares among accounts: it costs nothing, and its policy and its use cannot be seen.

https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-owned-key
"""

AWS_MANAGED_KEY: Final = None
"""The key of a service in this account, such as `aws/elasticfilesystem`: its use is visible, its policy is fixed.

https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key
"""
