"""The functions that an expression can call: those of Terraform, and those that only OpenTofu has.

Terraform's are those of `terraform metadata functions -json` (1.11.4):
https://developer.hashicorp.com/terraform/language/functions; OpenTofu's: https://opentofu.org/docs/language/functions/.
A function of a provider is called as `provider::<name>::<function>` and is not in the table.
"""

from __future__ import annotations

_TERRAFORM = """
    abs abspath alltrue anytrue base64decode base64encode base64gzip base64sha256 base64sha512 basename bcrypt can
    ceil chomp chunklist cidrhost cidrnetmask cidrsubnet cidrsubnets coalesce coalescelist compact concat contains
    csvdecode dirname distinct element endswith ephemeralasnull file filebase64 filebase64sha256 filebase64sha512
    fileexists filemd5 fileset filesha1 filesha256 filesha512 flatten floor format formatdate formatlist indent
    index issensitive join jsondecode jsonencode keys length log lookup lower matchkeys max md5 merge min
    nonsensitive one parseint pathexpand plantimestamp pow range regex regexall replace reverse rsadecrypt sensitive
    setintersection setproduct setsubtract setunion sha1 sha256 sha512 signum slice sort split startswith
    strcontains strrev substr sum templatefile templatestring textdecodebase64 textencodebase64 timeadd timecmp
    timestamp title tobool tolist tomap tonumber toset tostring transpose trim trimprefix trimspace trimsuffix try
    upper urlencode uuid uuidv5 values yamldecode yamlencode zipmap
"""
_OPENTOFU = "base64gunzip cidrcontains urldecode"
FUNCTIONS = frozenset(f"{_TERRAFORM} {_OPENTOFU}".split())
