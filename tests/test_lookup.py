"""Names to entities: spellings, slips of typing, former ids, and the index that holds them."""

import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC
from tests.support import FACTS, load_records
from tests.truth.figures import labels

from whofunds import City, Graph, Investor, Startup, graph, loading, lookup
from whofunds.errors import NameNotFound
from whofunds.index import Entity
from whofunds.lookup import KINDS, Names

KIND = {"company": "startup", "investor": "investor", "city": "city"}
MADE: dict[str, list[Entity]] = {
    "startup": [
        ("helionics", "Helionics", ["Helionics", "Helionics Robotics GmbH", "赫利机器人"], [], []),
        ("brightwater", "Brightwater Labs", ["Brightwater Labs"], ["bright-water", "bw"], []),
        ("tarnow", "Tarnow", ["Tarnow"], [], []),
    ],
    "investor": [
        ("fenwick", "Fenwick Capital", ["Fenwick Capital", "芬维克资本"], [], []),
        ("osterland", "Osterland Ventures", ["Osterland Ventures", "Ost"], ["bw"], []),
        ("twin-a", "Twin A", ["Twin A", "Twin Partners"], [], []),
        ("twin-b", "Twin B", ["Twin B", "Twin Partners"], [], []),
    ],
    "city": [("lunden", "Lunden", ["Lunden"], [], [])],
}


def made(kind: str) -> list[Entity]:
    return MADE[kind]


@cache
def shipped() -> dict[str, list[Entity]]:
    """The entities of the shipped facts."""
    found: dict[str, list[Entity]] = {kind: [] for kind in KINDS}
    kinds = ((Startup, "startup"), (Investor, "investor"), (City, "city"))
    for record in loading.run(loading.find_loader("ai-funding"), FACTS):
        for type_, kind in kinds:
            if isinstance(record, type_):
                names = [name for name in (record.name, *record.names) if name]
                found[kind].append((record.id, record.name, names, [], []))
    return found


@cache
def shipped_names() -> Names:
    return Names(shipped().__getitem__)


SHIPPED = [
    (kind, id_, name) for kind in KINDS for id_, _, names, _, _ in shipped()[kind] for name in names
]
WIDE = {c: c + 0xFEE0 for c in range(0x21, 0x7F)}


@st.composite
def spellings(draw: st.DrawFn) -> tuple[str, str, str]:
    """A kind, an id, and one of its names in another case, width, script, spacing or form."""
    kind, id_, name = draw(st.sampled_from(SHIPPED))
    changes = (
        str.upper,
        str.lower,
        str.title,
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.translate(WIDE),
        lambda text: text.replace(" ", "  "),
        lambda text: f"\u200b {text}\u00a0",
        lambda text: text.replace(" ", "-"),
        OpenCC("s2t").convert,
        lambda text: f"{text}有限公司" if text[-1] > "\u3400" else f"{text}, Ltd.",
    )
    for change in draw(st.lists(st.sampled_from(changes), max_size=3)):
        name = change(name)
    return kind, id_, name


@settings(deadline=None)  # the first look-up makes the index
@given(spellings())
def test_a_name_is_found_however_it_is_spelt(spelling: tuple[str, str, str]) -> None:
    kind, id_, name = spelling
    verdict, found = shipped_names().verdict(name, (kind,))
    assert verdict != "none"
    assert id_ in [match.id for match in found]
    assert all(match.score == 100 for match in found)


@settings(deadline=None)
@given(st.sampled_from(SHIPPED), st.data())
def test_what_is_certain_of_a_name_with_a_letter_changed_is_that_name(
    of: tuple[str, str, str], data: st.DataObject
) -> None:
    kind, id_, name = of
    i = data.draw(st.integers(0, len(name) - 1))
    letter = data.draw(st.sampled_from(["", name[i] * 2, "e", "n", "z", name[i : i + 2][::-1]]))
    verdict, found = shipped_names().verdict(name[:i] + letter + name[i + len(letter) :], (kind,))
    exact = {match.id for match in found if match.score == 100}
    assert verdict != "match" or exact or found[0].id == id_


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("Helionisc", "helionics"),  # two letters swapped
        ("Helinics", "helionics"),  # one missed
        ("Hellionics", "helionics"),  # one twice
        ("Heliomics", "helionics"),  # the key beside it
        ("Heliogics", "helionics"),  # any other letter in a long word
        ("Tarpow", None),  # in a short one
        ("Jelionics", None),  # the first
        ("Helionicsa", None),  # one more at the end makes another name
        ("Helionics Rboottics", None),  # two side by side
        ("Heliomics Robotcis", "helionics"),  # one in each of two words
        ("Bright water Lbas", "brightwater"),  # in a word that tells little
        ("Brightwater Labor", None),
        ("Bridgewater Labs", None),
        ("Tarnwo", "tarnow"),
        ("Tarno", None),  # short
        ("Fenwikc Capital", "fenwick"),
        ("Fenwick Captial", "fenwick"),
        ("Fenwich Capital", None),
        ("Fenwick Capitals", "fenwick"),
        ("Fenwick", None),
        ("Fenwick Ventures", None),
        ("芬维可资本", "fenwick"),  # a character of the same sound
        ("芬维资本", None),
        ("芬维", None),
        ("赫力机器人", "helionics"),
        ("fenweike ziben", "fenwick"),
        ("fen1 wei2 ke4 zi1 ben3", "fenwick"),
        ("fenweike zibne", "fenwick"),
        ("fenweika ziben", None),  # other syllables
        ("Osterland Venture", "osterland"),
        ("Osterlands Ventures", None),
        ("Ots", None),
        ("Lundne", "lunden"),
        ("London", None),
        ("", None),
        ("\ud800", None),
    ],
)
def test_slips_of_typing(text: str, id_: str | None) -> None:
    verdict, found = Names(made).verdict(text)
    assert (
        (verdict, [match.id for match in found]) == ("match", [id_]) if id_ else (verdict == "none")
    )


def test_a_name_of_several_is_ambiguous_with_a_slip_too() -> None:
    for text in ("Twin Partners", "Twin Partnres"):
        verdict, found = Names(made).verdict(text)
        assert (verdict, [match.id for match in found]) == ("ambiguous", ["twin-a", "twin-b"])


def test_a_former_id_is_the_entitys() -> None:
    names = Names(made)
    assert names.id_of("startup", "bright-water") == "brightwater"
    assert names.id_of("entity", "startup:bright-water") == "brightwater"
    assert [match.id for match in names.certain("bright-water")] == ["brightwater"]
    assert names.verdict("bright-water")[0] == "match"
    assert names.id_of("investor", "bw") == "osterland"
    with pytest.raises(NameNotFound, match="is the name of several: startup:brightwater"):
        names.id_of("entity", "bw")


def test_a_parameter_takes_no_slip() -> None:
    with pytest.raises(NameNotFound, match="nearest names: helionics") as caught:
        Names(made).id_of("startup", "Helionisc")
    assert caught.value.candidates[0] == ("helionics", "Helionics")


def answers(names: Names) -> list[object]:
    """What comes out for every text of the labels."""
    asked = [(row["query"], KIND[row["kind"]]) for row in labels("lookups")]
    return [(names.verdict(text, (kind,)), names.near(text)) for text, kind in asked]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "derived" / "names.sqlite"


def test_an_index_that_is_kept_answers_as_one_that_is_not(file: Path) -> None:
    asked = 0

    def entities(kind: str) -> Iterable[Entity]:
        nonlocal asked
        asked += 1
        return shipped()[kind]

    wanted = answers(shipped_names())
    assert answers(Names(entities, file, lambda: "1")) == wanted
    assert answers(Names(entities, file, lambda: "1")) == wanted
    assert asked == len(KINDS)
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_another_revision_is_another_index(file: Path) -> None:
    Names(made, file, lambda: "1").make()
    assert Names(shipped().__getitem__, file, lambda: "1").verdict("Tarnow")[0] == "match"
    assert Names(shipped().__getitem__, file, lambda: "2").verdict("Tarnow")[0] == "none"
    assert Names(lambda kind: [], file, lambda: "2").verdict("Moonshot AI")[0] == "match"


@pytest.mark.parametrize("damage", ["empty", "cut", "text", "pages", "tables"])
def test_a_damaged_index_is_made_again(file: Path, damage: str) -> None:
    Names(made, file, lambda: "1").make()
    held = file.read_bytes()
    if damage == "tables":
        with sqlite3.connect(file) as db:
            db.execute("DROP TABLE form")
        db.close()
    else:
        middle = held[:4096] + b"\xff" * (len(held) - 4096)
        by = {"empty": b"", "cut": held[: len(held) // 2], "text": b"names\n" * 999}
        file.write_bytes(by.get(damage, middle))
    for text in ("Tarnow", "Tarnwo", "tarnow", "Nobody at all"):
        names = Names(made, file, lambda: "1")
        assert names.verdict(text) == Names(made).verdict(text)
        assert names.near("Tarnou") == Names(made).near("Tarnou")
    assert file.read_bytes() == held


def test_an_index_that_can_not_be_kept(tmp_path: Path) -> None:
    (tmp_path / "derived").touch()
    names = Names(made, tmp_path / "derived" / "names.sqlite", lambda: "1")
    names.make()
    assert names.verdict("Tarnwo")[0] == "match"


def test_what_changes_while_it_is_read_is_not_kept(file: Path) -> None:
    revisions = iter(map(str, range(99)))
    names = Names(made, file, lambda: next(revisions))
    assert names.verdict("Tarnwo")[0] == "match"
    assert not file.exists()


def test_many_make_the_index_at_once(file: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: Names(made, file, lambda: "1").verdict("Tarnwo"), range(8)))
    assert {verdict for verdict, _ in found} == {"match"}
    assert [path.name for path in file.parent.iterdir()] == [file.name]


# on every store


@pytest.fixture
def held(address: str) -> Iterator[Graph]:
    with graph.open(address) as opened:
        yield opened


def company(id_: str, *names: str) -> Startup:
    return Startup(id=id_, name=id_.title(), names=names)


def test_names_are_those_of_the_store_as_it_is(held: Graph, address: str) -> None:
    load_records(held.store, "a", [company("helionics")])
    assert held.find("Helionisc")["verdict"] == "match"
    load_records(held.store, "b", [company("tarnow", "Helionisc")])
    with graph.open(address, read_only=True) as reader:
        assert reader.find("Helionisc")["matches"][0]["id"] == "tarnow"
    assert (held.store.derived / "names.sqlite").is_file()
    held.unload("b")
    assert held.find("Helionisc")["matches"][0]["id"] == "helionics"
    with graph.open(address, read_only=True) as reader:
        assert reader.find("Tarnow")["verdict"] == "none"


def test_names_are_not_kept_while_a_load_is_unfinished(held: Graph) -> None:
    load_records(held.store, "a", [company("helionics")])
    held.store.put_records([], ["startup:helionics"])
    assert held.store.unfinished()
    assert held.find("Helionics")["verdict"] == "match"
    assert not (held.store.derived / "names.sqlite").exists()


def test_names_are_read_page_by_page(held: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "_PAGE", 2)
    ids = ["a", "B", "ab", "a-b", "é", "z", "智", "𠮷", "Z9"]
    load_records(held.store, "a", [company(id_, f"Name of {i}") for i, id_ in enumerate(ids)])
    assert [held.find(f"name of {i}")["matches"][0]["id"] for i in range(len(ids))] == ids


def test_a_merged_entity_is_found_by_its_former_id(held: Graph) -> None:
    load_records(held.store, "a", [company("helionics"), company("heliotech")])
    held.decide("same", "helionics", "heliotech", kind="company")
    for id_ in ("helionics", "heliotech"):
        assert held.find(id_, "company")["matches"][0]["id"] == "helionics"
        assert "'helionics'" in held.console("companies/rounds", company=id_)
