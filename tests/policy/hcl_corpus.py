"""HCL that Terraform takes, HCL that it does not, and expressions whose values Terraform itself is asked for."""

ACCEPTED = {
    "nothing": "",
    "no newline at the end": "a = 1",
    "a byte order mark": "\ufeffa = 1\n",
    "carriage returns": "a = 1\r\nb {\r\n  c = <<X\r\nd\r\nX\r\n}\r\n",
    "comments everywhere": "# one\n// two\n/* three\nfour */ a = 1 # five\nb { # six\n} // seven\n",
    "a comment within a line": "a = /* one */ 1\n",
    "labels quoted or not": 'resource "aws_x" y {\n}\n',
    "an escape in a label": 'a "b\\"c" {}\n',
    "blocks on one line": "a {}\nb { c = 1 }\n",
    "an argument named for": "a {\n  for = 1\n}\n",
    "an object key named for after another": 'a = { b = 1, "for" = 2 }\n',
    "names with digits, hyphens and letters of all alphabets": "a-1_b = 1\nstraße = 2\n変数 = 3\n",
    "an object by lines and commas": "a = {\n  b = 1,\n  c = 2\n\n  # d\n  e: 3\n}\n",
    "an object on one line": 'a = { b = 1, "c d" : 2, (e) = 3, 4 = 5, }\n',
    "a list over lines": "a = [\n  1,\n  2, # two\n\n  3,\n]\n",
    "parentheses over lines": "a = (\n  b ?\n  1 :\n  2\n)\n",
    "a call over lines": "a = f(\n  1,\n  2,\n)\n",
    "a call with expansion": "a = f(b...)\n",
    "a call in a namespace": "a = provider::x::f(1)\n",
    "for expressions over lines": "a = {\n  for b, c in d :\n  b => c...\n  if c\n  != 1\n}\n",
    "an operator at the end of a line in brackets": "a = [1 +\n2]\n",
    "splats": "a = b[*].c[0].d\ne = f.*.g.0\nh = i[*][*]\n",
    "old indices": "a = b.0.c\n",
    "numbers": "a = [0, 1.50, 1e3, 1.5E-3, 2e+2]\n",
    "minus and not": "a = [-1, - -1, !true, !!b, -c.d]\n",
    "an object in an object over lines": "a = {\n  b = {\n    c = [\n      1\n    ]\n  }\n}\n",
    "quotes in interpolations": 'a = "x${b["c"]}y${"z${"w"}"}"\n',
    "braces in interpolations": 'a = "${ { b = "}" }["b"] }"\n',
    "newlines in interpolations": 'a = "${\nb\n}"\n',
    "dollars and percents": 'a = "$ % $$ %% $x %y $${z} %%{w} $"\n',
    "directives": 'a = "%{ if b }c%{ else }d%{ endif }%{ for e, f in g ~} ${f}%{ endfor }"\n',
    "a heredoc": 'a = <<EOT\nb ${c} \\n "\nEOT\n',
    "an empty heredoc": "a = <<EOT\nEOT\n",
    "a heredoc in a list": "a = [<<X\nb\nX\n, <<Y\nc\nY\n]\n",
    "a heredoc in an interpolation": 'a = "${<<X\nb\nX\n}"\n',
    "a heredoc that holds its marker": "a = <<X\nXY\n  X Y\n  X\n",
    "a heredoc with directives": "a = <<-X\n  %{ if b ~}\n  c\n  %{ endif ~}\n  X\n",
}

REJECTED = {
    "no value": ("a =\n", 1),
    "a value on the next line": ("a =\n1\n", 1),
    "two arguments on a line": ("a = 1 b = 2\n", 1),
    "a block that is not closed": ("a {\n  b = 1\n", 3),
    "a brace too many": ("a = 1\n}\n", 2),
    "a string that is not closed": ('\na = "b\n', 2),
    "a carriage return in a string": ('a = "b\rc"\n', 1),
    "a heredoc that is not closed": ("a = <<X\nb\n", 1),
    "a heredoc that ends without a newline": ("a = <<X\nb\nX", 1),
    "a comment that is not closed": ("a = 1\n/* b\n", 2),
    "an interpolation that is not closed": ('a = "${b"\n', 1),
    "an unknown escape": ('a = "\\q"\n', 1),
    "half a surrogate pair": ('a = "\\ud800"\n', 1),
    "single quotes": ("a = 'b'\n", 1),
    "a single ampersand": ("a = b & c\n", 1),
    "an operator at the end of a line": ("a = 1 +\n2\n", 1),
    "a condition without its second half": ("a = b ? 1\n", 1),
    "no commas in a list": ("a = [1\n2]\n", 2),
    "no commas in an object": ("a = {b = 1 c = 2}\n", 1),
    "an interpolated label": ('a "${b}" {\n}\n', 1),
    "two arguments in a block on one line": ("a { b = 1, c = 2 }\n", 1),
    "a block in a block on one line": ("a { b {} }\n", 1),
    "a block's brace on the next line": ("a\n{\n}\n", 1),
    "no name": ("= 1\n", 1),
    "a directive that is not closed": ('a = "%{ if b }"\n', 1),
    "an end without its directive": ('a = "%{ endif }"\n', 1),
    "an unknown directive": ('a = "%{ while b }"\n', 1),
    "a directive closed by another's end": ('a = "%{ if b }%{ endfor }"\n', 1),
    "a for without in": ("a = [for b c : d]\n", 1),
    "a for in braces without =>": ("a = {for b in c : d}\n", 1),
    "an argument twice": ("a = 1\nb = 2\na = 3\n", 3),
    "a dot without a name": ("a = b.\n", 1),
    "two old indices": ("a = b.0.1\n", 1),
    "a stray character": ("a = 1\nb = 2 ; c = 3\n", 2),
}

EXPRESSIONS = """
1 + 2 * 3 - 4 / 8
(1 + 2) * 3
-7 % 3
5.5 % 2
0.1 + 0.2
1e3
1 == 1.0
1 == "1"
"10" > 9
null == null
"a" != null
!true || false && true
true ? 1 : "a"
true ? ["a", 1] : []
true ? { a = 1, b = "x" } : {}
false ? [1] : ["a"]
true ? null : "a"
"${1}x${true}${1.50}"
"${"x"}"
"${[1, 2]}"
"$$${1} %%{ $${x} % $"
"\\u00e9\\n\\t\\"\\\\"
"é" == "e\\u0301"
"a ${~ 1 ~} \\n ${ 2 } b"
"%{ for i, x in ["a", "b"] }${i}${x}%{ if i == 0 },%{ else };%{ endif }%{ endfor }"
{ b = 1, "a.c" = 2, (lower("X")) = 3, 4 = 5, true = 6 }
{ a = 1, a = 2 }
[1, 2, 3][1]
[1, 2, 3]["1"]
{ a = { b = [1] } }.a["b"][0]
[{ a = [{ b = 1 }] }, { a = [{ b = 2 }, { b = 3 }] }][*].a[*].b
[{ a = [1, 2] }, { a = [3] }].*.a[0]
{ a = 1 }[*].a
null[*]
[for k, v in { b = 1, a = 2 } : "${k}${v}" if v > 0]
[for k, v in ["x"] : "${k}=${v}"]
{ for k, v in toset(["b", "a"]) : k => v }
{ for s in ["ab", "ac", "b"] : substr(s, 0, 1) => s... }
[for x in ["a"] : x if x != "a"]
abs(-1.5)
alltrue([true, "true"])
anytrue([])
base64encode("é")
can({ a = 1 }.b)
ceil("1.2")
chomp("a\\n\\n")
chunklist(["a", "b", "c"], 2)
cidrhost("10.0.0.1/24", -256)
cidrhost("10.0.0.0/8", "65537")
cidrhost("FD00::/64", 1)
cidrhost("1::2:0:3:4:5:6/128", 0)
cidrnetmask("10.0.0.0/12")
cidrsubnet("10.1.2.3/8", 8, 2)
cidrsubnet("10.1.2.3/8", 0, 0)
cidrsubnet("255.255.255.0/24", 1, 1)
cidrsubnet("0.0.0.0/0", 8, 10)
cidrsubnet("fd00:fd12:3456:7890::/56", 16, 162)
cidrsubnet("fd00::/8", 70, 5)
cidrsubnet("::1.2.3.4/96", 8, 5)
cidrsubnets("10.1.0.0/16", 4, 4, 8, 4)
cidrsubnets("10.1.0.0/16", 1, 3, 2)
cidrsubnets("255.255.255.0/24", 1, 1)
cidrsubnets("fd00::/8", 32, 8, 16)
cidrsubnets("10.1.0.0/16")
coalesce(null, "", 1, "b")
coalescelist([], ["a"])
compact(["a", "", null, "b"])
concat(["a", 1], [])
contains(["a", "1"], 1)
contains([[1], [true]], [2])
core::upper("a")
distinct(["a", 1, "1", "a"])
distinct([[1], [2], [1]])
element(["a", "b"], 3)
endswith("abc", "c")
flatten([["a", ["b"]], [], "c", null])
floor(-1.5)
format("%s %d %v %v %q %5.2f|%-4s|%04d %t %x %%", "a", 3, [1, "b"], 1.5, "q\\"", 1.5, "l", 42, true, 255)
indent(2, "a\\nb")
index(["a", "b"], "b")
join(",", [1, true, "x"])
jsondecode("{\\"a\\": [1, 2.50, null, true]}")
jsondecode("\\"\\\\ud800x\\\\ud83d\\\\ude00\\"")
jsonencode({ b = [1.50, 1e21, null, true, "<>&\\u2028é\\u007f\\u0001\\u0008"], a = {} })
keys({ b = 1, a = 2 })
length({ a = 1 })
length("abc")
lookup({ a = 1 }, "b", "z")
lower("ABC")
matchkeys(["a", "b"], ["x", "y"], ["y"])
max(1, "3", 2.5)
md5("a")
merge({ a = { x = 1 } }, null, { a = { y = 2 }, b = "x" })
min(1, 2)
nonsensitive(1)
one([])
parseint("ff", 16)
range(3)
range(1, 8, 3)
range(2, 0)
range(10, 1, -3)
replace("a.b.c", ".", "-")
reverse(["a", "b"])
setintersection(["a", "b"], ["b"])
setproduct(["a", "b"], [1, 2])
setsubtract(["a", "b"], ["b"])
setunion(["b"], ["a"], ["b"])
sha1("a")
sha256("a")
sha512("a")
signum(-3)
slice(["a", "b", "c"], 1, 2)
sort(["b", "a", "B", 1])
split(",", "a,b,")
split("", "abc")
startswith("abc", "a")
strcontains("abc", "b")
strrev("abc")
substr("hello", -3, 2)
substr("hello", 1, -1)
sum([1, 2.5])
sum([12345678901234567890123456789012345, 1])
title("hello wOrld-foo_bar it's 3rd")
tobool("1")
tolist(["a", null, 1])
tomap({ a = 1, b = "x" })
tonumber("1e3")
tonumber("+5")
tonumber("5.")
tonumber(".5")
toset(["b", "a", "b"])
tostring(1.5e30)
trim("?!hello?!", "!?")
trimprefix("abc", "a")
trimspace("  a \\n")
trimsuffix("abc", "c")
try({ a = 1 }.b, "d")
try(tonumber("x"), [1][2], "d")
upper("abc")
urlencode("a b/c?é~*")
values({ b = 1, a = "x" })
zipmap(["b", "a"], [1, "x"])
""".strip().splitlines()

HEREDOCS = {
    "indentation is kept": "<<X\n    a\n  b\n  X\n",
    "indentation is taken": "<<-X\n    a\n\n      b ${1}\n    c\n  X\n",
    "blank lines do not count": "<<-X\n    a\n  \n      b\n  X\n",
    "an interpolation at the margin": "<<-X\n${1}\n  b\n  X\n",
    "strips to the end of the line": "<<X\n  %{ if true ~}\n    foo\n  %{ endif ~}\n  baz ${~ 1 ~}   \n\n   x\nX\n",
    "strips before indentation": "<<-X\n    %{ for x in [1, 2] ~}\n      foo ${x}\n    %{ endfor ~}\n    baz\n    X\n",
    "backslashes are letters": '<<X\na\\n"$${x}\nX\n',
    "a backslash takes no part in an escape": "<<X\n\\$${x} \\%%{y} \\\\$${z}\nX\n",
}

NO_VALUE = """
1 + "a"
[1][1]
[1][-1]
{ a = 1 }.b
"x${null}"
"x${[1]}"
" ${~ [1] ~} "
"${[1]}${""}"
"a" < "b"
concat(toset(["a"]), ["b"])
toset(["a"])[0]
false ? 1 : [1]
lower(null)
lower()
lower("a", "b")
tonumber(" 1")
jsondecode("{")
one([1, 2])
coalesce(null)
slice([1], 0, 2)
{ for k in ["a", "a"] : k => 1 }
[for x in 1 : x]
format("%d", "a")
element([], 0)
zipmap(["a"], [])
range(1, 10, 0)
range(1, 10, -1)
range(1e24)
parseint("x", 10)
cidrhost("10.0.0.0", 1)
cidrhost("10.0.0.0/255.0.0.0", 1)
cidrhost("10.0.0.0/33", 1)
cidrhost("10.0.0.0/24", 256)
cidrhost("10.0.0.0/24", -257)
cidrhost("10.0.0.0/24", 1.5)
cidrhost("fe80::1%eth0/64", 1)
cidrhost(null, 1)
cidrnetmask("fd00::/8")
cidrsubnet("10.0.0.0/8", 8, 256)
cidrsubnet("10.0.0.0/8", 25, 0)
cidrsubnets("0.0.0.0/0", 1)
cidrsubnets("10.0.0.0/16", 0)
cidrsubnets("fd00::/8", 33)
cidrsubnets("255.255.255.0/24", 1, 1, 1)
""".strip().splitlines()
