"""What each convention makes of a text about a date."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whofunds.dates import Order, Precision, Span, parse_date

DAYS = """
    2024-05-01; 2024/5/1; 2024.05.01; 2024-5-1; 2024 05 01; 2024--05--01; 2024/05-01; 2024. 5. 1.
    2024- 05 -01; '2024-05-01; "2024-05-01"; 2024-05-01.; 2024年5月1日; 2024年05月01号; 2024年5月1
    二〇二四年五月一日; 二零二四年五月一日; ２０２４年５月１日; ２０２４-０５-０１; 24年5月1日
    May 1, 2024; May 1 2024; MAY 1, 2024; 1 May 2024; 1st May 2024; May 1st, 2024; 2024 May 1
    2024-May-01; 01-May-2024; 1-May-24; May 1, '24; the 1st of May, 2024; 1er mai 2024; 1. Mai 2024
    am 1. Mai 2024; le 1er mai 2024; Wednesday, May 1, 2024; Wed 2024-05-01; 2024-05-01 (Wed)
    mercredi 1er mai 2024; Mittwoch, 1. Mai 2024; 2024年5月1日 星期三; 2024年5月1日（周三）
    2024-05-01T10:00:00Z; 2024-05-01T10:00:00.123+08:00; 2024-05-01 10:00; 2024-05-01 00:00:00 UTC
    2024-05-01+08:00; Wed, 01 May 2024 10:00:00 GMT; Wed May  1 10:00:00 UTC 2024; May 1, 2024 3pm
    2024/5/1 上午10:00:00; 2024年5月1日14:30; 2024年5月1日下午3点; 1 mai 2024 à 14h30
    1. Mai 2024, 14:30 Uhr; 2024-05-01T23:59:59-0700; 2024\u00a005\u00a001; on 1 May 2024
"""
MONTHS = """
    2024-05 | 5 | 5; 2024/5 | 5 | 5; 2024.05 | 5 | 5; 05/2024 | 5 | 5; 5.2024 | 5 | 5
    5-2024 | 5 | 5; 12 2024 | 12 | 12; May 2024 | 5 | 5
    mai 2024 | 5 | 5; Mai-2024 | 5 | 5; 2024-Sep | 9 | 9
    Sept. 2024 | 9 | 9; août 2024 | 8 | 8; aout 2024 | 8 | 8; März 2024 | 3 | 3; févr. 2024 | 2 | 2
    2024年5月 | 5 | 5; 2024年十二月 | 12 | 12; 24年5月 | 5 | 5; in May 2024 | 5 | 5
    décembre 2024 | 12 | 12; Dez. 2024 | 12 | 12; juillet 2024 | 7 | 7; Oktober 2024 | 10 | 10
    May-June 2024 | 5 | 6; May to June 2024 | 5 | 6; May/June 2024 | 5 | 6
    January–March 2024 | 1 | 3
    mai-juin 2024 | 5 | 6; de janvier à mars 2024 | 1 | 3; Januar bis März 2024 | 1 | 3
    2024年5-6月 | 5 | 6; 2024年5月至6月 | 5 | 6; 2024-05 to 2024-06 | 5 | 6
"""
PARTS = """
    Q1 2024 | 1 | 3 | quarter; 2024Q1 | 1 | 3 | quarter; 2024-Q3 | 7 | 9 | quarter
    Q1/2024 | 1 | 3 | quarter; Q1'24 | 1 | 3 | quarter; 1Q24 | 1 | 3 | quarter
    T2 2024 | 4 | 6 | quarter; 1er trimestre 2024 | 1 | 3 | quarter
    4e trimestre 2024 | 10 | 12 | quarter
    premier trimestre 2024 | 1 | 3 | quarter; 1. Quartal 2024 | 1 | 3 | quarter
    IV. Quartal 2024 | 10 | 12 | quarter; first quarter of 2024 | 1 | 3 | quarter
    third quarter 2024 | 7 | 9 | quarter; 2024年第一季度 | 1 | 3 | quarter
    2024年三季度 | 7 | 9 | quarter
    2024年Q3 | 7 | 9 | quarter; 二零二四年第四季度 | 10 | 12 | quarter
    H1 2024 | 1 | 6 | half; 2H 2024 | 7 | 12 | half; 2H24 | 7 | 12 | half; S1 2024 | 1 | 6 | half
    first half of 2024 | 1 | 6 | half; 2e semestre 2024 | 7 | 12 | half
    erstes Halbjahr 2024 | 1 | 6 | half; 2024年上半年 | 1 | 6 | half; 2024下半年 | 7 | 12 | half
    early 2024 | 1 | 4 | year; mid-2024 | 5 | 8 | year; late 2024 | 9 | 12 | year
    beginning of 2024 | 1 | 4 | year; the end of 2024 | 9 | 12 | year; début 2024 | 1 | 4 | year
    mi-2024 | 5 | 8 | year; fin 2024 | 9 | 12 | year; Anfang 2024 | 1 | 4 | year
    Mitte 2024 | 5 | 8 | year; Ende 2024 | 9 | 12 | year; 2024年初 | 1 | 4 | year
    2024年中 | 5 | 8 | year; 2024年底 | 9 | 12 | year; 2024年末 | 9 | 12 | year
    2024年年底 | 9 | 12 | year; 2024 | 1 | 12 | year; 2024年 | 1 | 12 | year
    二〇二四年 | 1 | 12 | year; ２０２４ | 1 | 12 | year
"""
HINTED = """
    01/05/2024 | dmy | 2024-05-01; 01/05/2024 | mdy | 2024-01-05; 01.05.24 | dmy | 2024-05-01
    05-06-99 | mdy | 1999-05-06; 31/12/49 | dmy | 2049-12-31; 31/12/50 | dmy | 1950-12-31
    2024-05-01 | mdy | 2024-05-01; 2024/05/01 | dmy | 2024-05-01; 5/1/2024 0:00 | mdy | 2024-05-01
    le 03/05/2024 | dmy | 2024-05-03; 01-May-24 | dmy | 2024-05-01; 25/12/2024 | | 2024-12-25
    12/25/2024 | | 2024-12-25; 05/05/2024 | | 2024-05-05; 31.12.2023 | | 2023-12-31
    29/02/2024 | | 2024-02-29; 31-Dec-99 | | 1999-12-31
"""
ERRORS = {
    "missing": "-; —; n/a; N/A; unknown; 未知; #N/A; None; NaT; nicht bekannt; non communiqué; ?",
    "ambiguous": """
        01/05/2024; 10.05.2024; 1/5/24; 13/05/24; 01.02.03; 99-12-31
        May 24; 01-May-24; May 3, 15; May 3-15""",
    "no such": """
        2024-02-30; 2023-02-29; 2024-13; 2024-13-01; 2024-00-10; 13/2024; 31/04/2024; 29/02/2023
        2024/25/05; Feb 29, 2023; 2024年2月30日; 2024年13月; Q5 2024; H3 2024; 12/25/2024 | dmy
        25/12/2024 | mdy; 2024-05-01 25:00; 2024-05-01 10:75; 00/05/2024""",
    "outside 1900-2100": "1899-12-31; 2101; 0000-01-01; 3 Feb 1899; 9999-12-31; 1899年",
    "no year": "May 5; 5 May; 5/3; 12.05; 5月1日; May; 5月",
    "relative": "yesterday; last week; today; 今年5月; 去年; gestern; hier",
    "serial number": "45413; 36526",
    "timestamp": "1714521600; 1714521600000",
    "missing separator": "20240501; 202405",
    "range of years": "2023-2024; 2023/2024",
    "backwards": "June-May 2024; 2024年6月至5月",
    "not understood": """
        spring 2024; before 2024; since 2023; early May 2024; 2024年5月初; 2024?; FY2024; 01May2024
        民国113年; soon; 2024-W05; 7 de mayo de 2024; circa 2024; 2024_05_01; $5m""",
    "no": """
        2024-0501; 2024-123; 3-5 May 2024; May 3 - 5, 2024; 12/2024/05; 12345678901
        2024/05 - 3/05/2024""",
}


def cases(table: str) -> list[tuple[str, ...]]:
    """Cases of `text | expected ...`, parted by `;` or lines."""
    parts = (part for line in table.strip().splitlines() for part in line.split("; "))
    return [tuple(cell.strip() for cell in part.split("|")) for part in parts]


def months(first: str, last: str, precision: Precision, year: int = 2024) -> Span:
    after = date(year + int(last) // 12, int(last) % 12 + 1, 1)
    return Span(date(year, int(first), 1), after - timedelta(1), precision)


@pytest.mark.parametrize("text", [text for (text,) in cases(DAYS)])
def test_day(text: str) -> None:
    assert parse_date(text) == Span(date(2024, 5, 1), date(2024, 5, 1), "day")


@pytest.mark.parametrize(("text", "first", "last"), cases(MONTHS))
def test_months(text: str, first: str, last: str) -> None:
    assert parse_date(text) == months(first, last, "month")


@pytest.mark.parametrize(
    "text", ["Nov 2023 - Jan 2024", "2023年11月至2024年1月", "2023-11 to 2024-01"]
)
def test_months_across_a_year(text: str) -> None:
    assert parse_date(text) == Span(date(2023, 11, 1), date(2024, 1, 31), "month")


@pytest.mark.parametrize(("text", "first", "last", "precision"), cases(PARTS))
def test_part_of_a_year(text: str, first: str, last: str, precision: Precision) -> None:
    assert parse_date(text) == months(first, last, precision)


@pytest.mark.parametrize(("text", "order", "expected"), cases(HINTED))
def test_order(text: str, order: Order | None, expected: str) -> None:
    day = date.fromisoformat(expected)
    assert parse_date(text, order or None) == Span(day, day, "day")


@pytest.mark.parametrize(
    ("reason", "text", "order"),
    [
        (reason, text, order[0] if order else None)
        for reason, table in ERRORS.items()
        for text, *order in [*cases(table), *([("",), ("  ",)] if reason == "missing" else [])]
    ],
)
def test_error(reason: str, text: str, order: Order | None) -> None:
    with pytest.raises(ValueError) as error:
        parse_date(text, order)
    assert reason in str(error.value)


@given(
    st.text()
    | st.lists(st.sampled_from([*"0123456789-/. ':年月日季Qhpmt至", "May "])).map("".join),
    st.sampled_from([None, "dmy", "mdy"]),
)
def test_any_text_is_a_span_or_a_value_error(text: str, order: Order | None) -> None:
    try:
        span = parse_date(text, order)
    except ValueError as error:
        assert str(error)
        return
    assert date(1900, 1, 1) <= span.first <= span.last <= date(2100, 12, 31)
    assert (span.precision == "day") == (span.first == span.last)


FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%Y年%m月%d日", "%Y.%m.%d"]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from(FORMATS))
def test_a_formatted_day_reads_back(day: date, form: str) -> None:
    assert parse_date(day.strftime(form)) == Span(day, day, "day")


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.sampled_from("/-."))
def test_an_order_decides_every_day(day: date, sep: str) -> None:
    assert parse_date(day.strftime(f"%d{sep}%m{sep}%Y"), "dmy").first == day
    assert parse_date(day.strftime(f"%m{sep}%d{sep}%Y"), "mdy").first == day


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_without_an_order_a_reading_is_the_only_one(day: date) -> None:
    text = day.strftime("%d/%m/%Y")
    if day.day > 12 or day.day == day.month:
        assert parse_date(text).first == day
    else:
        with pytest.raises(ValueError, match="ambiguous"):
            parse_date(text)
