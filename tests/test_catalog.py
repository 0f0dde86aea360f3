"""Canned queries: finding, checking and binding files of one's own."""

import datetime as dt
from pathlib import Path

import pytest

from whofunds import schema, shipped
from whofunds.catalog import bind, console, find_queries, find_query
from whofunds.errors import NameNotFound, UsageError

HEADER = """\
// title = "Cities by country"
// question = "Which cities are in a country?"
// tags = ["cities"]
// # a remark
// params.country = {type = "text", help = "country's code"}
// params.least = {type = "integer", default = 1, help = "least number of names"}
// columns.id = {meaning = "city"}
// columns.names = {meaning = "how many names it has", unit = "names"}
"""
BODY = """\
MATCH (c:City)
WHERE c.country = $country AND size(c.names) >= $least
RETURN c.id AS id, size(c.names) AS names
ORDER BY id
"""


def write(folder: Path, name: str, text: str = HEADER + BODY) -> Path:
    path = folder / f"{name}.cypher"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def never(type_: str, text: str) -> str:
    raise AssertionError(f"{type_} {text} was looked up")


def typed(folder: Path, type_: str, default: str = "") -> Path:
    """A query with one parameter, `x`, of a type."""
    default = f", default = {default}" if default else ""
    return write(
        folder,
        "a/typed",
        '// title = "t"\n// question = "q"\n'
        f'// params.x = {{type = "{type_}", help = "h"{default}}}\n'
        '// columns.id = {meaning = "m"}\nMATCH (c:City) WHERE c.name = $x\n'
        "RETURN c.id AS id\nORDER BY id\n",
    )


def test_a_file_is_a_query_named_by_its_path(tmp_path: Path) -> None:
    path = write(tmp_path, "cities/by-country")
    write(tmp_path, "by-country-too")
    (tmp_path / "notes.txt").write_text("not a query")
    assert list(find_queries([tmp_path])) == ["by-country-too", "cities/by-country"]
    query = find_query([tmp_path], "cities/by-country")
    assert (query.title, query.question) == ("Cities by country", "Which cities are in a country?")
    assert (query.path, query.tags) == (path, ("cities",))
    assert query.cypher == BODY.strip()
    assert [(p.name, p.type, p.required, p.default) for p in query.params] == [
        ("country", "text", True, None),
        ("least", "integer", False, 1),
    ]
    assert [(c.name, c.unit) for c in query.columns] == [("id", ""), ("names", "names")]


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = write(tmp_path, "cities/by-country")
    assert find_query([tmp_path], "cities/by-country").title == "Cities by country"
    path.write_text((HEADER + BODY).replace("Cities by", "Towns by"), encoding="utf-8")
    assert find_query([tmp_path], "cities/by-country").title == "Towns by country"


def test_one_query_is_found_without_reading_others(tmp_path: Path) -> None:
    write(tmp_path, "cities/broken", "RETURN *")
    write(tmp_path, "cities/by-country")
    assert find_query([tmp_path], "cities/by-country").name == "cities/by-country"
    with pytest.raises(UsageError):
        find_queries([tmp_path])


@pytest.mark.parametrize("name", ["cities/by-contry", "by-country", "city/by-country"])
def test_an_unknown_name_lists_near_ones(tmp_path: Path, name: str) -> None:
    write(tmp_path, "cities/by-country")
    with pytest.raises(UsageError, match=r"did you mean cities/by-country.*whofunds queries"):
        find_query([tmp_path], name)


@pytest.mark.parametrize("name", ["", "../secret", "/etc/passwd", "a//b", "nothing-like-it"])
def test_a_name_never_leads_out_of_its_folder(tmp_path: Path, name: str) -> None:
    write(tmp_path, "secret")
    with pytest.raises(UsageError, match="no query is called"):
        find_query([tmp_path / "x", shipped.folder("queries")][1:], name)


def test_the_same_name_in_two_folders_names_both(tmp_path: Path) -> None:
    one = write(tmp_path / "one", "cities/by-country")
    two = write(tmp_path / "two", "cities/by-country")
    folders = [tmp_path / "one", tmp_path / "two"]
    for find in (lambda: find_queries(folders), lambda: find_query(folders, "cities/by-country")):
        with pytest.raises(UsageError, match=f"{one} and {two}; rename one"):
            find()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="gone is not a folder"):
        find_queries([tmp_path / "gone"])


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('// title = "Cities by country"\n', "", 1, 'no title; add // title = "..."'),
        ("// question =", "// question", 2, "the header is not TOML"),
        ("// tags =", "// labels =", 3, "unknown key 'labels'; use columns, examples, params,"),
        ('tags = ["cities"]', 'tags = "cities"', 3, "tags are not texts"),
        ('help = "country\'s code"', "hlp = 1", 5, "unknown key 'hlp'; use default, help, type"),
        ('type = "text"', 'type = "string"', 5, "country has type 'string'; use one of text,"),
        (', help = "least number of names"', "", 6, "least has no help"),
        ("default = 1", 'default = "many"', 6, "the default of least is 'many'"),
        ('type = "text"', 'type = "city", default = "x"', 5, "country has a default"),
        ('meaning = "city"', 'meening = "city"', 7, "unknown key 'meening'"),
        ("columns.id = {", "columns.key = {", 11, "declare id, names, in this order"),
        ("$least", "1", 6, "$least is never used"),
        ("$country", "$land", 10, "$land is not in the header; add // params.land"),
        ("RETURN c.id AS id,", "RETURN c.id,", 11, "a column without a name"),
        ("(c:City)", "(c:Town)", 9, "no label 'Town'"),
        ("ORDER BY id", "", 11, "no ORDER BY after RETURN"),
        ("c.id AS id", "keys(c) AS id", 11, "keys() also gives"),
    ],
)
def test_a_file_that_is_not_right_names_file_line_and_what(
    tmp_path: Path, old: str, new: str, line: int, says: str
) -> None:
    assert old in HEADER + BODY
    path = write(tmp_path, "cities/by-country", (HEADER + BODY).replace(old, new))
    with pytest.raises(UsageError) as caught:
        find_query([tmp_path], "cities/by-country")
    told = str(caught.value).splitlines()
    assert any(t.startswith(f"{path}:{line}: ") and says in t for t in told), told


def test_all_faults_of_a_statement_are_told_at_once(tmp_path: Path) -> None:
    text = HEADER + BODY.replace("c.country = $country", "c.contry = $land")
    path = write(tmp_path, "a/b", text.replace("(c:City)", "(c:Town)").replace("ORDER BY id", ""))
    with pytest.raises(UsageError) as caught:
        find_query([tmp_path], "a/b")
    labels = "CapitalSource, City, Report, Investor, Startup, FundingRound"
    assert str(caught.value).splitlines() == [
        f"{path}:9: no label 'Town'; there are {labels}",
        f"{path}:10: no property 'contry'; did you mean country?",
        f"{path}:11: no ORDER BY after RETURN; order by something and an id",
        f"{path}:5: $country is never used; use it, or take it out of the header",
        f"{path}:10: $land is not in the header; add // params.land = {{...}}",
    ]


def test_a_broken_file_does_not_hide_the_others(tmp_path: Path) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    wrong = write(own, "cities/broken", "RETURN *")
    for folder in (own, other):
        write(folder, "cities/twice")
    write(other, "cities/by-country")
    broken: list[str] = []
    assert list(find_queries([own, other], broken)) == ["cities/by-country"]
    assert broken[0].startswith(f"{wrong}:1: no title; ")
    assert broken[1].endswith("cities/twice.cypher; rename one")
    assert len(broken) == 2
    with pytest.raises(UsageError, match="no title"):
        find_query([own, other], "cities/broken")


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    write(tmp_path, "a/bytes").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UsageError, match=r"bytes\.cypher can't be read.*UTF-8"):
        find_query([tmp_path], "a/bytes")


@pytest.mark.parametrize(
    ("type_", "value", "bound"),
    [
        ("text", "O'Neil; RETURN 1", "O'Neil; RETURN 1"),
        ("integer", "12", 12),
        ("integer", 12.0, 12),
        ("number", "20000000000", 20_000_000_000),
        ("number", "2e10", 20_000_000_000),
        ("number", "0.5", 0.5),
        ("date", "2024-06-30", "2024-06-30"),
        ("date", "2024-02", "2024-02-29"),
        ("date", "2024", "2024-12-31"),
        ("date", dt.date(2024, 6, 30), "2024-06-30"),
        ("currency", "cny", "CNY"),
        ("kind", "State fund", "state-fund"),
        ("kind", "vc", "vc"),
    ],
)
def test_values_are_bound_by_their_type(
    tmp_path: Path, type_: str, value: object, bound: object
) -> None:
    typed(tmp_path, type_)
    got = bind(find_query([tmp_path], "a/typed"), {"x": value}, never)["x"]
    assert got == bound
    assert type(got) is type(bound)


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        ("text", None, "a text"),
        ("integer", "1.5", "a whole number"),
        ("integer", True, "a whole number"),
        ("integer", "9" * 30, "a whole number"),
        ("number", "many", "a number"),
        ("number", "nan", "a number"),
        ("date", "2024-02-30", "a day, month, quarter or year"),
        ("date", "yesterday", "a day, month, quarter or year"),
        ("date", 2024, "a day, month, quarter or year"),
        ("currency", "GBP", "one of USD, CNY, EUR"),
        ("kind", "bank", "one of state-fund, city-fund"),
        ("city", " ", "a city's id or name"),
        ("startup", 7, "a company's id or name"),
    ],
)
def test_a_wrong_value_names_parameter_value_and_what_is_expected(
    tmp_path: Path, type_: str, value: object, expected: str
) -> None:
    typed(tmp_path, type_)
    with pytest.raises(UsageError) as caught:
        bind(find_query([tmp_path], "a/typed"), {"x": value}, never)
    assert str(caught.value).startswith(f"x={value} is not right; give {expected}")


@pytest.mark.parametrize("type_", ["startup", "investor", "city", "entity"])
def test_entities_are_looked_up(tmp_path: Path, type_: str) -> None:
    typed(tmp_path, type_)
    query = find_query([tmp_path], "a/typed")
    asked = []

    def look_up(kind: str, text: str) -> str:
        asked.append((kind, text))
        if text == "nobody":
            raise NameNotFound("no such name", [("zhipu-ai", "Zhipu AI")])
        return "zhipu-ai"

    assert bind(query, {"x": " 智谱 "}, look_up) == {"x": "zhipu-ai"}
    with pytest.raises(NameNotFound, match=r"^x: no such name$") as caught:
        bind(query, {"x": "nobody"}, look_up)
    assert caught.value.candidates == [("zhipu-ai", "Zhipu AI")]
    assert asked == [(type_, "智谱"), (type_, "nobody")]


def test_defaults_missing_and_unknown_parameters(tmp_path: Path) -> None:
    write(tmp_path, "cities/by-country")
    query = find_query([tmp_path], "cities/by-country")
    assert bind(query, {"country": "CN"}, never) == {"country": "CN", "least": 1}
    with pytest.raises(UsageError, match=r"needs country: a text \(country's code\); give country"):
        bind(query, {}, never)
    with pytest.raises(UsageError, match="no parameter 'land'; it takes country, least"):
        bind(query, {"land": "CN"}, never)


@pytest.mark.parametrize(
    ("default", "bound"), [('"9999-12-31"', "9999-12-31"), ('"2024"', "2024-12-31")]
)
def test_a_default_is_checked_like_a_value(tmp_path: Path, default: str, bound: str) -> None:
    typed(tmp_path, "date", default)
    assert bind(find_query([tmp_path], "a/typed"), {}, never) == {"x": bound}


def test_console_gives_what_a_browser_takes(tmp_path: Path) -> None:
    write(tmp_path, "cities/by-country")
    query = find_query([tmp_path], "cities/by-country")
    text = console(query, bind(query, {"country": "it's \\ 中\n"}, never))
    assert text.splitlines()[:3] == [
        ":param country => 'it\\'s \\\\ 中\\n';",
        ":param least => 1;",
        "MATCH (c:City)",
    ]


def test_shipped_queries_explain_themselves() -> None:
    for query in find_queries([shipped.folder("queries")]).values():
        assert query.question.endswith("?") or query.name.startswith("views/"), query.name
        assert all(p.help for p in query.params), query.name
        assert all(c.meaning for c in query.columns), query.name
        assert {p.default for p in query.params if p.type == "currency"} <= set(schema.CURRENCIES)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('related = "cities/x"', "related are not texts"),
        ('examples = ["whofunds query a/b country=CN"]', "does not ask this query"),
        ('examples = ["whofunds query cities/by-country"]', "lacks country"),
        ('examples = ["whofunds query cities/by-country country=CN most=1"]', "gives most"),
        ('examples = ["whofunds query cities/by-country country=CN least=x"]', "a whole number"),
        ('examples = ["whofunds query cities/by-country country=\'CN"]', "without its end"),
    ],
)
def test_related_and_examples_are_checked(tmp_path: Path, line: str, says: str) -> None:
    path = write(tmp_path, "cities/by-country", f"// {line}\n{HEADER}{BODY}")
    with pytest.raises(UsageError) as caught:
        find_query([tmp_path], "cities/by-country")
    assert str(caught.value).startswith(f"{path}:1: ") and says in str(caught.value)


def test_a_related_query_that_is_not_there_is_told(tmp_path: Path) -> None:
    example = "whofunds query by-country country=CN --format csv"
    lines = f'// related = ["by-country-too"]\n// examples = ["{example}"]\n'
    write(tmp_path, "by-country-too")
    path = write(tmp_path, "by-country", lines + HEADER + BODY)
    query = find_queries([tmp_path])["by-country"]
    assert query.related == ("by-country-too",)
    assert query.examples == (example,)
    path.write_text(path.read_text("utf-8").replace("-too", "-two"), encoding="utf-8")
    with pytest.raises(UsageError, match=r"by-country\.cypher: related names 'by-country-two'"):
        find_queries([tmp_path])
    broken: list[str] = []
    assert list(find_queries([tmp_path], broken)) == ["by-country-too"]
    assert len(broken) == 1


def test_shipped_questions_name_related_ones_and_examples() -> None:
    inner = ("checks/", "entities/", "export/", "views/")
    for name, query in find_queries([shipped.folder("queries")]).items():
        if not name.startswith(inner):
            assert query.tags and query.related and query.examples, name
            assert name not in query.related, name
