"""What each convention makes of a text about a date."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.truth.figures import labels

from whofunds.dates import Order, Span, parse_date


@pytest.mark.parametrize(
    ("text", "order", "reason"),
    [(r["text"], r["order"], r["error"]) for r in labels("dates") if len(r["error"]) > 1],
)
def test_an_error_says_why(text: str, order: Order, reason: str) -> None:
    with pytest.raises(ValueError) as error:
        parse_date(text, order or None)
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
