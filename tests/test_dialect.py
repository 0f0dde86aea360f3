"""The dialect that both stores run: each rule by a statement that breaks it, and its rewrite."""

import pytest

from whofunds import shipped
from whofunds.dialect import faults, unsafe

END = " RETURN n.id AS id ORDER BY id"

# What breaks a rule, a word of what is said, and what to write instead.
WRONG_ROWS = [
    (
        "MATCH (n:Investor) WHERE EXISTS { (n)-[:INVESTED_IN]->()<-[:INVESTED_IN]-(m) }" + END,
        "COUNT { ... } > 0",
        "MATCH (n:Investor) WHERE COUNT { (n)-[:INVESTED_IN]->()<-[:INVESTED_IN]-(m) } > 0" + END,
    ),
    (
        "MATCH (n:Investor) WHERE NOT (n)-[:PART_OF]->()<-[:PART_OF]-()" + END,
        "turns back",
        "MATCH (n:Investor) WHERE NOT (n)-[:PART_OF]->()-[:PART_OF]->()" + END,
    ),
    (
        "MATCH (n:Investor)-[:PART_OF*]->(m:Investor)" + END,
        "without an upper bound",
        "MATCH (n:Investor)-[:PART_OF*1..8]->(m:Investor)" + END,
    ),
    (
        "MATCH (n:Investor)-[:PART_OF*2..]->(m:Investor)" + END,
        "without an upper bound",
        "MATCH (n:Investor)-[:PART_OF*2]->(m:Investor)" + END,
    ),
    (
        "MATCH (n:Investor)-[rs:PART_OF*1..3]->(m:Investor)" + END,
        "relationships(path)",
        "MATCH path = (n:Investor)-[:PART_OF*1..3]->(m:Investor) "
        "WHERE all(x IN relationships(path) WHERE x.since < '2024')" + END,
    ),
    (
        "MATCH (n:FundingRound) WHERE n.announced_last < date('2024-01-01')" + END,
        "date(x) on both sides",
        "MATCH (n:FundingRound) WHERE date(n.announced_last) < date('2024-01-01')" + END,
    ),
    (
        "MATCH (n:FundingRound) WHERE date($d) + duration({days: 30}) <= n.announced_first" + END,
        "date(x) on both sides",
        "MATCH (n:FundingRound) WHERE date($d) + duration({days: 30}) <= date(n.announced_first)"
        + END,
    ),
    (
        "MATCH (n:Report) RETURN n.title AS title, n.id AS id ORDER BY id",
        "`title`",
        "MATCH (n:Report) RETURN n.name AS title, n.id AS id ORDER BY id",
    ),
    (
        "MATCH (n:Report) RETURN n.id AS id, keys(n) AS k ORDER BY id",
        "keys()",
        "MATCH (n:Report) RETURN n.id AS id, n.url AS k ORDER BY id",
    ),
    (
        "MATCH (n:Report) RETURN n.id AS id, properties(n) AS k ORDER BY id",
        "properties()",
        "MATCH (n:Report) RETURN n.id AS id, n {.name, .url} AS k ORDER BY id",
    ),
    (
        "MATCH (n:Report) RETURN n.id AS id, n {.*} AS k ORDER BY id",
        "{.*}",
        "MATCH (n:Report) RETURN n.id AS id, n {.name} AS k ORDER BY id",
    ),
    (
        "MATCH (n:Report) WHERE duration.between(date(n.published_on), date()).days > 3" + END,
        "durations between days",
        "MATCH (n:Report) WHERE date(n.published_on) + duration({days: 3}) < date()" + END,
    ),
    (
        "MATCH (n:Report) WHERE datetime($t) > datetime($u)" + END,
        "times with a zone",
        "MATCH (n:Report) WHERE date($t) > date($u)" + END,
    ),
    (
        "MATCH (n:Startup {id: $a}) MATCH (m:Startup {id: $b}) "
        "MATCH p = shortestPath((n)-[:FUNDS|INVESTED_IN*..6]-(m)) "
        "WHERE all(x IN nodes(p) WHERE x.id <> '')" + END,
        "WITH path before it",
        "MATCH (n:Startup {id: $a}) MATCH (m:Startup {id: $b}) "
        "MATCH p = shortestPath((n)-[:FUNDS|INVESTED_IN*..6]-(m)) "
        "WITH n, p WHERE all(x IN nodes(p) WHERE x.id <> '')" + END,
    ),
    (
        "MATCH (n:Investor)-[q:SET_CONDITION]->() OPTIONAL MATCH (t:City {id: q.city})" + END,
        "in a WITH first",
        "MATCH (n:Investor)-[q:SET_CONDITION]->() WITH n, q.city AS x "
        "OPTIONAL MATCH (t:City {id: x})" + END,
    ),
    (
        "MATCH (n:Startup) WITH n MATCH (n)<-[q:SET_CONDITION]-() "
        "RETURN n.id AS id, COUNT { (:City {id: q.city}) } AS k ORDER BY id",
        "in a WITH first",
        "MATCH (n:Startup)<-[q:SET_CONDITION]-() WITH n, q "
        "RETURN n.id AS id, COUNT { (:City {id: q.city}) } AS k ORDER BY id",
    ),
]

REFUSED = [
    (
        "MATCH (n:City) RETURN n.id AS id, COLLECT { MATCH (n)<-[:BASED_IN]-(s) RETURN s.id } AS k "
        "ORDER BY id",
        "collect(DISTINCT x)",
        "MATCH (n:City)<-[:BASED_IN]-(s:Startup) WITH n, s ORDER BY s.id "
        "RETURN n.id AS id, collect(DISTINCT s.id) AS k ORDER BY id",
    ),
    (
        "MATCH (n:Investor) ((a)-[:PART_OF]->(b)){1,3} (m:Investor)" + END,
        "quantified path",
        "MATCH (n:Investor)-[:PART_OF*1..3]->(m:Investor)" + END,
    ),
    (
        "MATCH (n:Investor)-[:PART_OF]->+(m:Investor)" + END,
        "quantified path",
        "MATCH (n:Investor)-[:PART_OF*1..8]->(m:Investor)" + END,
    ),
    (
        "MATCH (n:Investor WHERE n.level = 'central')" + END,
        "WHERE inside a pattern",
        "MATCH (n:Investor) WHERE n.level = 'central'" + END,
    ),
    (
        "MATCH (n:Investor)-[r:INVESTED_IN WHERE r.lead]->()" + END,
        "WHERE inside a pattern",
        "MATCH (n:Investor)-[r:INVESTED_IN]->() WHERE r.lead" + END,
    ),
    ("MATCH (n:!Investor)" + END, "WHERE NOT n:Label", "MATCH (n) WHERE NOT n:Investor" + END),
    (
        "MATCH (n:Report) RETURN n.id AS id, duration({days: 3}) AS k ORDER BY id",
        "a duration in the result",
        "MATCH (n:Report) RETURN n.id AS id, date() > date($d) + duration({days: 3}) AS k "
        "ORDER BY id",
    ),
    (
        "MATCH (n:FundingRound) RETURN percentileCont(n.amount_min, 0.5) AS id ORDER BY id, id",
        "collect()",
        "MATCH (n:FundingRound) WITH n.amount_min AS v ORDER BY v WITH collect(v) AS vs "
        "RETURN vs[size(vs) / 2] AS id ORDER BY id, id",
    ),
    (
        "MATCH (n:City) RETURN n.id AS id, point({x: n.latitude, y: 0}) AS k ORDER BY id",
        "two numbers",
        "MATCH (n:City) RETURN n.id AS id, n.latitude AS k ORDER BY id",
    ),
    ("MATCH (n:City) SET n.name = 'x'" + END, "only reads", "MATCH (n:City)" + END),
    ("MATCH (n:City) DETACH DELETE n", "only reads", "MATCH (n:City)" + END),
    (
        "CREATE FULLTEXT INDEX names FOR (n:City) ON EACH [n.name]",
        "only reads",
        "MATCH (n:City)" + END,
    ),
    (
        "CALL db.labels() YIELD label RETURN label AS id ORDER BY id",
        "procedure db",
        "MATCH (n:City)" + END,
    ),
    (
        "CALL { MATCH (n:City) RETURN n } RETURN n.id AS id ORDER BY id",
        "CALL () { ... }",
        "CALL () { MATCH (n:City) RETURN n } RETURN n.id AS id ORDER BY id",
    ),
    ("MATCH (n:City) /* all */" + END, "/* */", "// all\nMATCH (n:City)" + END),
    ("MATCH (n:City)" + END + ";", "parts statements", "MATCH (n:City)" + END),
    (
        "MATCH (n:City)<-[:BASED_IN]-(s) RETURN n.id AS id ORDER BY count(s), id",
        "the name it has in RETURN",
        "MATCH (n:City)<-[:BASED_IN]-(s) RETURN n.id AS id, count(s) AS k ORDER BY k, id",
    ),
    (
        "MATCH (n:Investor) RETURN id(n) AS id ORDER BY id",
        "n.id",
        "MATCH (n:Investor) RETURN n.id AS id ORDER BY id",
    ),
    (
        "MATCH (n:Investor) WHERE isEmpty(n.names)" + END,
        "size(x) = 0",
        "MATCH (n:Investor) WHERE size(n.names) = 0" + END,
    ),
    (
        "MATCH (n:Investor) WHERE nullIf(n.level, '') IS NULL" + END,
        "CASE WHEN",
        "MATCH (n:Investor) WHERE CASE WHEN n.level <> '' THEN n.level END IS NULL" + END,
    ),
    (
        "MATCH (n:Investor) WHERE btrim(n.name) = 'x'" + END,
        "trim(x)",
        "MATCH (n:Investor) WHERE trim(n.name) = 'x'" + END,
    ),
    (
        "MATCH (n:Investor) WHERE toIntegerOrNull(n.name) = 3" + END,
        "toInteger(x)",
        "MATCH (n:Investor) WHERE toInteger(n.name) = 3" + END,
    ),
    (
        "MATCH (n:City) WHERE COUNT { MATCH (n)<-[:BASED_IN]-(s) RETURN DISTINCT s.name } > 1"
        + END,
        "count(DISTINCT x)",
        "MATCH (n:City)<-[:BASED_IN]-(s) WITH n, count(DISTINCT s.name) AS k WHERE k > 1" + END,
    ),
    (
        "MATCH (n:City) WHERE (COUNT { (n)<-[:BASED_IN]-() }) > 1" + END,
        "leave the bracket out",
        "MATCH (n:City) WHERE COUNT { (n)<-[:BASED_IN]-() } > 1" + END,
    ),
    ("MATCH (n:City) RETURN *", "name each column", "MATCH (n:City)" + END),
    (
        "MATCH (n:City) RETURN n.id ORDER BY n.id, n.name",
        "column without a name",
        "MATCH (n:City)" + END,
    ),
    ("MATCH (n:City) RETURN n.id AS id", "no ORDER BY", "MATCH (n:City)" + END),
    (
        "MATCH (n:City) RETURN n.id AS id, n.name AS name ORDER BY name DESC",
        "tiebreak",
        "MATCH (n:City) RETURN n.id AS id, n.name AS name ORDER BY name DESC, id",
    ),
    (
        "MATCH (n:FundingRound) RETURN n.id AS id, avg(n.amount_min) AS k ORDER BY id",
        "without round()",
        "MATCH (n:FundingRound) RETURN n.id AS id, round(avg(n.amount_min)) AS k ORDER BY id",
    ),
    (
        "MATCH (n:City) WHERE n.id = $x" + END,
        "(n:Label {id: $x})",
        "MATCH (n:City {id: $x})" + END,
    ),
    (
        "MATCH (n:City) WHERE n.id IN $xs" + END,
        "UNWIND $xs AS x",
        "UNWIND $xs AS x MATCH (n:City {id: x})" + END,
    ),
    (
        "MATCH (n:Startup)-[:BASED_IN]->(:City {id: $x})" + END,
        "start the pattern with it",
        "MATCH (:City {id: $x})<-[:BASED_IN]-(n:Startup)" + END,
    ),
    (
        "MATCH (n:Investor {level: $x})" + END,
        "WHERE n.level =",
        "MATCH (n:Investor) WHERE n.level = $x" + END,
    ),
    (
        "MATCH (n:City)<-[:BASED_IN]-(s) "
        "RETURN n.id AS id, CASE WHEN count(s) > 3 THEN 1 END AS k ORDER BY id",
        "inside CASE",
        "MATCH (n:City)<-[:BASED_IN]-(s) WITH n, count(s) AS c "
        "RETURN n.id AS id, CASE WHEN c > 3 THEN 1 END AS k ORDER BY id",
    ),
    (
        "MATCH (n:City)<-[:BASED_IN]-(s) RETURN n.id AS id, count(s) > 3 AS k ORDER BY id",
        "is compared",
        "MATCH (n:City)<-[:BASED_IN]-(s) WITH n, count(CASE WHEN s.name > 'x' THEN 1 END) AS c "
        "RETURN n.id AS id, c > 3 AS k ORDER BY id",
    ),
    (
        "MATCH (n:City), p = shortestPath((n)-[:BASED_IN*..3]-(:City))" + END,
        "in company",
        "MATCH (n:City) MATCH p = shortestPath((n)-[:BASED_IN*..3]-(:City))" + END,
    ),
    (
        "MATCH (n:City) MATCH p = shortestPath((n)-[:BASED_IN*..3]-(:City)), (m:City)" + END,
        "MATCH of its own",
        "MATCH (n:City) MATCH p = shortestPath((n)-[:BASED_IN*..3]-(:City)) MATCH (m:City)" + END,
    ),
    (
        "MATCH (n:City) MATCH shortestPath((n)-[:BASED_IN*..3]-(:City))" + END,
        "MATCH path =",
        "MATCH (n:City) MATCH p = shortestPath((n)-[:BASED_IN*..3]-(:City))" + END,
    ),
    ("MATCH (n:Town)" + END, "no label 'Town'", "MATCH (n:City|Startup)" + END),
    (
        "MATCH (n:City)<-[:BASED_IN|LIVES_IN]-()" + END,
        "no relationship type 'LIVES_IN'",
        "MATCH (n:City)<-[:BASED_IN|ACTS_FOR]-()" + END,
    ),
    (
        "MATCH (n:City) RETURN n.id AS id, n.size AS k ORDER BY id",
        "no property 'size'",
        "MATCH (n:City) WITH n, {size: 3} AS m RETURN n.id AS id, m.size AS k ORDER BY id",
    ),
    (
        "MATCH (n:FundingRound) RETURN n.id AS id, n['price_' + $c] AS k ORDER BY id",
        "no property starts with 'price_'",
        "MATCH (n:FundingRound) RETURN n.id AS id, n['amount_min_' + $c] AS k ORDER BY id",
    ),
    ("MATCH (n:City) WHERE n.name = 'x" + END, "never closed", "MATCH (n:City)" + END),
    ("MATCH (n:City WHERE (n.name = 'x'" + END, "never closed", "MATCH (n:City)" + END),
    ("MATCH (n:City)) " + END, "closes nothing", "MATCH (n:City)" + END),
]


@pytest.mark.parametrize(("wrong", "says", "right"), WRONG_ROWS + REFUSED)
def test_each_rule_names_its_rewrite(wrong: str, says: str, right: str) -> None:
    assert any(says in fault for fault in faults(wrong)), faults(wrong)
    assert faults(right) == []


@pytest.mark.parametrize(("wrong", "says", "right"), WRONG_ROWS)
def test_what_would_give_wrong_rows_is_unsafe(wrong: str, says: str, right: str) -> None:
    (why,) = unsafe(wrong)
    assert says in why
    assert why.startswith("line 1: ")
    assert why.endswith("Neo4j runs it as it stands")
    assert unsafe(right) == []


@pytest.mark.parametrize(("wrong", "says", "right"), REFUSED)
def test_what_the_engine_refuses_itself_is_not_unsafe(wrong: str, says: str, right: str) -> None:
    assert unsafe(wrong) == []


@pytest.mark.parametrize(
    "text",
    [
        "'COLLECT { } ; keys(n) /* */ (n:Nowhere) .title'",
        '"it\'s a \\" quote; RETURN *"',
        "'a \\' quote // and no comment'",
    ],
)
def test_strings_are_not_taken_for_cypher(text: str) -> None:
    assert faults(f"MATCH (n:City) WHERE n.name = {text}{END}") == []


def test_comments_and_quoted_names_are_not_taken_for_cypher() -> None:
    assert faults(f"// RETURN *; it's (n:Nowhere)\nMATCH (`n;m`:City) WITH `n;m` AS n{END}") == []
    assert faults("MATCH (n:`City`) RETURN n.`id` AS `RETURN` ORDER BY `RETURN`") == []


def test_lines_are_counted() -> None:
    assert faults("// one\n\nMATCH (n:City)\nRETURN n.id AS id, n.latitud AS k\nORDER BY id") == [
        "line 4: no property 'latitud'; did you mean latitude?"
    ]


def test_all_faults_are_told_and_a_property_like_none_lists_all() -> None:
    first, second = faults("MATCH (n:City)\nRETURN n.zzz AS k\nORDER BY k DESC")
    assert first.startswith("line 2: no property 'zzz'; there are account, accounts, amount_max, ")
    assert first.endswith(", valuation_qualifier, valuation_stated, via")
    assert second == "line 3: ORDER BY without a tiebreak; add an id"


def test_shipped_queries_keep_to_the_dialect() -> None:
    paths = sorted(shipped.folder("queries").rglob("*.cypher"))
    assert paths
    assert {p.name: faults(p.read_text("utf-8")) for p in paths} == {p.name: [] for p in paths}
