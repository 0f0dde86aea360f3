"""Tables and JSON as analysts have them: how each is read, and what is said of what is broken."""

import gzip
import io
import json
import logging
import tracemalloc
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from whofunds import InputError, Row, joined, read_csv, read_json, read_kinds, read_table

TABLE = "Company,City,Amount\nSociété Générale,Orléans,5\nZürich Ré,Genève,6\n"
CHINESE = (
    "公司,城市,金额\n" + "智谱华章,北京,五亿元\n月之暗面,北京,十亿美元\n阶跃星辰,上海,未披露\n" * 3
)


def written(folder: Path, data: bytes | str, name: str = "deals.csv") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def plain(rows: Any) -> list[dict[str, str]]:
    """Rows as dicts; none may be at fault."""
    found = list(rows)
    assert [r.fault for r in found if r.fault] == []
    return [{name: str(row[name]) for name in row} for row in found]


def faults(rows: Any) -> list[tuple[int, str]]:
    return [(r.line, r.fault) for r in rows if r.fault]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_and_line_ends_are_found(encoding: str, ending: str, tmp_path: Path) -> None:
    path = written(tmp_path, TABLE.replace("\n", ending).encode(encoding))
    assert plain(read_table(path)) == [
        {"Company": "Société Générale", "City": "Orléans", "Amount": "5"},
        {"Company": "Zürich Ré", "City": "Genève", "Amount": "6"},
    ]
    assert [row.line for row in read_table(path)] == [2, 3]


def test_chinese_and_late_accents_are_found(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "whofunds")
    rows = plain(read_table(written(tmp_path, CHINESE.encode("gb18030"))))
    assert rows[0] == {"公司": "智谱华章", "城市": "北京", "金额": "五亿元"}
    assert caplog.messages == ["deals.csv: gb18030, comma, header in line 1, 3 columns"]
    late = "name,city\n" + "Acme,Paris\n" * 50_000 + "Société Générale,Orléans\n" * 9
    rows = plain(read_table(written(tmp_path, late.encode("cp1252"))))
    assert rows[-1] == {"name": "Société Générale", "city": "Orléans"}


def test_a_doubtful_encoding_is_a_question(tmp_path: Path) -> None:
    path = written(tmp_path, b"a,b\n" + "Д,Ж\n".encode("cp1251"))
    with pytest.raises(InputError, match="encoding="):
        list(read_table(path))
    assert plain(read_table(path, encoding="cp1251")) == [{"a": "Д", "b": "Ж"}]
    with pytest.raises(InputError, match="no encoding is called 'utf-88'"):
        list(read_table(path, encoding="utf-88"))


@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
def test_delimiter_and_a_header_below_titles_are_found(sign: str, tmp_path: Path) -> None:
    head = sign.join(("Name", "Tags", "Sum"))
    body = "".join(sign.join((f"Firm {i}", '"a;b,c|d\te"', f'"{i},5"')) + "\n" for i in range(9))
    path = written(tmp_path, f"Export of 2024-05-01\nFilter: Paris\n\n{head}\n{body}")
    rows = list(read_table(path))
    assert plain(rows)[1] == {"Name": "Firm 1", "Tags": "a;b,c|d\te", "Sum": "1,5"}
    assert rows[0].line == 5
    assert plain(read_table(path, header=("sum", "NAME")))[0]["Name"] == "Firm 0"


def test_a_doubtful_layout_is_a_question(tmp_path: Path) -> None:
    both = written(tmp_path, "a;b,c\n" + "x;y,z\n" * 5)
    with pytest.raises(InputError, match=r"comma or semicolon .* delimiter="):
        list(read_table(both))
    assert plain(read_table(both, delimiter=";"))[0] == {"a": "x", "b,c": "y,z"}
    bare = written(tmp_path, "Acme,2024,5000000\nBeta,2023,600\n")
    with pytest.raises(InputError, match="record 1 should be the header, but holds '2024'"):
        list(read_table(bare))
    with pytest.raises(InputError, match="has the columns Company, Sum; the first has Acme, 2024"):
        list(read_table(bare, header=("Company", "Sum")))


def test_columns_are_met_in_any_case_and_twice(tmp_path: Path) -> None:
    path = written(tmp_path, "COMPANY, Raised  To Date ,Note,note\nAcme,5,one,two\n")
    (row,) = read_table(path)
    assert (row["company"], row["raisedto date"], row["Note (2)"]) == ("Acme", "5", "two")
    assert row["Raised To Date"].column == "Raised To Date"
    assert row["investors"].fault == "the column is missing" and row.get("investors") == ""
    assert list(row) == ["COMPANY", "Raised To Date", "Note", "note (2)"]


def test_cells_with_line_breaks_and_rows_that_are_ragged(tmp_path: Path) -> None:
    path = written(tmp_path, 'a,b,c\n"one\ntwo",2,3\n1,2\n1,2,3,\n1,2,3,4\n\n,,\nx,y,z\n')
    rows = list(read_table(path))
    assert [(r.line, r["a"]) for r in rows] == [
        (2, "one\ntwo"), (4, "1"), (5, "1"), (6, "1"), (9, "x")
    ]  # fmt: skip
    assert faults(rows) == [
        (4, "2 cells where the header has 3"),
        (6, "4 cells where the header has 3"),
    ]
    assert rows[1]["c"].fault == "2 cells where the header has 3"


def test_a_quote_that_never_closes_is_named_where_it_opens(tmp_path: Path) -> None:
    path = written(tmp_path, "a,b\n1,2\n" + '3,"open\n' + "4,5\n" * 50)
    rows = list(read_table(path))
    assert (rows[0]["a"], rows[0]["b"]) == ("1", "2")
    assert rows[1].line == 3 and "a quote that opens here is never closed" in rows[1].fault
    assert len(rows) == 2


@pytest.mark.parametrize("word", ["Total", "SUM:", "合计", "总计"])
def test_a_last_row_that_sums_up_is_no_deal(word: str, tmp_path: Path) -> None:
    rows = list(read_table(written(tmp_path, f"name,city,sum\nAcme,Paris,5\n{word},,5\n")))
    assert faults(rows) == [(3, "a total of the rows above, not a row of its own")]
    named = f"name,city,sum\n{word},Paris,5\n"
    assert plain(read_table(written(tmp_path, named)))[0]["name"] == word
    inside = f"name,city,sum\n{word},,5\nAcme,Paris,5\n"
    assert [r["name"] for r in read_table(written(tmp_path, inside))] == [word, "Acme"]


def test_subtotals_counted_totals_and_notes_below_are_no_deals(tmp_path: Path) -> None:
    table = (
        "name,city,sum\nAcme,Paris,5\nSubtotal,,5\nBirch,Lyon,6\n小计：,,6\nSumma AI,,7\n"
        "Total (3 deals),,18\n\nSource: our own desk,,\n"
    )
    rows = list(read_table(written(tmp_path, table)))
    assert [r["name"] for r in rows if not r.fault] == ["Acme", "Birch", "Summa AI"]
    total = "a total of the rows above, not a row of its own"
    assert faults(rows) == [(3, total), (5, total), (7, total), (9, "a note below the table")]


def workbook(path: Path, **sheets: Any) -> Path:
    """Each sheet by a function that writes it."""
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"}) as book:
        for name, write in sheets.items():
            write(book.add_worksheet(name), book)
    return path


def test_workbooks_dates_numbers_and_merged_cells(tmp_path: Path) -> None:
    def deals(sheet: Any, book: Any) -> None:
        sheet.write_row(0, 1, ["Deals of 2024"])
        sheet.write_row(2, 1, ["Company", "Date", "Size", "Serial", "Lead"])
        sheet.write_row(3, 1, ["Acme", date(2024, 5, 6), 5_000_000.0, 45418, True])
        sheet.write_row(4, 1, ["", datetime(2024, 5, 7, 12, 30), 2.5, 45419, False])
        sheet.merge_range(3, 1, 4, 1, "Acme")
        sheet.write_row(5, 1, ["Total", "", 5_000_002.5])

    rows = list(read_table(workbook(tmp_path / "deals.xlsx", Deals=deals)))
    assert plain(rows[:2]) == [
        {"Company": "Acme", "Date": "2024-05-06", "Size": "5000000", "Serial": "45418"}
        | {"Lead": "true"},
        {"Company": "Acme", "Date": "2024-05-07 12:30:00", "Size": "2.5", "Serial": "45419"}
        | {"Lead": "false"},
    ]
    assert [r.line for r in rows] == [4, 5, 6]
    assert rows[2].fault.startswith("a total")


def test_the_sheet_of_a_workbook(tmp_path: Path) -> None:
    def table(company: str) -> Any:
        return lambda sheet, book: [
            sheet.write_row(0, 0, ["Company", "City"]),
            sheet.write_row(1, 0, [company, "Paris"]),
        ]

    def about(sheet: Any, book: Any) -> None:
        sheet.write(0, 0, "All rights reserved")

    path = workbook(tmp_path / "deals.xlsx", About=about, New=table("Acme"), Old=table("Beta"))
    with pytest.raises(InputError, match="has the sheets New, Old; say which with sheet="):
        list(read_table(path))
    assert plain(read_table(path, sheet="old"))[0]["Company"] == "Beta"
    assert plain(read_table(path, "New"))[0]["Company"] == "Acme"
    with pytest.raises(InputError, match="has no sheet 'Deals'; it has About, New, Old"):
        list(read_table(path, sheet="Deals"))
    alone = workbook(tmp_path / "one.xlsx", About=about, New=table("Acme"))
    assert plain(read_table(alone))[0]["Company"] == "Acme"
    with pytest.raises(InputError, match=r"deals\.xls: .*save it anew"):
        list(read_table(written(tmp_path, b"\xd0\xcf\x11\xe0" + b"x" * 900, "deals.xls")))


def test_members_of_folders_and_zips(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    written(folder, "uuid,name\n1,Acme\n", "Organizations.csv")
    written(folder / "2021Q1_d", "uuid\tname\n1\ta\n", "rounds.tsv")
    written(folder / "2021Q2_d", gzip.compress(b"uuid,name\n2,b\n"), "ROUNDS.csv.gz")
    written(folder, "x", ".hidden.csv")
    packed = tmp_path / "export.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            archive.write(path, path.relative_to(folder))
        archive.writestr("__MACOSX/._organizations.csv", "x")
    for place in (folder, packed):
        assert plain(read_table(place, "organizations")) == [{"uuid": "1", "name": "Acme"}]
        assert [r["name"] for r in read_table(place, "rounds")] == ["a", "b"]
        with pytest.raises(InputError, match=r"no file called 'people'; it has Organizations.csv"):
            list(read_table(place, "people"))
        assert list(read_table(place, "people", optional=True)) == []
        with pytest.raises(InputError, match="say which by its name"):
            list(read_table(place))
    assert [r["name"].file for r in read_table(packed, "organizations")] == [
        "export.zip/Organizations.csv"
    ]
    with pytest.raises(InputError, match="there is no such file or folder"):
        list(read_table(tmp_path / "nowhere"))


def test_a_zip_of_quarters_in_a_folder(tmp_path: Path) -> None:
    for quarter in ("2021q1", "2021q2"):
        with zipfile.ZipFile(tmp_path / f"{quarter}_d.zip", "w") as archive:
            archive.writestr(f"{quarter}/OFFERING.tsv", f"ID\tSUM\n{quarter}\t5\n")
    assert [r["id"] for r in read_table(tmp_path, "offering")] == ["2021q1", "2021q2"]


def test_a_truncated_gzip_is_read_up_to_there(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    text = "id,name\n" + "".join(f"{i},{i * 7919 % 100_003}\n" for i in range(50_000))
    data = gzip.compress(text.encode())
    rows = list(read_table(written(tmp_path, data[: len(data) // 2], "deals.csv.gz")))
    assert 10_000 < len(rows) < 40_000
    assert [r["id"] for r in rows[:-1]] == [str(i) for i in range(len(rows) - 1)]
    assert faults(rows)[0][1].startswith("the file breaks off here: ")
    assert len(faults(rows)) == 1
    assert "what stands before is read" in caplog.text


def lying(path: Path, declared: int) -> Path:
    """A ZIP whose one member says that it unpacks to `declared` bytes."""
    data = bytearray()
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("deals.csv", "id,name\n" + "0,0\n" * 30_000_000)
        data += file.getvalue()
    central = data.rindex(b"PK\x01\x02")
    for at in (22, central + 24):
        data[at : at + 4] = declared.to_bytes(4, "little")
    return written(path.parent, bytes(data), path.name)


def test_bombs_are_refused_with_their_sizes(tmp_path: Path) -> None:
    bomb = lying(tmp_path / "bomb.zip", 120_000_008)
    with pytest.raises(
        InputError, match=r"bomb.zip/deals.csv: [\d,]+ bytes would unpack to 120,000,008"
    ):
        next(read_table(bomb))
    liar = lying(tmp_path / "liar.zip", 1_000_000)
    rows = list(read_table(liar))
    assert len(rows) <= 250_000 and "breaks off here: Bad CRC-32" in rows[-1].fault
    with pytest.raises(InputError, match="Bad CRC-32"):
        next(read_table(lying(tmp_path / "small.zip", 100)))
    book = written(tmp_path, bomb.read_bytes(), "bomb.xlsx")
    with pytest.raises(InputError, match="would unpack to 120,000,008"):
        next(read_table(book))
    with pytest.raises(InputError, match="get it anew"):
        next(read_table(written(tmp_path, liar.read_bytes(), "liar.xlsx")))
    packed = gzip.compress(b"id,name\n" + (b"0" * 1000 + b",0\n") * 120_000)
    with pytest.raises(InputError, match="times as many"):
        for _ in read_table(written(tmp_path, packed, "bomb.csv.gz")):
            pass


ITEMS = [
    {"id": 1, "name": {"value": "Acme"}, "tags": ["a", 2.50, True, None], "x.y": "dotted"},
    {"id": 2, "shares": [{"min": 5}, {"min": 6}], "none": None},
]


@pytest.mark.parametrize(
    ("text", "at", "lines"),
    [
        ("\n".join(map(json.dumps, ITEMS)), "", [1, 2]),
        ("\ufeff" + json.dumps(ITEMS), "", [1, 2]),
        (json.dumps(ITEMS, indent=2), "", [1, 2]),
        ("\n".join(json.dumps(i, indent=1) for i in ITEMS), "", [1, 2]),
        (
            json.dumps({"head": [{"a": []}], "results": {"n": 2, "list": ITEMS}}),
            "results.list",
            [1, 2],
        ),
    ],
)
def test_json_of_every_form(text: str, at: str, lines: list[int], tmp_path: Path) -> None:
    one, two = read_json(written(tmp_path, text, "items.json"), at=at)
    assert [one.line, two.line] == lines
    assert (one["id"], one["name.value"], one["x.y"]) == ("1", "Acme", "dotted")
    assert one.list("tags") == ("a", "2.5", "true")
    assert [r["min"] for r in two.rows("shares")] == ["5", "6"]
    assert two["none"] == "" and two["none"].fault == ""
    assert (two.list("tags"), two.rows("tags"), two.get("name.value", "-")) == ((), (), "-")
    assert two["name.value"].fault == "there is no such key"
    assert two["shares"].fault == "a list, not one value; read it with row.list('shares')"
    assert [getattr(p, "fault", "") for p in two["shares"]] == [two["shares"].fault]


def test_broken_and_deep_json_is_a_faulty_row(tmp_path: Path) -> None:
    deep = "[" * 100_000
    lines = '{"id": 1}\n{"id": \n' + '{"a":' + deep + "\n[1]\n" + '{"id": NaN}\n{"id": 2}\n'
    rows = list(read_json(written(tmp_path, lines, "items.jsonl")))
    assert [r["id"] for r in rows if not r.fault] == ["1", "2"]
    assert [line for line, _ in faults(rows)] == [2, 3, 4, 5]
    assert "too deep" in faults(rows)[1][1] and "not an object" in faults(rows)[2][1]
    closed = "[" * 5_000 + "]" * 5_000
    rows = list(read_json(written(tmp_path, f'[{{"id": 1, "a": {closed}}}, {{"id": 2}}]')))
    assert faults(rows) == [(1, "JSON that is deeper than 100")] and rows[1]["id"] == "2"
    rows = list(read_json(written(tmp_path, '[{"id": 1}, {"id": 2')))
    assert rows[0]["id"] == "1" and "not JSON" in rows[1].fault
    assert rows[1]["id"].fault and rows[1].list("id")[0].fault and rows[1].rows("id")[0].fault
    with pytest.raises(InputError, match="no array at 'results'"):
        list(read_json(written(tmp_path, '{"head": []}'), at="results"))


def test_rows_are_joined_on_disk(tmp_path: Path) -> None:
    path = written(tmp_path, "round,investor\nr1,a\nr2,b\n,c\nr1,d\nr9,e\nr2\n")
    parts = joined(read_table(path), by="Round")
    assert [(r["investor"], r["investor"].line) for r in parts.take("r1")] == [("a", 2), ("d", 5)]
    assert parts.take("r1")[0]["INVESTOR"].file == "deals.csv"
    assert [r["investor"] for r in parts.take("r2")] == ["b"]
    assert parts.take("nothing") == []
    rest = list(parts.rest())
    assert [(r["investor"], r.line, bool(r.fault)) for r in rest] == [
        ("c", 4, False), ("e", 6, False), ("", 7, True)
    ]  # fmt: skip
    items = joined(read_json(written(tmp_path, json.dumps(ITEMS), "items.json")), by="id")
    assert items.take("2")[0].rows("shares")[1]["min"] == "6"


def test_joined_rows_take_no_memory() -> None:
    from whofunds.tables import Columns

    columns = Columns(["key", "text"])
    tracemalloc.start()
    parts = joined(
        (Row(columns, [str(i % 12_500), "x" * 400], "f", i) for i in range(50_000)), by="key"
    )
    assert len(parts.take("7")) == 4
    assert sum(1 for _ in parts.rest()) == 49_996
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_kinds_of_a_source_can_be_edited(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    kinds = read_kinds("crunchbase")
    assert kinds.get("venture_capital") == kinds.get(" Venture Capital ") == "vc"
    assert kinds.get("accelerator") == "" and caplog.messages == []
    assert [kinds.get("hedge hog"), kinds.get("hedge_hog")] == ["", ""]
    assert len(caplog.messages) == 1 and "'hedge hog'" in caplog.messages[0]
    own = written(tmp_path, "source,type,kind,note\ncrunchbase,hedge_hog,pe,\n", "own.csv")
    assert read_kinds("crunchbase", own).get("hedge hog") == "pe"
    wrong = written(tmp_path, "source,type,kind,note\ncrunchbase,a,b,\n", "own.csv")
    with pytest.raises(InputError, match=r"own.csv:2 'b': no kind of capital; use state-fund"):
        read_kinds("crunchbase", wrong)


def test_our_own_tables_are_read_strictly(tmp_path: Path) -> None:
    assert faults(read_csv(written(tmp_path, "a,a\n1,2\n"))) == [(1, "two columns are called 'a'")]
    assert faults(read_csv(written(tmp_path, ""))) == [(1, "the file is empty")]
    assert faults(read_table(written(tmp_path, ""))) == [(1, "the file is empty")]
    (row,) = read_csv(written(tmp_path, "a;b,c\n1,2\n"))
    assert row["a;b"] == "1"
