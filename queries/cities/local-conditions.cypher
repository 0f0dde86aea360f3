// title = "Local conditions that reports state"
// question = "Where does a report say that an investor's money required, or came with, something local?"
// tags = ["cities", "conditions", "funds"]
// related = ["cities/city-funds", "cities/same-city"]
// examples = ["whofunds query cities/local-conditions", "whofunds query cities/local-conditions as_of=2025-03"]
// params.as_of = {type = "date", default = "9999-12-31", help = "conditions in reports published by this day, and rounds certainly closed by it"}
// columns.city = {meaning = "the city meant", table = "never"}
// columns.city_name = {meaning = "its name"}
// columns.company = {meaning = "company", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.investor = {meaning = "whose money it is", table = "never"}
// columns.investor_name = {meaning = "its name"}
// columns.kind = {meaning = "required: the report says that the money depended on it; came-with, use-of-money, motive: weaker, and no condition"}
// columns.text = {meaning = "what the report says of it"}
// columns.rounds = {meaning = "closed rounds with money to the company in which the investor took part", unit = "rounds"}
// columns.announced = {meaning = "when these were announced, as far as that is known"}
// columns.seats = {meaning = "the company's seats at the dates of these rounds, by name; a seat says nothing of a condition, nor does this of the seat"}
// columns.published_on = {meaning = "when the report was published; empty: not known"}
// columns.disputed = {meaning = "of the rounds, those where its part is disputed or whose accounts differ", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "rounds left out: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.undated = {meaning = "statements left out before a given as_of: their report has no date", unit = "statements", table = "filled"}
// columns.reports = {meaning = "address of the report that states it, and those on its taking part"}
OPTIONAL MATCH (:Investor)-[u:SET_CONDITION]->(:Startup)
WHERE u.published_on IS NULL AND $as_of < '9999-12-31'
WITH count(u) AS undated
MATCH (i:Investor)-[q:SET_CONDITION]->(c:Startup)
WHERE coalesce(q.published_on, '9999-12-31') <= $as_of
WITH undated, i, q, c, coalesce(q.city, '') AS place
OPTIONAL MATCH (t:City {id: place})
OPTIONAL MATCH (i)-[v:INVESTED_IN]->(r:FundingRound)-[:FUNDS]->(c)
WHERE r.status = 'closed' AND r.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(r.announced_first, '') <= $as_of
OPTIONAL MATCH (c)-[b:BASED_IN]->(h:City)
WHERE r IS NOT NULL AND coalesce(b.since, '') <= coalesce(r.announced_last, '9999-12-31')
  AND coalesce(b.until, '9999-12-31') >= coalesce(r.announced_first, '')
WITH undated, i, q, c, t, v, r, h,
  r IS NOT NULL AND coalesce(r.announced_last, '9999-12-31') <= $as_of AS counts
ORDER BY h.name, h.id
WITH undated, i, q, c, t, v, r, counts, collect(DISTINCT CASE WHEN counts THEN h.name END) AS homes
ORDER BY coalesce(r.announced_first, ''), r.id
WITH undated, i, q, c, t,
  count(CASE WHEN counts THEN r.id END) AS rounds,
  collect(CASE WHEN counts THEN coalesce(r.announced, 'undated') END) AS announced,
  count(CASE WHEN counts AND (v.disputed OR size(coalesce(r.disputed, [])) > 0) THEN 1 END) AS disputed,
  count(CASE WHEN NOT counts THEN r.id END) AS possible,
  collect(homes) AS towns,
  collect(CASE WHEN counts THEN coalesce(v.reports, []) ELSE [] END) AS lists
WITH undated, i, q, c, t, rounds, announced, disputed, possible,
  reduce(found = [], one IN towns | found + [x IN one WHERE NOT x IN found]) AS seats,
  reduce(found = CASE WHEN q.report IS NULL THEN [] ELSE [q.report] END, one IN lists | found + one) AS urls
UNWIND CASE WHEN size(urls) = 0 THEN [null] ELSE urls END AS url
WITH undated, i, q, c, t, rounds, announced, disputed, possible, seats, url
ORDER BY url
WITH undated, i, q, c, t, rounds, announced, disputed, possible, seats, collect(DISTINCT url) AS reports
RETURN t.id AS city, t.name AS city_name, c.id AS company, c.name AS company_name,
  i.id AS investor, i.name AS investor_name, q.kind AS kind, q.text AS text, rounds, announced, seats,
  q.published_on AS published_on, disputed, possible, undated, reports
ORDER BY company, CASE kind WHEN 'required' THEN 1 WHEN 'came-with' THEN 2 WHEN 'use-of-money' THEN 3 ELSE 4 END,
  coalesce(t.id, ''), investor, text, published_on, reports
