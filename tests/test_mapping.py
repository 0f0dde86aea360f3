"""Any table: what its columns are, what is asked, and what is loaded by the map."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.test_cli import desk, run

__all__ = ["desk"]

FRENCH = """\
Entreprise;Tour;Montant (M€);Investisseurs;Chef de file;Date;Ville;Pays;Source
Aulne;Série A;12,5;Fonds du Nord, Capital Sud;Fonds du Nord;03/02/2024;Lyon;France;https://a.fr/a
Bouleau Santé;Amorçage;2;Erika Muster et autres;;04/05/2024;Paris;France;https://a.fr/b
Cèdre Paiement;Dette;40;Banque Plaine;;01/06/2024;Lille;France;https://a.fr/c
Aulne;Série B;nc;"Capital Sud, Fonds du Nord";Capital Sud;05/03/2025;Lyon;France;https://a.fr/d
"""
CHEQUES = """\
deal id,company,website,round,amount raised,currency,investor,investor type,lead?,cheque,date
d1,Alder,https://www.alder.example/,Series A,12000000,USD,North Fund,vc firm,yes,,2024-05-03
d2,Birch Bio,birch.example,seed,1800000,EUR,Erika Muster,angel,,300000,2024-04
d1,Alder,https://www.alder.example/,Series A,12000000,USD,South AG,hedge fund,no,5000000,2024-05-03
d3,Cedar Pay,,post_ipo_debt,,,Plain Bank,,,,2023
d4,Dogwood,,Series A,5000000,USD,North Fund,vc firm,,,2023-01-02
d4,Dogwood,,Series A,7000000,USD,South AG,hedge fund,,,2023-01-02
"""
KINDS = "source,type,kind,note\ncheques,vc firm,vc,\ncheques,angel,angel,\n"


def written(name: str, text: str) -> str:
    Path(name).write_text(text, encoding="utf-8")
    return name


def proposed(name: str, text: str, *words: str) -> tuple[dict[str, dict[str, Any]], list[str]]:
    """The columns that are proposed for a table, and the texts of the questions."""
    found = json.loads(run("map", written(name, text), "--format", "json", *words).stdout)
    return {c["header"]: c for c in found["columns"]}, [q["text"] for q in found["questions"]]


def asked(company: str, *columns: str) -> list[tuple[Any, ...]]:
    rows = json.loads(
        run("query", "companies/rounds", f"company={company}", "--format", "json").stdout
    )
    return [tuple(row[c] for c in columns) for row in rows]


def test_a_table_goes_in_with_map_and_one_edit(desk: str) -> None:
    said = run("map", written("levees.csv", FRENCH), "--write", "map.toml").stderr
    assert "question: Date: does the day or the month come first?" in said
    assert 'answer in the map: order = "dmy" | order = "mdy"' in said
    refused = run("load", "table", "levees.csv", "--map", "map.toml", code=2).stderr
    assert "map.toml: column 'Date': does the day or the month come first? write order" in refused
    text = Path("map.toml").read_text("utf-8")
    assert text.count('?"') == 1
    written("map.toml", text.replace('order = "?"', 'order = "dmy"'))
    assert "0 rejected" in run("load", "table", "levees.csv", "--map", "map.toml").stdout
    what = ("announced", "stage", "instrument", "amount_min", "own_currency", "leads", "investors")
    assert asked("Aulne", *what, "reports") == [
        ("2024-02-03", "Série A", "equity", 12_500_000, "EUR", ["Fonds du Nord"],
         ["Capital Sud", "Fonds du Nord"], ["https://a.fr/a"]),
        ("2025-03-05", "Série B", "equity", None, None, ["Capital Sud"],
         ["Capital Sud", "Fonds du Nord"], ["https://a.fr/d"]),
    ]  # fmt: skip
    assert asked("Bouleau Santé", *what) == [
        ("2024-05-04", "Amorçage", "equity", 2_000_000, "EUR", [], ["Erika Muster"])
    ]
    assert asked("Cèdre Paiement", "instrument", "amount_min") == [("debt", 40_000_000)]
    facts = json.loads(run("query", "entities/company-facts", "--format", "json").stdout)
    assert {f["country"] for f in facts} == {"FR"}
    assert "0 new, 0 changed" in run("load", "table", "levees.csv", "--map", "map.toml").stdout


def test_rows_of_investors_make_rounds_and_disagreement_is_rejected(desk: str) -> None:
    columns, questions = proposed("cheques.csv", CHEQUES)
    assert {h: c["is"] for h, c in columns.items()} == {
        "deal id": "round_id", "company": "company", "website": "domain", "round": "stage",
        "amount raised": "amount", "currency": "currency", "investor": "investors",
        "investor type": "investor_kind", "lead?": "lead", "cheque": "cheque",
        "date": "date",
    }  # fmt: skip
    assert questions == ["it differs within a round: is it the round's, or each investor's own?"]
    run("map", "cheques.csv", "--set", "amount=amount raised", "--write", "map.toml")
    written("kinds.csv", KINDS)
    load = ("load", "table", "cheques.csv", "--map", "map.toml", "--set", "kinds=kinds.csv")
    rejected = run(*load, code=1)
    assert "1 rejected" in rejected.stdout
    assert "'7000000': the rows of one round have '5000000' too" in rejected.stderr
    assert "the type 'hedge fund' is not in the table of kinds" in rejected.stderr
    what = ("announced", "stage", "instrument", "listing", "amount_min", "own_currency")
    assert asked("Alder", *what, "leads", "investors", "reports") == [
        ("2024-05-03", "Series A", "equity", "private", 12_000_000, "USD", ["North Fund"],
         ["North Fund", "South AG"], ["cheques.csv, row d1"])
    ]  # fmt: skip
    assert asked("Birch Bio", *what) == [("2024-04", "seed", "equity", "private", 1_800_000, "EUR")]
    assert asked("Cedar Pay", *what) == [("2023", None, "debt", "post-ipo", None, None)]
    assert asked("Dogwood", *what) == []
    cheques = json.loads(run("query", "capital/cheques", "--format", "json").stdout)
    assert {c["kind_name"]: c["published"] for c in cheques if c["published"]} == {
        "Angel": 1, "Unknown": 1
    }  # fmt: skip
    assert "records removed" in run("unload", "cheques").stdout


def test_rows_of_one_round_keep_their_own_reports_and_a_bare_company_has_no_round(
    desk: str,
) -> None:
    written(
        "parts.csv",
        "Company,Round,Announced,Investor,Lead investor?,Link\n"
        "Alder,A,2024-05-03,North Fund,,https://x.example/1\n"
        "Alder,A,2024-05-03,South AG,,https://x.example/2\n"
        "Birch,,,,,\n",
    )
    run("map", "parts.csv", "--write", "map.toml")
    assert 'rows = "participations"' in Path("map.toml").read_text("utf-8")
    run("load", "table", "parts.csv", "--map", "map.toml")
    assert asked("Alder", "investors", "reports") == [
        (["North Fund", "South AG"], ["https://x.example/1", "https://x.example/2"])
    ]
    assert asked("Birch", "stage") == []


def test_a_list_of_companies_has_no_rounds(desk: str) -> None:
    table = (
        "Company,Valuation ($B),Date Joined,Country,City,Select Investors,Total Raised\n"
        'Alder Robotics,$14,4/7/2017,United States,Reno,"North Fund, South Capital",$1.44B\n'
        "Birch Bio,$1.2,10/1/2012,中国,Shanghai,East Partners,Unknown\n"
    )
    columns, questions = proposed("unicorns.csv", table)
    assert columns["Date Joined"]["is"] == "" and columns["Total Raised"]["is"] == "total"
    assert questions == ["a bare $: which currency is it?"]
    run("map", "unicorns.csv", "--write", "u.toml")
    load = ("load", "table", "unicorns.csv", "--map", "u.toml")
    assert "which currency is it in? write currency" in run(*load, code=2).stderr
    run(*load, "--set", "currency=SGD")
    assert "no column waits for unit=m" in run(*load, "--set", "unit=m", code=2).stderr
    assert asked("Alder Robotics", "stage") == asked("Birch Bio", "stage") == []
    ask = "MATCH (c:Startup)<-[t:STATES_TOTAL]-(r:Report) RETURN c.name AS name, "
    ask += "t.amount_min AS least, t.currency AS money"
    found = json.loads(run("cypher", ask, "--format", "json").stdout)
    assert found == [{"name": "Alder Robotics", "least": 1_440_000_000, "money": "SGD"}]


def test_what_is_written_as_a_loader_loads_the_same(desk: str) -> None:
    written("levees.csv", FRENCH)
    assert "a loader can't ask" in run("map", "levees.csv", "--write", "deals.py", code=2).stderr
    run("map", "levees.csv", "--set", "order=dmy", "--write", "deals.py")
    assert len(Path("deals.py").read_text("utf-8").splitlines()) < 40
    assert "0 rejected" in run("load", "./deals.py", "levees.csv").stdout
    assert asked("Aulne", "announced", "stage", "amount_min", "leads") == [
        ("2024-02-03", "Série A", 12_500_000, ["Fonds du Nord"]),
        ("2025-03-05", "Série B", None, ["Capital Sud"]),
    ]
    assert asked("Cèdre Paiement", "instrument", "amount_min") == [("debt", 40_000_000)]
    written("cheques.csv", CHEQUES.partition("d4")[0])
    run("map", "cheques.csv", "--write", "parts.py")
    assert "0 rejected" in run("load", "./parts.py", "cheques.csv").stdout
    assert asked("Alder", "amount_min", "leads", "investors") == [
        (12_000_000, ["North Fund"], ["North Fund", "South AG"])
    ]


CURRENCY = "which currency is it?"
ORDER = "does the day or the month come first?"


@pytest.mark.parametrize(
    ("header", "cells", "role", "sure", "question"),
    [
        ("Amount", "5,000,000 USD|2,000,000 USD", "amount", "certain", ""),
        ("Amount", "$5m|$7m", "amount", "certain", f"a bare $: {CURRENCY}"),
        ("Amount", "¥5亿|¥7亿", "amount", "certain", f"a bare ¥: {CURRENCY}"),
        ("Amount", "EUR 5|EUR 7", "amount", "certain", "what are they counted in?"),
        ("Amount (EUR m)", "1.250|2.125", "amount", "certain", "the decimal sign?"),
        ("Amount (EUR m)", "1.250,5|2.125", "amount", "certain", ""),
        ("Amount (EUR m)", "0|2.5", "amount", "certain", "some cells are 0"),
        ("Amount", "large|small", "", "unsure", ""),
        ("Investors", "3|5", "", "unsure", ""),
        ("Investors", "North Fund; East Bank|South, Inc.", "investors", "certain", ""),
        ("Date", "03/04/2024|05/06/2024", "date", "likely", ORDER),
        ("Date", "13/04/2024|05/06/2024", "date", "likely", ""),
        ("Date", "13/04/2024|05/26/2024", "date", "likely", "some cells have the day first"),
        ("Date", "soon|later", "", "unsure", ""),
        ("Country", "California|Nevada", "", "unsure", ""),
        ("Status", "operating|acquired", "", "unsure", ""),
        ("Zweck", "Robotik|Medizin", "", "unsure", ""),
    ],
)
def test_cells_decide_with_the_header_and_doubt_is_asked(
    header: str,
    cells: str,
    role: str,
    sure: str,
    question: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    first, second = cells.split("|")
    table = f'"Company";"Round";"{header}"\n"Alder";"A";"{first}"\n"Birch";"B";"{second}"\n'
    columns, questions = proposed("deals.csv", table)
    assert (columns[header]["is"], columns[header]["sure"]) == (role, sure)
    assert len(questions) == bool(question)
    assert all(question in asked_for for asked_for in questions)


def test_two_columns_that_could_be_the_amount_are_asked_about(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    table = "Company,Round,Deal size,Amount\nAlder,A,5000000 USD,4000000 USD\n"
    columns, questions = proposed("deals.csv", table)
    assert questions == ["which of these columns is the amount?"]
    assert columns["Amount"]["open"] and columns["Deal size"]["open"]
    run("map", "deals.csv", "--write", "map.toml")
    refused = run("--store", "s", "load", "table", "deals.csv", "--map", "map.toml", code=2).stderr
    assert "column 'Deal size': what is it? write what it is" in refused
    columns, questions = proposed("deals.csv", table, "--set", "amount=Deal size")
    assert questions == [] and columns["Amount"]["is"] == ""
    converted = "Company,Round,raised,currency,raised_usd\nAlder,A,5000000,EUR,5400000\n"
    columns, questions = proposed("deals.csv", converted)
    assert questions == [] and columns["raised_usd"]["why"] == "'raised' converted to USD"


def test_a_wrong_map_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written("deals.csv", "Company,Round\nAlder,A\n")
    load = ("--store", "s", "load", "table", "deals.csv")
    assert "a table needs a map: whofunds map deals.csv" in run(*load, code=2).stderr
    for text, said in (
        ("[columns", "map.toml: not TOML"),
        ('source = "x"', "no [columns]"),
        ('colums = 1\n[columns]\nCompany = "company"', "'colums' is no word of a map"),
        ('[columns]\nCompany = "firm"', "column 'Company': is = 'firm' is none of company"),
        ('[columns]\nCompany = {is = "company", oder = "x"}', "'oder' is none of is, basis"),
        ('[columns]\nCompany = "company"\nRound = {is = "date", order = "ymd"}', "use dmy or mdy"),
        (
            '[columns]\nCompany = "company"\nRound = {is = "amount", currency = "XYZ"}',
            "unknown currency",
        ),
        ('[columns]\nCompany = "company"\nRound = {is = "amount", unit = "grosz"}', "unknown unit"),
        ('[columns]\nRound = "stage"', "no column is the company"),
        ('rows = "deals"\n[columns]\nCompany = "company"', "rows is 'deals'; use one of rounds"),
        ('[columns]\nFirm = "company"', "deals.csv: no column 'Firm', which the map names"),
    ):
        written("map.toml", text)
        assert said in run(*load, "--map", "map.toml", code=2).stderr, text
    assert "ends in .toml" in run("map", "deals.csv", "--write", "map.json", code=2).stderr
    assert (
        "'colour' answers nothing" in run("map", "deals.csv", "--set", "colour=red", code=2).stderr
    )
    assert (
        "no column is called 'Firm'"
        in run("map", "deals.csv", "--set", "company=Firm", code=2).stderr
    )


def test_hostile_headers_survive_the_way_through_toml(desk: str) -> None:
    written("odd.csv", 'Company,"He said ""hi"" \\ # [x]",Round\nAlder,https://example.org/x,A\n')
    run("map", "odd.csv", "--set", 'link=He said "hi" \\ # [x]', "--write", "map.toml")
    run("load", "table", "odd.csv", "--map", "map.toml")
    assert asked("Alder", "stage", "reports") == [("A", ["https://example.org/x"])]


def test_each_table_is_replaced_and_previewed_by_itself(desk: str) -> None:
    for name in ("one", "two"):
        written(f"{name}.csv", "Company,Round,Link\nAlder,A,https://x.example/a\nBirch,B,\n")
        run("map", f"{name}.csv", "--write", f"{name}.toml")
        run("load", "table", f"{name}.csv", "--map", f"{name}.toml")
    written("one.csv", "Company,Round,Link\nAlder,A,https://x.example/a\n")
    run("load", "table", "one.csv", "--map", "one.toml", "--replace")
    rounds = json.loads(run("rounds", "--format", "json").stdout)
    assert [r["company"] for r in rounds] == ["one:alder", "two:alder", "two:birch"]


def test_german_sums_with_units_of_their_own(desk: str) -> None:
    table = (
        "Unternehmen;Runde;Betrag;Datum\nMüller KI;Series A;12,5 Mio. €;03.02.2024\n"
        "Größe AI;Seed;ca. 3 Mio. €;14.03.2024\nUlm Data;B;1.250,5 Tsd. €;15.03.2024\n"
    )
    run("map", written("german.csv", table), "--write", "german.toml")
    run("load", "table", "german.csv", "--map", "german.toml")
    sums = {c: asked(c, "amount_min", "qualifier") for c in ("Müller KI", "Größe AI", "Ulm Data")}
    assert sums == {
        "Müller KI": [(12_500_000, "exact")],
        "Größe AI": [(3_000_000, "about")],
        "Ulm Data": [(1_250_500, "exact")],
    }


@pytest.mark.parametrize("write", ["map.toml", "talked.py"])
def test_a_stage_that_says_talks_is_no_money(write: str, desk: str) -> None:
    table = (
        "Company,Round,Amount (USD),Date\nTern,Series B (in talks),10000000,2024-01-01\n"
        "Wren,Planned Series A,20000000,2024-01-02\nXeno,B轮（洽谈中）,30000000,2024-01-03\n"
        "Yak,Series A,40000000,2024-01-04\n"
    )
    told = run("map", written("talked.csv", table), "--write", write).stderr
    assert "read as talks or plans, not as money raised" in told
    if write == "map.toml":
        run("load", "table", "talked.csv", "--map", write)
    else:
        run("load", f"./{write}", "talked.csv")
    statuses = [asked(c, "status") for c in ("Tern", "Wren", "Xeno", "Yak")]
    assert statuses == [[("talks",)], [("planned",)], [("talks",)], [("closed",)]]


def test_a_figure_that_is_not_in_the_columns_unit_is_rejected(desk: str) -> None:
    table = "Company,Round,Raised (US$),Date\nTern,B,3.5,2024-01-01\nWren,C,1500000,2024-01-02\n"
    run("map", written("mixed.csv", table), "--write", "map.toml")
    load = ("load", "table", "mixed.csv", "--map", "map.toml", "--set", "unit=m")
    said = run(*load, code=1).stderr
    assert "mixed.csv:3 Raised (US$) '1500000': 1,500,000,000,000 if counted in 'm'" in said
    assert "stands in mixed.rejects.csv" in said
    assert asked("Tern", "amount_min") == [(3_500_000,)]
    table = "Company,Round,Raised (US$)\n" + "".join(f"Firm{c},A,{c}m\n" for c in "23456789")
    run("map", written("few.csv", f"{table}Ulm,A,~12\n"), "--write", "few.toml")
    said = run("load", "table", "few.csv", "--map", "few.toml", code=1).stderr
    assert "few.csv:10 Raised (US$) '~12': 12 in whole units is too small" in said
    assert asked("Firm2", "amount_min") == [(2_000_000,)]


def test_what_is_one_investors_is_not_lost_in_silence_where_a_row_names_two(desk: str) -> None:
    table = "Company,Round,Investors,Lead,Cheque (USD)\n"
    table += 'Nova,A,"Alpha, Beta",Yes,3000000\nOpal,A,Delta,Yes,2000000\nPuma,A,"Eta, Zeta",No,\n'
    run("map", written("led.csv", table), "--write", "map.toml")
    said = run("load", "table", "led.csv", "--map", "map.toml", code=1).stderr
    left = "it is one investor's, and the row names 2 investors; it is left out"
    assert f"led.csv:2 Lead 'Yes': {left}" in said
    assert f"led.csv:2 Cheque (USD) '3000000': {left}" in said
    assert "led.csv:3" not in said and "led.csv:4" not in said
    assert asked("Nova", "leads", "investors") == [([], ["Alpha", "Beta"])]
    assert asked("Opal", "leads", "investors") == [(["Delta"], ["Delta"])]


def test_the_flag_that_a_question_offers_answers_it(desk: str) -> None:
    table = "Company,Round,Raised\nTern,A,$3M\nUlm,Seed,$2.5M\n"
    said = run("map", written("dollar.csv", table)).stderr
    assert "or here: --set currency=USD" in said
    said = run("map", "dollar.csv", "--set", "currency=USD", "--write", "map.toml").stderr
    assert "question" not in said
    run("load", "table", "dollar.csv", "--map", "map.toml")
    assert asked("Tern", "amount_min", "own_currency") == [(3_000_000, "USD")]
    wrong = run("map", "dollar.csv", "--set", "currency=Dollars!", code=2).stderr
    assert "currency=Dollars!: no column is called so; unknown currency" in wrong
    said = run("map", "dollar.csv", "--set", "order=dmy").stderr
    assert "--set order=dmy answers nothing that is asked" in said


def test_who_led_and_followed_in_chinese_is_no_part_of_a_name(desk: str) -> None:
    table = "公司,轮次,金额,投资方\n星河,A轮,1亿元,北方基金领投、小红书、南方资本跟投、老股东跟投\n"
    run("map", written("cn.csv", table), "--write", "map.toml")
    run("load", "table", "cn.csv", "--map", "map.toml")
    named = ["北方基金", "南方资本", "小红书"]
    assert [(leads, sorted(all_)) for leads, all_ in asked("星河", "leads", "investors")] == [
        (["北方基金"], sorted(named))
    ]


def test_what_a_newcomer_is_told_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = written("news.jsonl", '{"company": "Alder", "round": "A"}\n')
    assert "is JSON, not a table; read it with read_json" in run("map", lines, code=2).stderr
    table = (
        "公司,轮次,投资方,日期\n星河,A轮,红杉、高瓴,2024-05-06\n云岭,A轮,深创投/腾讯,2024-05-07\n"
    )
    said = run("map", written("cn.csv", table)).stderr
    assert 'separator = ["、", "/"] splits it too: \'深创投/腾讯\'' in said
    table = "Company,Round,Closed\nAlder,A,2024-05-06\nBirch,Seed,2024-05-07\n"
    assert proposed("closed.csv", table)[0]["Closed"]["is"] == "date"
    assert (
        "--set date=Erfolgt if that is one"
        in run("map", written("erfolgt.csv", table.replace("Closed", "Erfolgt"))).stderr
    )
    assert "or here: --set amount=amount raised" in run("map", written("c.csv", CHEQUES)).stderr


@pytest.mark.parametrize(
    ("header", "amount"),
    [
        ("Amount (hundreds of millions CNY)", 250 * 10**8),
        ("Amount in 10k CNY", 250 * 10**4),
        ("Amount (US$m)", 250 * 10**6),
        ("Amount (tens of thousands, USD)", 250 * 10**4),
    ],
)
def test_units_of_several_words_and_signs_beside_a_unit(
    header: str, amount: int, desk: str
) -> None:
    run("map", written("a.csv", f'Company,Round,"{header}"\nTern,A,250\n'), "--write", "m.toml")
    run("load", "table", "a.csv", "--map", "m.toml")
    assert asked("Tern", "amount_min") == [(amount,)]
