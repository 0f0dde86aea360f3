from whofunds import City, Investor, Link, Participant, Report, Round, Startup

KINDS = ("vc", "city-fund", "state-fund", "internet-giant", "corporate", "pe", "unknown")
CITIES = 50


def records(path):
    """Made-up rounds, as many as the file's name says, for measuring (10000.rounds)."""
    rounds = int(path.stem)
    for i in range(CITIES):
        yield City(id=f"city-{i}", name=f"City {i}", country="CN")
    for i in range(max(rounds // 10, 1)):
        yield Investor(id=f"investor-{i}", name=f"Investor {i}", names=[f"投资人{i}"], country="CN")
        yield Link(type="kind", source=f"investor-{i}", target=KINDS[i % len(KINDS)])
        yield Link(type="seat", source=f"investor-{i}", target=f"city-{i % CITIES}")
    for i in range(rounds):
        company = f"company-{i // 4}"
        if i % 4 == 0:
            yield Startup(
                id=company, name=f"Company {i // 4}", names=[f"公司{i // 4}"], country="CN"
            )
            yield Link(type="seat", of="startup", source=company, target=f"city-{i % CITIES}")
        url = f"https://example.org/{i}"
        yield Report(url=url, name=f"Report {i}", published_on=f"{2012 + i % 4 * 3}-06-02")
        yield Round(
            id=f"round-{i}",
            company=company,
            report=url,
            announced=f"{2012 + i % 4 * 3}-06-01",
            stage="ABCD"[i % 4],
            amount=(str((i % 90 + 10) * 1_000_000), "USD", "") if i % 3 else "",
            participants=[
                Participant(investor=f"investor-{(i * 7 + j * 13) % max(rounds // 10, 1)}")
                for j in range(3)
            ],
        )
