"""Actions, resources, policy variables and the version of a document."""

from __future__ import annotations

from collections.abc import Iterator

from tools.iam_proof.traps.trap import (
    GUIDE,
    OBJECT,
    OURS,
    QUEUE,
    USER,
    VARIABLES,
    Trap,
    allow,
    allowed,
    ask,
    denied,
    deny,
    document,
)

ACTION, NOT_ACTION = (f"{GUIDE}reference_policies_elements_{name}.html" for name in ("action", "notaction"))
RESOURCE, NOT_RESOURCE = (f"{GUIDE}reference_policies_elements_{name}.html" for name in ("resource", "notresource"))
VERSION = f"{GUIDE}reference_policies_elements_version.html"
NO_VALUE = f"{VARIABLES}#policy-vars-no-value"
SECRET = f"arn:aws:secretsmanager:eu-west-1:{OURS}:secret:prod/db-Ab12Cd"


def traps() -> Iterator[Trap]:
    """Yield all of them."""
    yield from _actions()
    yield from _resources()
    yield from _variables()
    yield from _special_characters()


def _actions() -> Iterator[Trap]:
    yield allowed("An action ignores case", ACTION, ask("s3:GetObject", identity=allow("S3:getobject")))
    yield allowed("A wildcard at the end of an action", ACTION, ask("s3:GetObject", identity=allow("s3:Get*")))
    yield allowed("A wildcard in an action", ACTION, ask("s3:GetObject", identity=allow("s3:*Object")))
    yield allowed("A question mark in an action", ACTION, ask("s3:GetObject", identity=allow("s3:?etObject")))
    yield allowed("All actions", ACTION, ask("s3:GetObject", identity=allow("*")))
    yield denied(
        "A prefix without a wildcard is another action", ACTION, ask("s3:GetObjectAcl", identity=allow("s3:GetObject"))
    )
    yield allowed("A wildcard includes what follows", ACTION, ask("s3:GetObjectAcl", identity=allow("s3:GetObject*")))
    yield denied("The actions of another service", ACTION, ask("s3:GetObject", identity=allow("s3-object-lambda:*")))
    yield denied(
        "A question mark in an action is one character", ACTION, ask("s3:GetObject", identity=allow("s3:Get?"))
    )
    yield allowed(
        "One of several actions", ACTION, ask("s3:GetObject", identity=allow(["s3:PutObject", "s3:GetObject"]))
    )
    for title, effect, action, answer in (
        ("NotAction allows all other actions", "Allow", "iam:*", allowed),
        ("NotAction does not allow what it lists", "Allow", "s3:Get*", denied),
        ("A Deny with NotAction denies all other actions", "Deny", "iam:*", denied),
        ("A Deny with NotAction spares what it lists", "Deny", ["iam:*", "s3:GetObject"], allowed),
    ):
        statement = {"Effect": effect, "NotAction": action, "Resource": "*"}
        whole = document({"Effect": "Allow", "Action": "*", "Resource": "*"}, statement)
        only = document(statement)
        yield answer(title, NOT_ACTION, ask("s3:GetObject", identity=[whole if effect == "Deny" else only]))


def _resources() -> Iterator[Trap]:
    rows = (
        ("The ARN itself", OBJECT, OBJECT, True),
        ("A wildcard includes slashes", "arn:aws:s3:::reports/*", OBJECT, True),
        ("A wildcard in the middle", "arn:aws:s3:::reports/*/january.csv", OBJECT, True),
        ("A question mark is one character", "arn:aws:s3:::reports/202?/january.csv", OBJECT, True),
        ("A question mark is not two characters", "arn:aws:s3:::reports/20?/january.csv", OBJECT, False),
        ("A bucket is not its objects", "arn:aws:s3:::reports", OBJECT, False),
        ("Objects are not their bucket", "arn:aws:s3:::reports/*", "arn:aws:s3:::reports", False),
        (
            "A wildcard without a slash includes a longer name",
            "arn:aws:s3:::report*",
            "arn:aws:s3:::reports-of-others/x",
            True,
        ),
        ("The resource part is case-sensitive", "arn:aws:s3:::Reports/*", OBJECT, False),
        ("All resources", "*", OBJECT, True),
        ("Another partition", "arn:aws-cn:s3:::reports/*", OBJECT, False),
        ("A wildcard for Region and account", "arn:aws:sqs:*:*:orders", QUEUE, True),
        ("An ARN of another Region", f"arn:aws:sqs:us-east-1:{OURS}:orders", QUEUE, False),
        ("Another account", "arn:aws:sqs:eu-west-1:444455556666:orders", QUEUE, False),
        ("A wildcard in the Region", f"arn:aws:sqs:eu-*:{OURS}:orders", QUEUE, True),
        ("A secret without its suffix", SECRET[:-7], SECRET, False),
        ("A secret with six question marks", f"{SECRET[:-6]}??????", SECRET, True),
        ("A wildcard matches the colons of a name", f"arn:aws:secretsmanager:eu-west-1:{OURS}:secret:*", SECRET, True),
    )
    for title, pattern, arn, result in rows:
        action = {"s3": "s3:GetObject", "sqs": "sqs:SendMessage"}.get(
            arn.split(":")[2], "secretsmanager:GetSecretValue"
        )
        case = ask(action, arn, identity=allow("*", pattern))
        yield (allowed if result else denied)(title, RESOURCE, case)
    for title, effect, pattern, answer in (
        ("NotResource allows all other resources", "Allow", "arn:aws:s3:::logs/*", allowed),
        ("NotResource does not allow what it lists", "Allow", "arn:aws:s3:::reports/*", denied),
        ("A Deny with NotResource denies all others", "Deny", "arn:aws:s3:::logs/*", denied),
        (
            "A Deny with NotResource spares what it lists",
            "Deny",
            ["arn:aws:s3:::logs/*", "arn:aws:s3:::reports/*"],
            allowed,
        ),
        ("A Deny with NotResource of the bucket denies its objects", "Deny", "arn:aws:s3:::reports", denied),
    ):
        statement = {"Effect": effect, "Action": "s3:*", "NotResource": pattern}
        everything = {"Effect": "Allow", "Action": "*", "Resource": "*"}
        documents = [document(statement)] if effect == "Allow" else [document(everything, statement)]
        yield answer(title, NOT_RESOURCE, ask("s3:GetObject", identity=documents))


def _variables() -> Iterator[Trap]:
    home = allow("s3:*", "arn:aws:s3:::home/${aws:username}/*")
    team = allow("s3:*", "arn:aws:s3:::${aws:PrincipalTag/team}/*")
    default = allow("s3:*", "arn:aws:s3:::${aws:PrincipalTag/team, 'shared'}/*")
    same = {"StringEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}
    other = {"StringNotEquals": {"aws:ResourceTag/team": "${aws:PrincipalTag/team}"}}
    ours, mine = "arn:aws:s3:::home/ana/notes", {"team": "web"}
    former = document(
        {"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::home/${aws:username}/*"}, version="2008-10-17"
    )
    yield allowed("The name of the user", VARIABLES, ask("s3:GetObject", ours, USER, identity=home))
    yield denied(
        "The name of another user", VARIABLES, ask("s3:GetObject", "arn:aws:s3:::home/ben/notes", USER, identity=home)
    )
    yield denied("A role has no user name", f"{VARIABLES}#principaltable", ask("s3:GetObject", ours, identity=home))
    yield denied(
        "A document of 2008-10-17 has no variables", VERSION, ask("s3:GetObject", ours, USER, identity=[former])
    )
    yield allowed(
        "A tag of the principal",
        VARIABLES,
        ask("s3:GetObject", "arn:aws:s3:::web/x", identity=team, principal_tags=mine),
    )
    yield denied(
        "A tag that the principal does not have", NO_VALUE, ask("s3:GetObject", "arn:aws:s3:::web/x", identity=team)
    )
    yield allowed(
        "The default value",
        f"{VARIABLES}#policy-vars-default-values",
        ask("s3:GetObject", "arn:aws:s3:::shared/x", identity=default),
    )
    yield denied(
        "The default value is not used with a tag",
        f"{VARIABLES}#policy-vars-default-values",
        ask("s3:GetObject", "arn:aws:s3:::shared/x", identity=default, principal_tags=mine),
    )
    yield denied(
        "The value of a variable has no wildcards",
        VARIABLES,
        ask("s3:GetObject", "arn:aws:s3:::web/x", identity=team, principal_tags={"team": "*"}),
    )
    yield denied(
        "Variables are not in the account of an ARN",
        f"{VARIABLES}#policy-vars-resourceelement",
        ask("sqs:SendMessage", QUEUE, identity=allow("sqs:*", "arn:aws:sqs:eu-west-1:${aws:PrincipalAccount}:orders")),
    )
    yield allowed(
        "The same tag of principal and resource",
        VARIABLES,
        ask("sqs:SendMessage", QUEUE, identity=allow("sqs:*", Condition=same), principal_tags=mine, resource_tags=mine),
    )
    yield denied(
        "Another tag of the resource",
        VARIABLES,
        ask(
            "sqs:SendMessage",
            QUEUE,
            identity=allow("sqs:*", Condition=same),
            principal_tags=mine,
            resource_tags={"team": "data"},
        ),
    )
    yield denied(
        "Neither principal nor resource has the tag",
        NO_VALUE,
        ask("sqs:SendMessage", QUEUE, identity=allow("sqs:*", Condition=same)),
    )
    yield denied(
        "A negated operator matches a tag that the principal does not have",
        NO_VALUE,
        ask("sqs:SendMessage", QUEUE, identity=deny("sqs:*", Condition=other), resource_tags=mine),
    )
    yield allowed(
        "A negated operator does not match the same tag",
        VARIABLES,
        ask("sqs:SendMessage", QUEUE, identity=deny("sqs:*", Condition=other), principal_tags=mine, resource_tags=mine),
    )
    yield allowed(
        "A variable in a pattern",
        VARIABLES,
        ask(
            "s3:ListBucket",
            "arn:aws:s3:::home",
            USER,
            identity=allow("s3:ListBucket", Condition={"StringLike": {"s3:prefix": "${aws:username}/*"}}),
            context={"s3:prefix": "ana/2026"},
        ),
    )
    yield allowed(
        "The name of a variable ignores case",
        VARIABLES,
        ask("s3:GetObject", ours, USER, identity=allow("s3:*", "arn:aws:s3:::home/${AWS:UserName}/*")),
    )


def _special_characters() -> Iterator[Trap]:
    page = f"{VARIABLES}#policy-vars-specialchars"
    for wanted, value, result in (
        ("${*}", "*", True),
        ("${*}", "ana", False),
        ("${?}", "?", True),
        ("${?}", "a", False),
        ("${$}{aws:username}", "${aws:username}", True),
    ):
        policies = allow("s3:*", Condition={"StringLike": {"aws:RequestTag/Owner": wanted}})
        title = f"StringLike of {wanted} is {str(result).lower()} for {value}"
        yield (allowed if result else denied)(
            title, page, ask("s3:PutObject", identity=policies, context={"aws:RequestTag/Owner": value})
        )
