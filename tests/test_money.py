"""What each convention makes of a text about money."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from tests.truth.figures import labels

from whofunds.money import Money, parse_money
from whofunds.schema import QUALIFIERS


def read(text: str) -> tuple[object, ...]:
    m = parse_money(text)
    return m.min, m.max, m.stated, m.currency, m.qualifier


def n(text: str) -> int | float:
    value = Decimal(text.replace("_", ""))
    return int(value) if value == int(value) else float(value)


def rows() -> list[dict[str, str]]:
    return labels("money")


@pytest.mark.parametrize(
    ("text", "reason"), [(r["text"], r["error"]) for r in rows() if len(r["error"]) > 1]
)
def test_an_error_says_why(text: str, reason: str) -> None:
    with pytest.raises(ValueError) as error:
        parse_money(text)
    assert reason in str(error.value)


def test_what_is_stated_is_the_printed_figure() -> None:
    for row in rows():
        if not row["error"] and "vague" not in row["why"]:
            figure = row["max"] if row["qualifier"] == "at_most" else row["min"]
            printed = n(figure) if figure and row["qualifier"] != "range" else None
            assert parse_money(row["text"]).stated == printed, row["text"]
    assert parse_money("超数亿元").stated is None


def test_json_has_one_key_a_field() -> None:
    dumped = TypeAdapter(Money).dump_json(parse_money("over $1bn"))
    assert dumped == (
        b'{"min":1000000000,"max":null,"stated":1000000000,"currency":"USD",'
        b'"qualifier":"at_least","text":"over $1bn"}'
    )


def test_text_is_what_was_printed() -> None:
    assert parse_money(" over $1bn (€0.9bn) ").text == "over $1bn (€0.9bn)"


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (("1000000000", "USD"), (10**9, 10**9, 10**9, "USD", "exact")),
        (("1.5e9", "CNY", "over"), (1_500_000_000, None, 1_500_000_000, "CNY", "at_least")),
        (("1000000", "eur", "nearly"), (None, 10**6, 10**6, "EUR", "at_most")),
        (("1000000", "EUR", "up to"), (None, 10**6, 10**6, "EUR", "at_most")),
        (("1000000", "EUR", "about"), (10**6, 10**6, 10**6, "EUR", "about")),
        (("1000000.5", "EUR", ""), (1000000.5, 1000000.5, 1000000.5, "EUR", "exact")),
        (("200000000..999999999", "CNY"), (200_000_000, 999_999_999, None, "CNY", "range")),
        (("5", "", "at_least"), (5, None, 5, "", "at_least")),
        (("", "USD"), (None, None, None, "", "undisclosed")),
        (("", "USD", "over"), (None, None, None, "", "undisclosed")),
        (("", "", "undisclosed"), (None, None, None, "", "undisclosed")),
    ],
)
def test_columns(columns: tuple[str, ...], expected: tuple[object, ...]) -> None:
    m = Money.of(*columns)
    assert (m.min, m.max, m.stated, m.currency, m.qualifier) == expected


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        (("5", "XXX"), "unknown currency 'XXX'"),
        (("5", "USD", "maybe"), "unknown qualifier 'maybe'"),
        (("-5", "USD"), "negative"),
        (("0", "USD"), "zero"),
        (("five", "USD"), "not a plain number"),
        (("1,000", "USD"), "not a plain number"),
        (("nan", "USD"), "not a plain number"),
        (("9..1", "USD"), "backwards"),
        (("5", "USD", "range"), "two ends"),
        (("1..2", "USD", "over"), "qualifier on a range"),
        (("5", "USD", "undisclosed"), "and a figure"),
        (("1e30", "USD"), "larger"),
    ],
)
def test_columns_that_are_no_sum(columns: tuple[str, ...], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Money.of(*columns)


LETTERS = st.sampled_from(
    [*"0123456789.,-+~ $€¥%()亿万千百十两数几余多元级年约近超kmb", "over ", "to "]
)


@given(st.text() | st.lists(LETTERS, max_size=12).map("".join))
def test_any_text_is_a_sum_or_a_value_error(text: str) -> None:
    try:
        m = parse_money(text)
    except ValueError as error:
        assert str(error)
        return
    assert m.qualifier in QUALIFIERS
    assert len(m.currency) in (0, 3)
    assert (m.qualifier == "undisclosed") == (m.min is None and m.max is None)
    if m.min is not None and m.max is not None:
        assert 0 < m.min <= m.max


UNITS = {
    "k": 10**3, " thousand": 10**3, "m": 10**6, " million": 10**6, "bn": 10**9, " billion": 10**9,
    "万": 10**4, "百万": 10**6, "亿": 10**8, "万亿": 10**12,
}  # fmt: skip
WRITTEN = {"$": "USD", "€": "EUR", "HK$": "HKD", "RMB ": "CNY", "£": "GBP", "SGD ": "SGD", "¥": ""}
WORDS = {
    "": "exact", "about ": "about", "over ": "at_least", "at least ": "at_least",
    "nearly ": "at_most", "超": "at_least", "不到": "at_most", "约": "about",
}  # fmt: skip


@given(
    st.decimals("0.1", "999", places=1),
    st.sampled_from(sorted(UNITS)),
    st.sampled_from(sorted(WRITTEN)),
    st.sampled_from(sorted(WORDS)),
)
def test_a_written_sum_reads_back(figure: Decimal, unit: str, sign: str, word: str) -> None:
    value = n(str(figure * UNITS[unit]))
    least = None if WORDS[word] == "at_most" else value
    most = None if WORDS[word] == "at_least" else value
    expected = (least, most, value, WRITTEN[sign], WORDS[word])
    assert read(f"{word}{sign}{figure}{unit}") == expected


@given(st.integers(10_000, 10**15), st.sampled_from(["USD", "CNY", "JPY"]))
def test_separators_do_not_change_a_sum(value: int, currency: str) -> None:
    texts = (
        f"{value} {currency}",
        f"{value:,} {currency}",
        f"{currency} {value:_}".replace("_", " "),
    )
    assert {read(t) for t in texts} == {(value, value, value, currency, "exact")}


@given(st.integers(1, 99), st.integers(1, 99))
def test_bounds_of_a_range_are_ordered(a: int, b: int) -> None:
    if a <= b:
        assert read(f"${a}-{b} million")[:2] == (a * 10**6, b * 10**6)
    else:
        with pytest.raises(ValueError, match="backwards"):
            parse_money(f"${a}-{b} million")
