"""Hypothesis strategies for documents of Terraform's JSON syntax, with awkward values in every place that takes one."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

AWKWARD = [
    "",
    " ",
    '"quoted"',
    "back\\slash \\n \\u0041",
    "tab\tand\rreturn",
    "one\ntwo",
    "one\ntwo\n",
    "one\n\n  two\n",
    "  all\n  indented\n",
    "\nstarts empty\n",
    "ends with EOT\nEOT\n  EOT2\n",
    "trailing space \nnext\n",
    "a\n \nb\n",
    "\ttabbed\nnot\n",
    "#!/bin/bash\nset -e\necho \"hi\" 'there' \\\n  && true\n",
    "<<EOT",
    "<<-EOT\nx\n",
    "$",
    "%",
    "$$",
    "100%",
    "nul \x00 bell \x07 escape \x1b delete \x7f",
    "nbsp \u00a0 soft \u00ad zero \u200b line \u2028 bom \ufeff",
    "ünïcödé 日本語 한국어 \U0001f468\u200d\U0001f469\u200d\U0001f467 e\u0301",
    "true",
    "null",
    "1e3",
    "var.name",
    "// no comment",
    "# no comment",
    "/* no comment */",
    "for",
    "(x)",
]
SEQUENCES = [
    "$${literal}",
    "%%{literal}",
    "\\$${b} \\%%{b}",
    "$$${two}",
    "$${",
    "%%{ if x }",
    "$${a}\n$${b}\n",
    "$",
    "%",
    "~}",
    "}",
]
REFERENCES = [
    "${local.zero}",
    "${local.many[0]}",
    "${local.many[*]}",
    '${local.named["a b"]}',
    "${-local.zero}",
    "${!local.yes}",
]
EXPRESSIONS = [
    "${local.zero+1}",
    "${local.yes?1:2}",
    '${local.yes ? "a" : jsonencode({x=[1,{y="z"}]})}',
    '${join(",",["a","b"])}',
    '${[for k,v in local.named:"${k}=${v}"if v!=""]}',
    "${{for k,v in local.named:k=>v...}}",
    '${merge(local.named,{"c"="d","e f":"g"})}',
    '${jsonencode({"Version"="2012-10-17","Statement"=[{"Effect"="Allow","Action"=["a","b"]}]})}',
    '${format("%s-%d","x",1-1)}',
    "${(1 + 2)*-3}",
    "${[1,2][0]}",
    '${jsonencode({script="one\\ntwo\\n",(local.key)=1,"${local.key}2"=2,"x-y"=3})}',
    '${lookup({a=1},"a",-1)}',
    "${max(local.many...)}",
    '${"nested ${"deep ${local.zero}"}"}',
    "${local.zero>=1&&local.yes||!local.yes}",
    "${<<EOT\nheredoc ${local.zero}\nEOT\n}",
    "${[\n1, # one\n2 /* two */,\n]}",
]
TEMPLATES = [
    "a ${local.zero} b",
    "${local.zero}${local.zero}",
    "%{ if local.yes }yes%{ else }no%{ endif }",
    "%{ for x in local.many ~}\n${x}\n%{ endfor ~}\n",
    "x ${~ local.zero ~}\n\n  y",
    "line\n${local.zero}\n  $${kept}\nEOT\n",
    '${local.zero}: "${join(" ", ["a"])}" \\',
    "${{a=1}.a} and ${ {b=2}.b }",
]

strings = st.one_of(st.sampled_from(AWKWARD), st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=12))
unescaped = strings.map(lambda text: text.replace("{", "("))
"""Strings in which no template begins."""

joined = st.lists(st.sampled_from([*AWKWARD, *SEQUENCES[:3], "${local.zero}"]), max_size=4).map("".join)
templates = st.one_of(
    unescaped,
    st.sampled_from([*SEQUENCES, *REFERENCES, *EXPRESSIONS, *TEMPLATES]),
    joined.filter(lambda text: "$$$" not in text),
)
"""Strings that are valid templates where `local.zero`, `yes`, `many`, `named` and `key` are declared."""

numbers = st.one_of(
    st.integers(-(10**30), 10**30),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.sampled_from([0, 1.0, -1.5, 1e21, 1e-7, 0.1, 123456789.125]),
)
KEYS = ["Name", "a b", "aws:PrincipalArn", "for", "null", "//", "x-y", "1", "ключ", "名前", "e\u0301"]
keys = st.one_of(st.sampled_from(KEYS), unescaped)


def values(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """JSON values with *leaves* in lists and objects."""
    return st.recursive(
        st.one_of(leaves, numbers, st.booleans(), st.none()),
        lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
        max_leaves=8,
    )


LOCALS: dict[str, Any] = {
    "zero": 0,
    "yes": True,
    "many": [1, 2, 3],
    "named": {"a b": "c", "d": ""},
    "key": "a key",
}
"""What the templates refer to."""
