// title = "Rounds that may be counted twice"
// question = "Which closed rounds without a stage or an investor are near another of the same company that may be the same, the largest first?"
// tags = ["checks", "quality"]
// params.days = {type = "integer", default = 45, help = "days between the two, at most"}
// columns.kind = {meaning = "what it is about: round"}
// columns.id = {meaning = "its id"}
// columns.name = {meaning = "its name"}
// columns.detail = {meaning = "the other round, whose sum doesn't contradict its own; `whofunds decide join` makes them one"}
// columns.reports = {meaning = "addresses of the reports that state either"}
MATCH (c:Startup)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND r.listing = 'private' AND r.instrument IN ['equity', 'debt', 'mixed']
  AND coalesce(r.stage, '') = '' AND COUNT { (:Investor)-[:INVESTED_IN]->(r) } = 0
MATCH (c)<-[:FUNDS]-(o:FundingRound)
WHERE o.id <> r.id AND o.status = 'closed' AND o.listing = 'private' AND o.instrument = r.instrument
  AND o.precision <> 'year' AND r.precision <> 'year'
  AND date(o.announced_first) <= date(r.announced_last) + duration({days: $days})
  AND date(r.announced_first) <= date(o.announced_last) + duration({days: $days})
  AND coalesce(r.amount_min_usd <= 1.05 * o.amount_max_usd, true)
  AND coalesce(o.amount_min_usd <= 1.05 * r.amount_max_usd, true)
UNWIND [(p:Report)-[:STATES]->(r) | p.url] + [(p:Report)-[:STATES]->(o) | p.url] AS url
WITH r, o, url
ORDER BY url
WITH r, o, collect(DISTINCT url) AS reports
RETURN 'round' AS kind, r.id AS id, r.name AS name, 'may be ' + o.id + ', ' + o.name AS detail, reports
ORDER BY coalesce(r.amount_min_usd, 0) DESC, id, detail
