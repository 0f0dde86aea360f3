"""Cities of GeoNames, worked out by hand from tests/data, and how they meet those of others."""

from tests.support import load_records, snapshot
from tests.test_loaders_ownership import DATA

from whofunds import City, Graph, Link, Startup
from whofunds.stores.base import Store

FILE = DATA / "geonames" / "cities15000.txt"


def cities(store: Store) -> dict[str, tuple[object, ...]]:
    fields = "n.name, n.names, n.country, n.latitude, n.longitude, n.former"
    rows = store.query(f"MATCH (n:City) RETURN n.id, {fields} ORDER BY n.id").rows
    return {id_: (name, set(names), *rest) for id_, name, names, *rest in rows}


def test_geonames(store: Store) -> None:
    graph = Graph(store)
    outcome = graph.load("geonames", FILE)
    assert [(r.file, r.line, r.column, r.value, r.reason) for r in outcome.rejects] == [
        ("cities15000.txt", 6, "latitude", "95.0", "not from -90 to 90"),
        ("cities15000.txt", 8, "geonameid", "9000008",
         "2 cells instead of 19; is it a GeoNames file?"),
    ]  # fmt: skip
    large: dict[str, tuple[object, ...]] = {
        "geonames:9000001": (
            "Volans", {"Volans", "Volans-sur-Mer", "沃朗斯", '"Volant"'}, "FR", 48.86, 2.34, []),
        "geonames:9000002": ("Volans", {"Volans"}, "FR", 43.3, 5.4, []),
        "geonames:9000003": (
            "Çelikşehir", {"Çelikşehir", "Celiksehir", "Χελικσεχίρ"}, "TR", 41.0, 29.0, []),
    }  # fmt: skip
    assert cities(store) == large
    before = snapshot(store)
    assert graph.load("geonames", FILE).new == 0
    assert snapshot(store) == before
    graph.load("geonames", FILE, min_population=16_000)
    assert cities(store).keys() == large.keys() | {"geonames:9000005"}


def test_a_city_meets_the_one_that_stands_where_it_does(store: Store) -> None:
    graph = Graph(store)
    load_records(
        store,
        "ours",
        [
            City(id="volans", name="Volans", country="FR", latitude="48.80", longitude="2.30"),
            City(id="volans-be", name="Volans", country="BE"),
            City(id="celik", name="Celiksehir", country="TR"),
            Startup(id="acme", name="Acme"),
            Link(type="seat", of="startup", source="acme", target="volans"),
        ],
    )
    graph.load("wikidata", DATA / "wikidata" / "result.json")
    graph.load("geonames", FILE)
    former = {id_: rest[-1] for id_, (_, _, *rest) in cities(store).items()}
    assert former == {
        "celik": ["geonames:9000003"],
        "geonames:9000002": [],
        "volans": ["geonames:9000001", "wikidata:Q900100"],
        "volans-be": [],
    }
    seats = "MATCH (n)-[:BASED_IN]->(c:City) RETURN n.id AS id, c.id ORDER BY id"
    assert store.query(seats).rows == [
        ("acme", "volans"),
        ("wikidata:Q900001", "volans"),
        ("wikidata:Q900002", "volans"),
    ]


def test_a_city_that_may_be_either_of_two_stays_alone(store: Store) -> None:
    load_records(store, "ours", [City(id="volans", name="Volans", country="FR")])
    Graph(store).load("geonames", FILE)
    assert len(cities(store)) == 4


def test_a_part_of_a_city_that_bears_its_name_is_no_third(store: Store) -> None:
    place = {"country": "HK", "latitude": "22.28", "longitude": "114.17"}
    island = {**place, "latitude": "22.26"}
    load_records(store, "ours", [City(id="port", name="Port", **place)])
    load_records(
        store,
        "gazetteer",
        [
            City(id="geonames:1", name="Port", **place),
            City(id="geonames:2", name="Port Island", names=("Port",), **island),
        ],
    )
    assert cities(store)["port"][-1] == ["geonames:1"]
    assert cities(store).keys() == {"port", "geonames:2"}


def test_cities_that_nobody_uses_are_not_reviewed(store: Store) -> None:
    graph = Graph(store)
    twins = [City(id=f"geonames:{n}", name="Volans", country="FR", latitude="4") for n in "12"]
    load_records(store, "gazetteer", twins)
    assert graph.review("city") == []
    pair = graph.compare("geonames:1", "geonames:2", "city")
    assert pair.verdict == "unsure"
    seats = [
        record
        for n in "12"
        for record in (
            Startup(id=f"s{n}", name=f"Acme {n}"),
            Link(type="seat", of="startup", source=f"s{n}", target=f"geonames:{n}"),
        )
    ]
    load_records(store, "ours", seats)
    assert [(p.a, p.b) for p in Graph(store).review("city")] == [("geonames:1", "geonames:2")]
