// title = "Capital sources by company"
// question = "Which kinds of capital fund which companies, in our data, at least?"
// tags = ["capital", "kinds", "companies"]
// related = ["capital/behind-company", "capital/shares-by-company", "capital/companies-of-kind"]
// examples = ["whofunds query capital/sources-by-company cohort=llm-2023", "whofunds query capital/sources-by-company cohort=west as_of=2024-12-31"]
// params.cohort = {type = "cohort", default = "", help = "companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "count what had certainly happened by this day"}
// columns.kind = {meaning = "kind of capital at the round's date; an investor of two kinds counts in both; 'not named' where no report names an investor", table = "never"}
// columns.kind_name = {meaning = "the kind in words"}
// columns.company = {meaning = "company", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.rounds = {meaning = "closed rounds that brought the company money: equity, debt, mixed, grants", unit = "rounds"}
// columns.investors = {meaning = "distinct investors in them", unit = "investors"}
// columns.as_lead = {meaning = "of the rounds, those that one of them led", unit = "rounds", table = "filled"}
// columns.at_listing = {meaning = "of the rounds, those at or after a listing", unit = "rounds", table = "filled"}
// columns.first = {meaning = "first day on which the earliest may have been announced", unit = "day"}
// columns.last = {meaning = "last day on which the latest may have been announced", unit = "day"}
// columns.of_rounds = {meaning = "coverage: closed rounds of all kinds that brought the company money", unit = "rounds", table = "never"}
// columns.rounds_stated = {meaning = "coverage: the most private rounds that any report counts by as_of; empty where none counts them", unit = "rounds", table = "filled"}
// columns.rounds_held = {meaning = "coverage: of the span of that count, the private rounds that we hold", unit = "rounds", table = "filled"}
// columns.apart = {meaning = "closed deals that do not count as raised: commitments, in-kind, secondary, acquisitions, licences, a parent's money", unit = "deals", table = "filled"}
// columns.disputed = {meaning = "of the rounds, those whose accounts differ in any field", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "rounds left out: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the taking part or, where nobody is named, on the round, and of the count of rounds"}
MATCH (c:Startup)
WHERE $cohort = '' OR c.cohort = $cohort
OPTIONAL MATCH (c)<-[:FUNDS]-(q:FundingRound)
WHERE q.status = 'closed' AND q.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(q.announced_last, '9999-12-31') <= $as_of
WITH c, count(q) AS of_rounds,
  collect(CASE WHEN q.listing = 'private' THEN {first: coalesce(q.announced_first, ''),
    last: coalesce(q.announced_last, '9999-12-31')} END) AS own
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH c, of_rounds, p.url AS count_url, t.rounds AS stated,
  size([x IN own WHERE x.first <= coalesce(t.until_last, '9999-12-31')
    AND x.last >= coalesce(t.since_first, '')]) AS held
ORDER BY stated DESC, held, count_url
WITH c, of_rounds, collect({stated: stated, held: held, url: count_url})[0] AS count_
MATCH (c)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND coalesce(r.announced_first, '') <= $as_of
WITH c, of_rounds, count_, r,
  coalesce(r.announced_first, '') AS first,
  coalesce(r.announced_last, '9999-12-31') AS last,
  r.instrument IN ['equity', 'debt', 'mixed', 'grant'] AS money
OPTIONAL MATCH (r)<-[v:INVESTED_IN]-(i:Investor)
OPTIONAL MATCH (i)-[k:IS_A]->(s:CapitalSource)
WHERE coalesce(k.since, '') <= last AND coalesce(k.until, '9999-12-31') >= first
OPTIONAL MATCH (r)<-[:STATES]-(p:Report)
WHERE i IS NULL
WITH c, of_rounds, count_, r, v, i, last, money,
  CASE WHEN i IS NULL THEN 'not named' ELSE coalesce(s.id, 'unknown') END AS kind,
  CASE WHEN i IS NULL THEN 'No investor named' ELSE coalesce(s.name, 'Unknown') END AS kind_name,
  CASE WHEN i IS NULL THEN [p.url] ELSE coalesce(v.reports, []) END AS urls
UNWIND urls + [count_.url] AS url
WITH c, of_rounds, count_, r, v, i, kind, kind_name, url,
  money AND last <= $as_of AS counts,
  NOT money AND last <= $as_of AS aside,
  money AND last > $as_of AS maybe
ORDER BY url
WITH kind, kind_name, c.id AS company, c.name AS company_name, of_rounds, count_,
  count(DISTINCT CASE WHEN counts THEN r.id END) AS rounds,
  count(DISTINCT CASE WHEN counts THEN i.id END) AS investors,
  count(DISTINCT CASE WHEN counts AND v.lead THEN r.id END) AS as_lead,
  count(DISTINCT CASE WHEN counts AND r.listing <> 'private' THEN r.id END) AS at_listing,
  min(CASE WHEN counts THEN r.announced_first END) AS first,
  max(CASE WHEN counts THEN r.announced_last END) AS last,
  count(DISTINCT CASE WHEN aside THEN r.id END) AS apart,
  count(DISTINCT CASE WHEN counts AND size(coalesce(r.disputed, [])) > 0 THEN r.id END) AS disputed,
  count(DISTINCT CASE WHEN maybe THEN r.id END) AS possible,
  collect(DISTINCT url) AS reports
WHERE rounds + apart + possible > 0
RETURN kind, kind_name, company, company_name, rounds, investors, as_lead, at_listing,
  first, last, of_rounds, count_.stated AS rounds_stated,
  CASE WHEN count_.stated IS NOT NULL THEN count_.held END AS rounds_held, apart, disputed, possible,
  reports
ORDER BY kind, rounds DESC, company
