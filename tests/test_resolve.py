"""Accounts to rounds: which meet, what they then say, and what is disputed."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whofunds import Participant, Round, Startup
from whofunds.checking import Checker, Rejected
from whofunds.model import StoredRecord
from whofunds.projection import project_unit


def account(id_: str, investors: str = "", **fields: Any) -> Round:
    """An account of a round of one company; `investors` by id, a leader with a star."""
    named = [Participant(investor=i.strip("*"), lead=i.endswith("*")) for i in investors.split()]
    start: dict[str, Any] = {"company": "acme", "report": f"https://example.org/{id_}"}
    return Round(id=id_, participants=named, **{**start, **fields})


def stored(*records: object) -> list[StoredRecord]:
    rejects: list[Rejected] = []
    checker = Checker("s", rejects.append)
    done = [r for record in records if (r := checker.check(record))]
    checker.close()
    assert rejects == []
    return sorted(done, key=lambda r: r.key)


def rounds(*accounts: Round) -> list[dict[str, Any]]:
    """The rounds of the company, as nodes."""
    records = stored(Startup(id="acme", name="Acme"), *accounts)
    known = {"startup:acme", *(u for r in records for u in r.units if u.startswith("investor:"))}
    rows = project_unit("startup:acme", records, known)
    found = [{"id": id_, **properties} for id_, properties in rows.nodes.get("FundingRound", [])]
    for one in found:
        one["members"] = sorted(
            start for start, end, _ in rows.edges.get(("INVESTED_IN", "Investor"), ())
            if end == one["id"]
        )  # fmt: skip
    return sorted(found, key=lambda r: r["id"])


def ids(found: list[dict[str, Any]]) -> list[list[str]]:
    return [[key.removeprefix("s:") for key in r["accounts"]] for r in found]


A: dict[str, Any] = {"announced": "2024-03-04", "stage": "A", "amount": ("100000000", "USD", "")}


@pytest.mark.parametrize(
    "other",
    [
        {"announced": "2024-03", "stage": "Series A", "amount": ""},
        {"announced": "2024-03-12", "stage": "A轮融资", "amount": ("100000000", "USD", "about")},
        {"announced": "2024-03-12", "stage": "战略投资", "amount": ("100000000", "USD", "")},
        {"announced": "2024-03-05", "stage": "", "amount": ("719000000", "CNY", "")},
        {"announced": "2024", "stage": "Ａ轮", "amount": ("80000000", "USD", "")},
        {"announced": "2020-01-01", "doubt": ["date"], "stage": "A", "amount": ""},
        {"announced": "2024-03-04", "stage": "B", "doubt": ["stage"], "amount": A["amount"]},
    ],
)
def test_one_financing_told_in_two_ways(other: dict[str, Any]) -> None:
    assert ids(rounds(account("1", "north*", **A), account("2", "north", **other))) == [["1", "2"]]


@pytest.mark.parametrize(
    "other",
    [
        {"announced": "2024-03-04", "stage": "B", "amount": ("300000000", "USD", "")},
        {"announced": "2024-09-04", "stage": "A", "amount": A["amount"]},
        {"announced": "2024-03-04", "stage": "A+", "amount": ("150000000", "USD", "")},
        {**A, "status": "talks"},
        {**A, "instrument": "secondary"},
        {**A, "listing": "ipo"},
        {"announced": "2024-04-15", "stage": "", "amount": ("100000000", "CNY", "")},
    ],
)
def test_two_financings_stay_apart(other: dict[str, Any]) -> None:
    found = rounds(account("1", "north*", **A), account("2", "south*", **other))
    assert ids(found) == [["1"], ["2"]]


def test_talks_of_one_deal_meet_though_their_terms_change() -> None:
    found = rounds(
        account("1", status="talks", announced="2026-04-20", amount=("300000000", "USD", "")),
        account("2", status="talks", announced="2026-05-06", valuation=("45000000000", "USD", "")),
        account("3", status="talks", announced="2025-01-06"),
    )
    assert ids(found) == [["1", "2"], ["3"]]
    assert found[0]["announced"] == "2026-04-20"
    assert found[0]["status"] == "talks"


def test_a_ticket_inside_a_sum_adds_nothing() -> None:
    ticket: dict[str, Any] = {
        "announced": "2024-02",
        "amount": ("30000000", "USD", ""),
        "inside": "1",
    }
    (found,) = rounds(account("1", **A), account("2", "north", **ticket))
    assert (found["amount_min"], found["amount_max"], found["disputed"]) == (1e8, 1e8, [])
    assert found["members"] == ["north"]


def test_money_paid_under_a_promise_is_not_hidden_in_it() -> None:
    promise: dict[str, Any] = {"announced": "2023-09", "amount": ("4000000000", "USD", "")}
    paid: dict[str, Any] = {
        "announced": "2024-03-27",
        "amount": ("2750000000", "USD", ""),
        "inside": "1",
    }
    found = rounds(account("1", **promise, instrument="commitment"), account("2", **paid))
    assert [(r["instrument"], r["amount_min"]) for r in found] == [
        ("commitment", 4e9),
        ("equity", 2.75e9),
    ]


def test_accounts_inside_each_other_lose_no_money() -> None:
    found = rounds(account("1", **A, inside="2"), account("2", **A, inside="1"))
    assert [(r["status"], r["amount_min"]) for r in found] == [("closed", 1e8)]


@pytest.mark.parametrize(
    ("sums", "bounds", "disputed"),
    [
        ([("100", "over"), ("100", "")], (100, None), []),
        ([("100", "nearly"), ("100", "")], (None, 100), []),
        ([("4300", "over"), ("4350", "")], (4350, 4350), []),
        ([("200..999", "range"), ("400", "")], (400, 400), []),
        ([("450", ""), ("460", "")], (450, 460), ["amount"]),
        ([("100", ""), ("100", ""), ("800", "")], (100, 800), ["amount"]),
        ([("", ""), ("400", "about")], (400, 400), []),
        ([("", ""), ("", "")], (None, None), []),
    ],
)
def test_what_accounts_say_of_a_sum(
    sums: list[tuple[str, str]], bounds: tuple[float | None, float | None], disputed: list[str]
) -> None:
    million = [("..".join(f"{f}000000" for f in x.split("..")) if x else "", q) for x, q in sums]
    told = [
        account(str(i), "north", announced="2024-03-04", stage="A", amount=(figure, "USD", word))
        for i, (figure, word) in enumerate(million)
    ]
    (found,) = rounds(*told)
    expected = tuple(b * 1_000_000 if b is not None else None for b in bounds)
    assert (found["amount_min"], found["amount_max"]) == expected
    assert found["disputed"] == disputed


def test_a_slip_of_units_sets_no_value_and_is_disputed() -> None:
    wrong: dict[str, Any] = {**A, "amount": ("1000000000", "USD", ""), "doubt": ["amount"]}
    (found,) = rounds(account("1", **A), account("2", **wrong))
    assert (found["amount_min"], found["disputed"]) == (1e8, ["amount"])


def test_a_doubted_list_brings_no_member_and_a_shorter_one_no_dispute() -> None:
    (found,) = rounds(
        account("1", "north* south", **A),
        account("2", "north", **A),
        account("3", "north moon", **A, doubt=["members"]),
    )
    assert (found["members"], found["disputed"]) == (["north", "south"], ["members"])
    (found,) = rounds(account("1", "north* south", **A), account("2", "north", **A))
    assert found["disputed"] == []


def test_different_leads_are_disputed_and_a_figure_in_two_currencies_too() -> None:
    euros: dict[str, Any] = {**A, "amount": ("100000000", "EUR", "")}
    (found,) = rounds(
        account("1", "north* south", **A),
        account("2", "north south*", **euros, conflicts=["currency"]),
    )
    assert (found["currency"], found["disputed"]) == ("USD", ["currency", "lead"])


def test_a_valuation_alone_goes_to_the_one_round_of_its_time() -> None:
    worth: dict[str, Any] = {"announced": "2024-03", "valuation": ("900000000", "USD", "")}
    found = rounds(account("1", "north", **A), account("2", **worth), account("3", **worth))
    assert ids(found) == [["1", "2", "3"]]
    b: dict[str, Any] = {"announced": "2024-03-20", "stage": "B", "amount": ("5", "USD", "")}
    found = rounds(account("1", **A), account("2", **b), account("3", **worth))
    assert ids(found) == [["1"], ["2"], ["3"]]


def test_what_a_source_says_of_its_own_accounts_by_their_events() -> None:
    # Alike in all, but two for the source; unlike in all, but one.
    found = rounds(account("1", event="x", **A), account("2", event="y", **A))
    assert ids(found) == [["1"], ["2"]]
    b: dict[str, Any] = {"announced": "2025-01-20", "stage": "B"}
    (found_one,) = rounds(account("1", event="x", **A), account("2", event="x", **b))
    assert found_one["disputed"] == ["date", "stage"]
    # An account without an event goes to one of them, and never makes them one.
    found = rounds(account("1", event="x", **A), account("2", event="y", **A), account("3", **A))
    assert ids(found) == [["1", "3"], ["2"]]


@st.composite
def accounts(draw: st.DrawFn) -> list[Round]:
    made = []
    for i in range(draw(st.integers(1, 6))):
        figure = draw(st.sampled_from(["", "100000000", "101000000", "300000000", "1000000000"]))
        made.append(
            account(
                str(i),
                draw(st.sampled_from(["", "north*", "north south", "moon"])),
                announced=draw(
                    st.sampled_from(["", "2024", "2024-03", "2024-03-04", "2024-04-20"])
                ),
                stage=draw(st.sampled_from(["", "A", "A+", "B", "strategic"])),
                amount=(figure, draw(st.sampled_from(["USD", "CNY"])), ""),
                status=draw(st.sampled_from(["closed", "closed", "talks"])),
                inside=draw(st.sampled_from(["", "", "", *(k for k in ("0", "5") if k != str(i))])),
                doubt=draw(st.sampled_from([[], [], ["amount"], ["date"]])),
                event=draw(st.sampled_from(["", "", "", "x", "y"])),
            )
        )
    return made


@given(accounts(), st.randoms(use_true_random=False))
def test_resolution_is_a_function_of_the_set_of_accounts(told: list[Round], random: Any) -> None:
    shuffled = list(told)
    random.shuffle(shuffled)
    found = rounds(*told)
    assert rounds(*shuffled) == found
    assert sorted(key for r in found for key in r["accounts"]) == sorted(f"s:{a.id}" for a in told)
    for one in found:
        low, high = one["amount_min"], one["amount_max"]
        assert low is None or high is None or low <= high
        statuses = {a.status for a in told if f"s:{a.id}" in one["accounts"]}
        assert len(statuses) == 1
        events = {a.event for a in told if f"s:{a.id}" in one["accounts"]}
        assert len(events - {""}) <= 1
