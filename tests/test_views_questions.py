"""The README's five questions, each answered on a page by clicks that the page itself suggests.

What is expected is read off the shipped facts by hand; tests/test_readme.py says how.
"""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.conftest import Open
from tests.support import load

from whofunds import Graph
from whofunds.stores.base import Store


@pytest.fixture
def graph(store: Store) -> Graph:
    load(store, "ai-funding")
    return Graph(store)


def suggested(page: Page, question: str) -> None:
    page.locator("#details .hints").get_by_role("button", name=question).click()


def row(page: Page, *words: str) -> str:
    """The row of a query that holds these words, its cells joined."""
    rows = page.locator("#rows tbody tr").evaluate_all(
        "rows => rows.map(r => [...r.cells].map(c => c.textContent.trim()).join(' | '))"
    )
    (found,) = [r for r in rows if all(w in r for w in words)]
    return str(found)


def test_the_five_questions_are_answered_on_their_pages(graph: Graph, open_page: Open) -> None:
    is_20bn_all(open_page(graph.view("ceiling", cohort="llm-2023")))
    which_giants_came_early(open_page(graph.view("capital-map")))
    do_city_funds_pay_outside(open_page(graph.view("city-map")))
    which_kinds_stand_behind_generations(open_page(graph.view("cohorts")))
    how_state_money_reaches_moonshot(open_page(graph.view("path", **BEIJING_TO_MOONSHOT)))
    who_stands_behind_zhipu(open_page(graph.view("capital-map", cohort="llm-2023")))


BEIJING_TO_MOONSHOT = {"from": "Beijing", "to": "月之暗面"}


def is_20bn_all(page: Page) -> None:
    """DeepSeek and Moonshot have passed the line, Shengshu alone is certainly below."""
    picture = page.locator("#ceiling")
    expect(picture).to_contain_text("2 certainly; 1 below; 10 can't be excluded")
    page.locator("#details .list").get_by_role("button", name=re.compile("^DeepSeek")).click()
    expect(page.locator("#details")).to_contain_text("16 Jun 2026")
    suggested_after(page, "Who has passed the line")
    assert "by 2026-06-16" in row(page, "DeepSeek")
    assert "by 2026-05-31" in row(page, "Moonshot AI")
    assert "| below |" in row(page, "Shengshu Technology")


def suggested_after(page: Page, question: str) -> None:
    """A suggestion, once the panel is back at its start."""
    page.keyboard.press("Escape")
    suggested(page, question)


def which_giants_came_early(page: Page) -> None:
    suggested(page, "Which internet giants came early, and what came after?")
    after = row(page, "Tencent |", "MiniMax")
    assert "not named in 4 later rounds (4 of which have a list of investors)" in after
    assert "| followed | 2026-05 |" in row(page, "Long-Z Investments", "Moonshot AI")


def do_city_funds_pay_outside(page: Page) -> None:
    """12 of 39 participations went elsewhere, and of 6 it can't be told."""
    suggested(page, "Do city funds pay outside their city?")
    parts, same, other, unknown = 0, 0, 0, 0
    heads = page.locator("#rows thead th").all_inner_texts()
    for cells in page.locator("#rows tbody tr").evaluate_all(
        "rows => rows.map(r => [...r.cells].map(c => c.textContent.trim()))"
    ):
        held = dict(zip(heads, cells, strict=True))
        parts += int(held["parts"])
        same += int(held["same city"])
        other += int(held["other city"])
        unknown += int(held["no seat"])
    assert (parts, same, other, unknown) == (39, 21, 12, 6)
    assert "| Zhipu AI |" in row(page, "Hangzhou |")


def which_kinds_stand_behind_generations(page: Page) -> None:
    suggested(page, "Which kinds of capital stand behind each generation?")
    assert "| 59 | 192 | 30.7 |" in row(page, "llm-2023", "Venture capital")
    assert "| 14 | 60 | 23.3 |" in row(page, "vision-2015", "Corporate")


def how_state_money_reaches_moonshot(page: Page) -> None:
    chain = (
        "Beijing municipal government",
        "Beijing Artificial Intelligence Industry Investment Fund",
        "May 2026",
        "Moonshot AI",
    )
    steps = page.locator("#steps")
    for name in chain:
        expect(steps).to_contain_text(name)


def who_stands_behind_zhipu(page: Page) -> None:
    page.locator("#details .list").get_by_role("button", name=re.compile("^Zhipu AI")).click()
    panel = page.locator("#details")
    expect(panel).to_contain_text("City fund")
    for name in ("Beijing Artificial Intelligence Industry Investment Fund", "Alibaba Group"):
        expect(panel).to_contain_text(name)
    # 22 closed rounds, 4 of which name no investor.
    expect(panel).to_contain_text("22 rounds")
    expect(panel.get_by_role("button", name="No named investor")).to_contain_text("4 rounds")
