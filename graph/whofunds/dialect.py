"""The Cypher that both stores run alike, and what each fault against it is to be rewritten to.

`faults` holds the shipped queries, and a user's, to it. `unsafe` is the part of it for which the
embedded store gives other rows than Neo4j without saying so.
"""

from collections.abc import Callable, Iterator

from whofunds import schema
from whofunds.cypher import Statement, Token, Unbalanced

Found = Iterator[tuple[int, str]]
"""Pairs of a line and what is wrong there, with the rewrite."""

_COMPARE = ("=", "<>", "<", ">", "<=", ">=", "=~", "IN")
_AGGREGATES = ("COUNT", "SUM", "AVG", "MIN", "MAX", "COLLECT", "STDEV", "STDEVP")
_WRITES = ("CREATE", "MERGE", "SET", "DELETE", "REMOVE", "FOREACH", "DROP", "LOAD", "SHOW")
_BEFORE_LISTS = ("IN", "THEN", "ELSE", "WHEN", "RETURN", "UNWIND", "WITH", "AND", "OR", "NOT")
_PARTS = frozenset({"year", "month", "day", "quarter", "week"})
_CONVERTED = tuple(f"_{currency.lower()}" for currency in schema.CURRENCIES)
_SCALARS = ("Integer", "Float", "Boolean")
_FUNCTIONS = {
    **dict.fromkeys(("PERCENTILECONT", "PERCENTILEDISC"), "collect() what a WITH ordered"),
    "POINT": "keep latitude and longitude as two numbers",
    "ID": "use the node's own id, n.id",
    "ISEMPTY": "use size(x) = 0",
    "NULLIF": "use CASE WHEN a <> b THEN a END",
    "BTRIM": "use trim(x)",
    **{f"TO{t.upper()}ORNULL": f"use to{t}(x), which gives null as well" for t in _SCALARS},
}
_SHAPES = {
    "KEYS": "keys() also gives `title` and `type` there; name the properties",
    "PROPERTIES": "properties() also gives `title` and `type` there; name the properties",
    **dict.fromkeys(("DATETIME", "TIME"), "times with a zone differ; use date(), or ISO texts"),
}


def faults(cypher: str) -> list[str]:
    """What keeps a canned query from running alike on both stores; empty when nothing does."""
    try:
        statement = Statement(cypher)
    except Unbalanced as error:
        return [f"{error}; close it"]
    return _say(statement, (*_UNSAFE, *_STRICT))


def unsafe(cypher: str) -> list[str]:
    """Why the embedded store would give wrong rows; empty when it isn't known to."""
    try:
        return [f"{f}; Neo4j runs it as it stands" for f in _say(Statement(cypher), _UNSAFE)]
    except Unbalanced:
        return []


def _say(statement: Statement, rules: tuple[Callable[[Statement], Found], ...]) -> list[str]:
    found = sorted({found for rule in rules for found in rule(statement)})
    return [f"line {line}: {what}" for line, what in found]


# Where the embedded store gives other rows.


def _turning_back(s: Statement) -> Found:
    for first in s.relationships.values():
        second = s.relationships.get(s.pair.get(first.end, -1))
        if second is None or {first.direction, second.direction} in ({"in"}, {"out"}):
            continue
        if first.types and second.types and not first.types & second.types:
            continue
        token = s.tokens[first.start]
        listed = any(f.kind == "[" for f in token.frames)
        if token.scope.kind == "EXISTS" or (token.clause not in ("MATCH", "MERGE") and not listed):
            yield token.line, "a predicate that turns back misses rows; use COUNT { ... } > 0"


def _starred(s: Statement) -> Found:
    for r in s.relationships.values():
        line = s.tokens[r.start].line
        if r.starred and not r.bounded:
            yield line, "`*` without an upper bound stops at 10; write *1..8"
        if r.starred and r.variable:
            what = f"the list {r.variable!r} may come reversed"
            yield line, f"{what}; name the path, relationships(path)"


def _text_and_date(s: Statement) -> Found:
    for i, token in enumerate(s.tokens):
        if not s.is_(i, *_COMPARE[:-2]):
            continue
        dated = s.is_(i - 1, ")") and _calls_date(s, s.pair[i - 1] - 1)
        if (dated and _stored(s, i + 3)) or (_stored(s, i - 1) and _calls_date(s, i + 1)):
            yield token.line, "a text is compared with a date; use date(x) on both sides"


def _calls_date(s: Statement, at: int) -> bool:
    return s.is_(at, "DATE", "DURATION") and s.is_(at + 1, "(")


def _stored(s: Statement, at: int) -> bool:
    return s.is_(at - 1, ".") and getattr(s.at(at), "text", "") in schema.PROPERTIES


def _reserved_properties(s: Statement) -> Found:
    declared = _map_keys(s)
    for i, token in _properties(s):
        if token.text in ("title", "type") and token.text not in declared:
            word = {"title": "name", "type": "label"}[token.text]
            yield s.tokens[i].line, f"`{token.text}` gives the {word} there; use another property"


def _other_values(s: Statement) -> Found:
    for i in s.calls(*_SHAPES):
        yield s.tokens[i].line, _SHAPES[s.tokens[i].word]
    for i, token in enumerate(s.tokens):
        if s.is_(i, ".") and s.is_(i - 1, "{", ",") and s.is_(i + 1, "*"):
            yield token.line, "{.*} also gives `title` and `type`; name the properties"
        if token.word == "DURATION" and s.is_(i + 1, ".") and s.is_(i + 3, "("):
            yield token.line, "durations between days differ; compare date(a) + duration({...})"


def _filtered_shortest(s: Statement) -> Found:
    for i in s.calls("SHORTESTPATH", "ALLSHORTESTPATHS"):
        token = s.tokens[i]
        for after in s.tokens[s.pair[i + 1] :]:
            if after.scope is token.scope and after.inner is token.inner and after.word:
                if after.word == "WHERE":
                    yield after.line, f"a WHERE on {token.text} differs; put WITH path before it"
                break


def _related_value(s: Statement) -> Found:
    bound: set[str] = set()
    for i, token in enumerate(s.tokens):
        if i in s.relationships:
            bound.add(s.relationships[i].variable)
        elif token.word == token.clause == "WITH":
            bound.clear()
        elif _is_key(s, i) and s.is_(i + 3, ".") and s.is_(i + 5, ",", "}"):
            name, value = s.tokens[i + 2].text, s.tokens[i + 4].text
            if name in bound:
                yield token.line, f"{{...: {name}.{value}}} finds nothing; put it in a WITH first"


# What the embedded store refuses, or what keeps answers equal, complete and fast.


def _reading(s: Statement) -> Found:
    for i in s.words(*_WRITES):
        if s.tokens[i].inner.scope and s.tokens[i].clause == s.tokens[i].word:
            yield s.tokens[i].line, f"{s.tokens[i].word} in a query; a canned query only reads"
    for i in s.words("CALL"):
        if getattr(s.at(i + 1), "kind", "") in ("word", "quoted"):
            yield s.tokens[i].line, f"the procedure {s.tokens[i + 1].text}; use clauses alone"
        elif s.is_(i + 1, "{"):
            yield s.tokens[i].line, "CALL { ... }; name what it takes: CALL () { ... }"
    for line in s.blocks:
        yield line, "a /* */ comment; use // at the line's start"
    for i, token in enumerate(s.tokens):
        if s.is_(i, ";"):
            yield token.line, "`;` parts statements; keep one in a file, without it"


def _subqueries(s: Statement) -> Found:
    for i, token in enumerate(s.tokens):
        if not s.is_(i, "{") or i == 0:
            continue
        name = s.tokens[i - 1].word
        if name == "COLLECT":
            yield token.line, "COLLECT { }; use collect(DISTINCT x) after a WITH that orders"
        if name == "COUNT":
            inside = s.tokens[i : s.pair[i]]
            if any(t.word == "DISTINCT" for t in inside):
                yield token.line, "DISTINCT in COUNT { }; match, then count(DISTINCT x)"
            if s.is_(i - 2, "(") and s.is_(i - 3, "WHERE"):
                yield token.line, "WHERE opens with (COUNT {; leave the bracket out"


def _patterns(s: Statement) -> Found:
    for i, token in enumerate(s.tokens):
        if token.word == "WHERE" and token.inner.kind in "([" and _in_element(s, token):
            yield token.line, "WHERE inside a pattern; put it after the pattern"
        if s.is_(i, "!"):
            yield token.line, "`!` in a label; use WHERE NOT n:Label"
        in_pattern = token.clause == "MATCH" and token.inner.scope
        after_element = token.clause == "MATCH" and s.is_(i - 1, ")", "-", ">")
        counted = s.is_(i + 1, ",") or getattr(s.at(i + 1), "kind", "") == "number"
        starred = in_pattern and (s.is_(i, "+") or (s.is_(i, "*") and after_element))
        if starred or (s.is_(i, "{") and after_element and counted):
            yield token.line, "a quantified path; use -[:TYPE*1..8]->"
        compared = token.text == "id" and s.is_(i - 1, ".") and s.is_(i + 1, "=", "IN")
        if compared and getattr(s.at(i + 2), "kind", "") == "param":
            yield token.line, _ANCHOR[s.is_(i + 1, "IN")].format(s.tokens[i + 2].text)
        if token.clause == "MATCH" and token.text != "id" and _is_key(s, i):
            yield token.line, f"{{{token.text}: ...}} in a pattern; use WHERE n.{token.text} ="
    ends = {r.end for r in s.relationships.values()}
    for r in s.relationships.values():
        opened = s.pair[r.start]
        if s.tokens[opened].clause == "MATCH" and opened not in ends:
            yield from _anchor(s, opened)


_ANCHOR = {
    False: "WHERE n.id = {0} scans; write MATCH (n:Label {{id: {0}}})",
    True: "IN {0} scans; write UNWIND {0} AS x MATCH (n:Label {{id: x}})",
}


def _in_element(s: Statement, token: Token) -> bool:
    """Whether the innermost bracket is a node's or a relationship's."""
    opened = token.inner.opened
    if token.inner.kind == "[":
        return s.is_(opened - 1, "-")
    skip = 1 if s.tokens[opened + 1].kind in ("word", "quoted") else 0
    opens = s.is_(opened + 1 + skip, ":", "{", "WHERE")
    return opens and token.inner.kind == "(" and not token.inner.function


def _is_key(s: Statement, at: int) -> bool:
    """Whether it is a key in the map of a node or a relationship."""
    inner = s.tokens[at].inner
    return inner.kind == "{" and s.is_(at + 1, ":") and _in_element(s, s.tokens[inner.opened])


def _anchor(s: Statement, opened: int) -> Found:
    nodes = [opened]
    while (found := s.relationships.get(s.pair.get(nodes[-1], -1))) is not None:
        nodes.append(found.end)
    inside = [{t.text for t in s.tokens[n : s.pair.get(n, n)]} for n in nodes]
    if ":" in inside[0] and "{" not in inside[0] and any("{" in n for n in inside[1:]):
        yield s.tokens[opened].line, "the anchor {id: ...} stands right; start the pattern with it"


def _shortest(s: Statement) -> Found:
    for i in s.calls("SHORTESTPATH", "ALLSHORTESTPATHS"):
        token = s.tokens[i]
        if not (s.is_(i - 1, "=") and s.is_(i - 3, "MATCH")):
            yield token.line, f"{token.text} in company; write MATCH path = {token.text}(...) alone"
        elif s.is_(s.pair[i + 1] + 1, ","):
            yield token.line, f"a pattern after {token.text}; give it a MATCH of its own"


def _functions(s: Statement) -> Found:
    for i in s.calls(*_FUNCTIONS):
        token = s.tokens[i]
        yield token.line, f"{token.text}(); {_FUNCTIONS[token.word]}"
    for i in s.calls("AVG", "STDEV", "STDEVP"):
        if not any(f.function.lower() == "round" for f in s.tokens[i].frames):
            yield s.tokens[i].line, f"{s.tokens[i].text}() without round(); its digits differ"
    for i in s.calls(*_AGGREGATES):
        token, close = s.tokens[i], s.pair[i + 1]
        if token.clause == "ORDER":
            yield token.line, f"ORDER BY {token.text}(...); order by the name it has in RETURN"
        if any(f.kind == "CASE" for f in token.frames):
            yield token.line, f"{token.text}() inside CASE; put it in a WITH first"
        if s.is_(close + 1, *_COMPARE) or s.is_(i - 1, *_COMPARE):
            yield token.line, f"{token.text}() is compared; put it in a WITH first"


def _schema(s: Statement) -> Found:
    declared = _map_keys(s)
    for i, token in enumerate(s.tokens):
        if s.is_(i, ":") and token.inner.kind != "{":
            kind = "[" if token.inner.kind == "[" else "("
            known = schema.TYPES if kind == "[" else schema.LABELS
            what = "relationship type" if kind == "[" else "label"
            for name in _names_after(s, i):
                if name not in known:
                    yield token.line, f"no {what} {name!r}; there are {', '.join(known)}"
        if token.word not in _BEFORE_LISTS and s.is_(i + 1, "[") and s.is_(i + 3, "+", "]"):
            key = s.tokens[i + 2]
            known_start = any(p.startswith(key.text) for p in schema.PROPERTIES)
            if token.kind == "word" and key.kind == "string" and not known_start:
                yield token.line, f"no property starts with {key.text!r}; {_near(key.text)}"
    for _, token in _properties(s):
        if token.text not in schema.PROPERTIES | declared | _PARTS:
            yield token.line, f"no property {token.text!r}; {_near(token.text)}"


def _near(name: str) -> str:
    """The properties that may be meant: some like it, else all."""
    from difflib import get_close_matches

    own = {p for p in schema.PROPERTIES if not p.endswith(_CONVERTED)}
    near = get_close_matches(name.lower(), sorted(own), 3, 0.7)
    return f"did you mean {', '.join(near)}?" if near else f"there are {', '.join(sorted(own))}"


def _names_after(s: Statement, colon: int) -> Iterator[str]:
    i = colon + 1
    while (token := s.at(i)) is not None and token.kind in ("word", "quoted"):
        yield token.text
        if not s.is_(i + 1, "|", "&"):
            return
        i += 2


def _properties(s: Statement) -> Iterator[tuple[int, Token]]:
    for i in range(1, len(s.tokens) - 1):
        token = s.tokens[i + 1]
        if s.is_(i, ".") and token.kind in ("word", "quoted") and not s.is_(i + 2, "(", "."):
            yield i + 1, token


def _map_keys(s: Statement) -> frozenset[str]:
    """The keys of maps that the statement itself makes, which `.` may read."""
    return frozenset(
        t.text
        for i, t in enumerate(s.tokens)
        if t.inner.kind == "{" and s.is_(i + 1, ":") and s.is_(i - 1, "{", ",")
    )


def _answer(s: Statement) -> Found:
    last = s.tokens[-1].line if s.tokens else 1
    if not s.returned:
        yield last, "no RETURN; end with RETURN ... ORDER BY ..."
        return
    for item in s.returned:
        line = item[0].line if item else last
        if not item or item[0].text == "*":
            yield line, "RETURN *; name each column"
        elif len(item) > 1 and item[-2].word != "AS":
            yield line, "a column without a name; write `... AS name`"
        if any(t.word == "DURATION" for t in item) and not any(t.text in _COMPARE for t in item):
            yield line, "a duration in the result; give days, or an ISO date"
    if not s.order:
        yield last, "no ORDER BY after RETURN; order by something and an id"
    elif len(s.order) == 1 and not _ties_break(s, s.order[0]):
        yield s.order[0][0].line, "ORDER BY without a tiebreak; add an id"


def _ties_break(s: Statement, term: list[Token]) -> bool:
    name = term[-2].text if term[-1].word in ("DESC", "ASC") and len(term) > 1 else term[-1].text
    return name in ("id", "url") or any(
        token.text == name and s.is_(i - 1, "AS") and s.tokens[i - 2].text in ("id", "url")
        for i, token in enumerate(s.tokens)
    )


_UNSAFE = (
    _turning_back,
    _starred,
    _text_and_date,
    _reserved_properties,
    _other_values,
    _filtered_shortest,
    _related_value,
)
_STRICT = (_reading, _subqueries, _patterns, _shortest, _functions, _schema, _answer)
