// title = "City funds and where they go"
// question = "Which companies do each city's funds fund, are these in the same city, and which of their own cheques are published?"
// tags = ["cities", "funds", "conditions"]
// related = ["cities/same-city", "cities/local-conditions", "paths/from-government"]
// examples = ["whofunds query cities/city-funds", "whofunds query cities/city-funds as_of=2024"]
// params.as_of = {type = "date", default = "9999-12-31", help = "count what had certainly happened by this day"}
// params.currency = {type = "currency", default = "CNY", help = "currency of the cheques"}
// columns.city = {meaning = "the city that the fund acts for, itself or through what it is part of; empty where no report says", table = "never"}
// columns.city_name = {meaning = "its name"}
// columns.fund = {meaning = "investor that was a city fund at the round's date", table = "never"}
// columns.fund_name = {meaning = "its name"}
// columns.company = {meaning = "company", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.seats = {meaning = "the company's seats at the rounds' dates, by name"}
// columns.rounds = {meaning = "closed rounds with money to the company that the fund took part in", unit = "rounds"}
// columns.same_city = {meaning = "of these, rounds when the company's seat was in the fund's city", unit = "rounds"}
// columns.other_city = {meaning = "of these, rounds when it was in another", unit = "rounds"}
// columns.unclear = {meaning = "of these, rounds when the fund's city or the company's seat isn't certain", unit = "rounds", table = "filled"}
// columns.conditions = {meaning = "what reports published by as_of say the money required or came with (required, came-with, use-of-money, motive); a same city says nothing of that, nor does this of the seat", table = "filled"}
// columns.cheques = {meaning = "of the rounds, those whose own cheque of the fund is published; a round's amount is not a cheque, and unpublished is not zero", unit = "rounds"}
// columns.cheque_min = {meaning = "sum of the published cheques, at least; empty where no minimum is known", unit = "currency", table = "filled"}
// columns.cheque_max = {meaning = "sum of the published cheques, at most; empty where one of them has no upper bound", unit = "currency", table = "filled"}
// columns.unconverted = {meaning = "published cheques that can't be converted", unit = "rounds", table = "filled"}
// columns.first = {meaning = "first day on which the earliest may have been announced", unit = "day"}
// columns.last = {meaning = "last day on which the latest may have been announced", unit = "day"}
// columns.disputed = {meaning = "of the rounds, those where its part is disputed or whose accounts differ", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "rounds left out: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on its taking part and on conditions"}
MATCH (s:CapitalSource {id: 'city-fund'})<-[k:IS_A]-(i:Investor)-[v:INVESTED_IN]->(r:FundingRound)-[:FUNDS]->(c:Startup)
WHERE r.status = 'closed' AND r.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(r.announced_first, '') <= $as_of
  AND coalesce(k.since, '') <= coalesce(r.announced_last, '9999-12-31')
  AND coalesce(k.until, '9999-12-31') >= coalesce(r.announced_first, '')
WITH DISTINCT i, v, r, c,
  coalesce(r.announced_first, '') AS first, coalesce(r.announced_last, '9999-12-31') AS last
OPTIONAL MATCH up = (i)-[:PART_OF*0..8]->(:Investor)-[:ACTS_FOR]->(t:City)
WHERE all(x IN relationships(up) WHERE
  coalesce(x.since, '') <= last AND coalesce(x.until, '9999-12-31') >= first)
WITH i, v, r, c, first, last, t, min(length(up)) AS steps
ORDER BY steps, t.id
WITH i, v, r, c, first, last, collect(t) AS cities
WITH i, v, r, c, first, last, cities[0] AS t
OPTIONAL MATCH (c)-[b:BASED_IN]->(h:City)
WHERE coalesce(b.since, '') <= last AND coalesce(b.until, '9999-12-31') >= first
WITH i, v, r, c, t, last, collect(DISTINCT h.name) AS homes,
  count(DISTINCT h.id) AS seats, count(DISTINCT CASE WHEN h.id = t.id THEN h.id END) AS here
WITH i, v, r, c, t, homes, last <= $as_of AS counts,
  coalesce(v.amount_min, v.amount_max, v.amount_stated) AS own,
  v['amount_min_' + toLower($currency)] AS low,
  v['amount_stated_' + toLower($currency)] AS said,
  v['amount_max_' + toLower($currency)] AS high,
  CASE WHEN t IS NULL OR seats = 0 THEN 'unclear' WHEN here = seats THEN 'same'
    WHEN here = 0 THEN 'other' ELSE 'unclear' END AS where_
WITH i, c, t,
  count(DISTINCT CASE WHEN counts THEN r.id END) AS rounds,
  count(DISTINCT CASE WHEN counts AND where_ = 'same' THEN r.id END) AS same_city,
  count(DISTINCT CASE WHEN counts AND where_ = 'other' THEN r.id END) AS other_city,
  count(DISTINCT CASE WHEN counts AND where_ = 'unclear' THEN r.id END) AS unclear,
  count(CASE WHEN counts THEN own END) AS cheques,
  count(CASE WHEN counts THEN low END) AS lows, sum(CASE WHEN counts THEN low END) AS floor,
  count(CASE WHEN counts THEN high END) AS highs, sum(CASE WHEN counts THEN high END) AS ceiling,
  count(CASE WHEN counts AND own IS NOT NULL AND coalesce(low, high, said) IS NULL THEN 1 END) AS unconverted,
  min(CASE WHEN counts THEN r.announced_first END) AS first,
  max(CASE WHEN counts THEN r.announced_last END) AS last,
  count(DISTINCT CASE WHEN counts AND (v.disputed OR size(coalesce(r.disputed, [])) > 0) THEN r.id END) AS disputed,
  count(DISTINCT CASE WHEN NOT counts THEN r.id END) AS possible,
  collect(coalesce(v.reports, [])) AS lists, collect(homes) AS towns
OPTIONAL MATCH (i)-[q:SET_CONDITION]->(c)
WHERE coalesce(q.published_on, '9999-12-31') <= $as_of
WITH i, c, t, rounds, same_city, other_city, unclear, cheques, lows,
  floor, highs, ceiling, unconverted, first, last, disputed, possible, lists, towns, q
ORDER BY q.kind
WITH i, c, t, rounds, same_city, other_city, unclear, cheques, lows,
  floor, highs, ceiling, unconverted, first, last, disputed, possible, lists, towns,
  collect(DISTINCT q.kind) AS conditions, collect(DISTINCT q.report) AS said
WITH i, c, t, rounds, same_city, other_city, unclear, cheques, lows,
  floor, highs, ceiling, unconverted, first, last, disputed, possible, conditions,
  reduce(found = said, one IN lists | found + one) AS urls,
  reduce(found = [], one IN towns | found + one) AS homes
UNWIND CASE WHEN size(homes) = 0 THEN [null] ELSE homes END AS home
WITH i, c, t, rounds, same_city, other_city, unclear, cheques, lows,
  floor, highs, ceiling, unconverted, first, last, disputed, possible, conditions, urls, home
ORDER BY home
WITH i, c, t, rounds, same_city, other_city, unclear, cheques, lows,
  floor, highs, ceiling, unconverted, first, last, disputed, possible, conditions, urls,
  collect(DISTINCT home) AS seats
UNWIND CASE WHEN size(urls) = 0 THEN [null] ELSE urls END AS url
WITH i, c, t, rounds, same_city, other_city, unclear, cheques, lows,
  floor, highs, ceiling, unconverted, first, last, disputed, possible, conditions, seats, url
ORDER BY url
WITH i, c, t, rounds, same_city, other_city, unclear, cheques, lows,
  floor, highs, ceiling, unconverted, first, last, disputed, possible, conditions, seats,
  collect(DISTINCT url) AS reports
RETURN t.id AS city, t.name AS city_name, i.id AS fund, i.name AS fund_name,
  c.id AS company, c.name AS company_name, seats, rounds, same_city, other_city, unclear,
  conditions, cheques, CASE WHEN lows > 0 THEN floor END AS cheque_min,
  CASE WHEN highs > 0 AND highs = cheques THEN ceiling END AS cheque_max, unconverted, first, last, disputed, possible, reports
ORDER BY city, fund, company
