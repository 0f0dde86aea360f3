// title = "Who took part in which closed round"
// question = "Which investors took part in each closed round of each company; a row a round and investor, or a round or a company without any?"
// tags = ["export"]
// params.after = {type = "text", default = "", help = "only companies whose id comes after this one"}
// params.as_of = {type = "date", default = "9999-12-31", help = "leave out what can only have happened after this day"}
// params.page = {type = "integer", default = 1000, help = "how many companies at most"}
// columns.company = {meaning = "company"}
// columns.company_name = {meaning = "its name"}
// columns.stated = {meaning = "rounds that it had by as_of, as the report that counts the most says; empty where none counts", unit = "rounds"}
// columns.round = {meaning = "closed round; empty where none is held"}
// columns.money = {meaning = "whether it brought the company money: equity, debt, mixed, a grant"}
// columns.certain = {meaning = "whether it had certainly closed by as_of"}
// columns.counts = {meaning = "whether it is a private round of equity or debt, which is what reports count"}
// columns.investor = {meaning = "investor; empty where no report names one"}
// columns.investor_name = {meaning = "its name"}
// columns.kinds = {meaning = "its kinds of capital at the round's date"}
// columns.disputed = {meaning = "whether its taking part is disputed"}
// columns.reports = {meaning = "addresses of the reports on its taking part"}
MATCH (s:CapitalSource)
WITH s
ORDER BY s.id
WITH collect(s.id) AS all_kinds
MATCH (c:Startup)
WHERE c.id > $after
WITH all_kinds, c
ORDER BY c.id
LIMIT $page
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(:Report)
WHERE coalesce(t.until_last, '9999-12-31') <= $as_of
WITH all_kinds, c, max(t.rounds) AS stated
OPTIONAL MATCH (c)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND coalesce(r.announced_first, '') <= $as_of
OPTIONAL MATCH (r)<-[v:INVESTED_IN]-(i:Investor)
WITH all_kinds, c, stated, r, v, i,
  [(i)-[k:IS_A]->(s:CapitalSource)
    WHERE coalesce(k.since, '') <= coalesce(r.announced_last, '9999-12-31')
      AND coalesce(k.until, '9999-12-31') >= coalesce(r.announced_first, '') | s.id] AS some
WITH c, stated, r, v, i, [kind IN all_kinds WHERE kind IN some] AS kinds
RETURN c.id AS company, c.name AS company_name, stated, r.id AS round,
  coalesce(r.instrument IN ['equity', 'debt', 'mixed', 'grant'], false) AS money,
  coalesce(r.announced_last, '9999-12-31') <= $as_of AS certain,
  coalesce(r.listing = 'private' AND r.instrument IN ['equity', 'debt', 'mixed'], false) AS counts,
  i.id AS investor, i.name AS investor_name,
  CASE WHEN i IS NOT NULL AND size(kinds) = 0 THEN ['unknown'] ELSE kinds END AS kinds,
  coalesce(v.disputed, false) AS disputed, coalesce(v.reports, []) AS reports
ORDER BY company, round, investor
