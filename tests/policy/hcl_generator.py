"""Random expressions of HCL over all operators and pure functions, by type, some with an argument of a wrong type."""

import json

TEXTS = [
    "",
    "a",
    "b",
    "A b-c_d",
    "x.y.z",
    "1",
    "1.5",
    "true",
    "é",
    "日本",
    "a\r\nb",
    "  pad ",
    "aa-bb",
    "ßx",
    "a\nb\n",
    "<&>",
]
NUMBERS = ["0", "1", "2", "-1", "3", "10", "0.5", "1.25", "-2.5", "100", "1000000", "1e21", "255", '"7"']
SPECIAL = {
    "base64": ["", "aGVsbG8=", "w6k=", "/w==", "aGVsbG8", "a"],
    "cidr": ["10.0.0.0/16", "10.1.2.3/8", "fd00::/56", "0.0.0.0/0", "10.0.0.0/33", "192.168.0.0/24", "x"],
    "csv": ["a,b\n1,2\n3,4\n", 'a,b\n"x,y","q""q"', "a\n1,2", "a,b\r\n1,2\r\n", "", "a,a\n1,2"],
    "date format": [
        "DD MMM YYYY hh:mm ZZZ",
        "EEEE, D.M.YY",
        "H:m:s aa",
        "YYYY'T'ZZZZZ",
        "h 'o''clock'",
        "x",
        "'a",
        "ZZZZ Z",
    ],
    "duration": ["10m", "-1h30m", "1.5h", "24h", "1d", "0", ""],
    "encoding": ["UTF-8", "UTF-16LE", "ISO-8859-1", "US-ASCII"],
    "json": ['{"a":[1,2.5,null,true]}', '"x"', "1", "[1,]", "", '{"b":1,"a":"\\u00e9"}', "[[],{}]"],
    "namespace": ["dns", "url", "oid", "x500", "6ba7b810-9dad-11d1-80b4-00c04fd430c8", "x"],
    "path": ["a/b/c.txt", "a/", "", "/", ".", "../x/./y", "//a//b", "a"],
    "pattern": [
        "%s",
        "%s-%s",
        "%5s|%-5s",
        "%d",
        "%05d",
        "%x",
        "%#x",
        "%.2f",
        "%8.3e",
        "%g",
        "%v",
        "%q",
        "%t",
        "%%",
        "%[2]s%[1]s",
        "%b %o",
        "%z",
        "%",
    ],
    "regex": [
        "[a-z]+",
        "(a)|(b)",
        "(?P<x>[a-z])(?P<y>.?)",
        "^a.*$",
        "\\d+",
        "(a*)*",
        "(",
        "[^a-z0-9]",
        "(?i)A",
        "a{1,2}?",
        "\\bb",
        "x*",
        "(.)-(.)",
    ],
    "template": ["-", "$1", "<$0>", "${1}x", "$$"],
    "time": [
        "2026-11-29T12:00:00Z",
        "2024-02-29T23:59:59+05:30",
        "2001-01-01T00:00:00-08:00",
        "2026-13-01T00:00:00Z",
        "x",
    ],
    "yaml": [
        "a: 1\nb: [x, 'y']\n",
        "- a\n- b: c\n  d: e\n",
        "a: yes\nb: ~\nc: 0x1F\n",
        "a:\n  - b\n  - c: |\n      x\n      y\n",
        "a: b: c",
        "a: {b: 1, c: d}\n",
        "1: x\n",
    ],
    "key": ["a", "b", "c"],
    "regex without groups": ["[a-z]+", "\\\\d", "x*", "^a.*$", "(?:a|b)+", "(", "[^a-z0-9]"],
    "separator": [",", "-", "", ".", "a"],
    "regex in slashes": ["/[a-z]/", "/(.)-/", "/x*/", "/(/", "a", "", "."],
}

FUNCTIONS = {
    "string": """
        base64decode(base64) base64encode(string) base64sha256(string) base64sha512(string) basename(path)
        chomp(string) cidrhost(cidr,number) cidrnetmask(cidr) cidrsubnet(cidr,number,number) coalesce(string,string)
        dirname(path) element(strings,number) format(pattern,any) format(pattern,any,any)
        formatdate(date_format,time) indent(width,string) join(separator,strings) jsonencode(any)
        lookup(strings_map,key,string) lower(string) md5(string) one(strings) regex(regex,string)
        replace(string,separator,string) replace(string,regex_in_slashes,template) sha1(string) sha256(string)
        sha512(string) strrev(string) substr(string,number,number) textdecodebase64(base64,encoding)
        textencodebase64(string,encoding) timeadd(time,duration) title(string) tostring(any) trim(string,separator)
        trimprefix(string,string) trimspace(string) trimsuffix(string,string) try(string,string) try(number,string)
        upper(string) urlencode(string) uuidv5(namespace,string) yamlencode(any) nonsensitive(string)
        pathexpand(path) nonsensitive(secret) ephemeralasnull(string)
    """,
    "number": """
        abs(number) ceil(number) floor(number) index(strings,string) length(any) length(string) max(number,number)
        min(number,number) parseint(string,number) signum(number) sum(numbers) timecmp(time,time) tonumber(any)
    """,
    "bool": """
        alltrue(bools) anytrue(bools) can(string) contains(strings,string) contains(numbers,number)
        contains(any,any) endswith(string,string) startswith(string,string) strcontains(string,string) tobool(any)
    """,
    "strings": """
        coalescelist(strings,strings) compact(strings) concat(strings,strings) distinct(strings)
        formatlist(pattern,strings) formatlist(pattern,strings,any) keys(any) keys(strings_map)
        matchkeys(strings,numbers,numbers) regexall(regex_without_groups,string) reverse(strings)
        slice(strings,number,number) sort(any) sort(strings) split(separator,string) tolist(strings)
        values(strings_map) cidrsubnets(cidr,number,number) concat(strings)
    """,
    "numbers": """
        distinct(numbers) range(number) range(number,number) range(number,number,number) reverse(numbers)
        tolist(numbers)
    """,
    "strings_map": """
        merge(strings_map,strings_map) tomap(strings_map) zipmap(strings,strings)
    """,
    "any": """
        chunklist(strings,number) chunklist(any,number) coalesce(any,any) csvdecode(csv) distinct(any)
        element(any,number) flatten(any) flatten(lists) jsondecode(json) merge(strings_map,strings_map) one(any)
        reverse(any) setintersection(strings,strings) setproduct(some_strings,some_strings)
        setproduct(some_strings,some_numbers) setsubtract(strings,strings) setunion(strings,strings)
        setunion(any,any) toset(any) toset(strings) tolist(any) tomap(any) transpose(lists_map) values(any)
        yamldecode(yaml) zipmap(strings,any)
    """,
}
"""Functions by the type of their result, with the types of their arguments."""
SIGNATURES = {
    kind: [
        (name, parameters.rstrip(")").split(","))
        for name, _, parameters in (text.partition("(") for text in rows.split())
    ]
    for kind, rows in FUNCTIONS.items()
}
WRONG = 0.04
"""How often an argument is of another type."""
KNOWN = 0.95
"""How often a value is not null."""
ANY = ["string", "number", "bool", "strings", "numbers", "strings_map", "lists"]
KINDS = ["string", "number", "bool", "strings", "numbers", "strings_map", "any"]


LITERALS = {
    "string": [json.dumps(text, ensure_ascii=False) for text in TEXTS],
    "number": NUMBERS,
    "bool": ["true", "false", '"true"'],
    "width": ["0", "1", "2"],
}


class Generator:
    """Makes expressions with a `random.Random`."""

    def __init__(self, random):
        self._random = random

    def expression(self, depth=3):
        return self._of(self._random.choice(KINDS), depth)

    def _of(self, kind, depth):
        random = self._random
        kind = kind if kind.endswith("_map") else kind.replace("_", " ")
        if kind in SPECIAL:
            return quoted(random.choice(SPECIAL[kind]))
        if kind == "secret":
            return f"sensitive({self._of('string', depth)})"
        if depth == 0 or random.random() < 0.25:
            return self._literal(kind)
        if random.random() < 0.2:
            return self._operation(kind, depth - 1)
        if kind not in SIGNATURES:
            return self._literal(kind)
        name, parameters = random.choice(SIGNATURES[kind])
        return f"{name}({', '.join(self._argument(parameter, depth - 1) for parameter in parameters)})"

    def _argument(self, kind, depth):
        return self._of(self._random.choice(KINDS) if self._random.random() < WRONG else kind, depth)

    def _literal(self, kind):
        random = self._random
        members = range(random.randrange(4))
        if kind.startswith("some "):
            kind, members = kind[5:], range(len(members) + 1)
        if kind in ("strings", "numbers", "bools"):
            return f"[{', '.join(self._literal(kind[:-1]) for _ in members)}]"
        if kind == "lists":
            return f"[{', '.join(self._literal(random.choice(['strings', 'numbers'])) for _ in members)}]"
        if kind in ("strings_map", "lists_map"):
            return braces(
                random, [self._literal({"strings_map": "string", "lists_map": "strings"}[kind]) for _ in members]
            )
        if kind in LITERALS:
            return random.choice(LITERALS[kind])
        return self._literal(random.choice(ANY)) if random.random() < KNOWN else "null"

    def _operation(self, kind, depth):
        random = self._random
        match kind:
            case "string":
                return f'"x${{{self._of(random.choice(["string", "number"]), depth)}}}y"'
            case "number":
                return f"({self._of('number', depth)} {random.choice('+-*')} {self._of('number', depth)})"
            case "bool":
                inner = random.choice(["number", "string", "any", "strings"])
                symbol = random.choice(["<", ">=", "==", "!="] if inner == "number" else ["==", "!="])
                return f"({self._of(inner, depth)} {symbol} {self._of(inner, depth)})"
            case "strings":
                return f"[for i, v in {self._of('strings', depth)} : upper(v) if v != {self._of('string', 0)}]"
            case "strings_map":
                return f'{{ for k, v in {self._of("strings_map", depth)} : "${{k}}z" => v }}'
        return f"({self._of('bool', depth)} ? {self._branch(kind, depth)} : {self._branch(kind, depth)})"

    def _branch(self, kind, depth):
        """A result of `?:`. Which types collections have in common depends on types that are not known."""
        return self._of(kind, depth) if kind in ("string", "number", "bool") else self._literal("some strings")


def quoted(text):
    return json.dumps(text, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


def braces(random, values):
    names = random.sample(["a", "b", "c", "d e"], len(values))
    return (
        "{ " + ", ".join(f'"{name}" = {value}' for name, value in zip(names, values, strict=True)) + " }"
        if values
        else "{}"
    )
