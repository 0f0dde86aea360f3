// title = "Capital of the companies based in each city"
// question = "Which kinds of capital fund the companies of each city, in our data, at least?"
// tags = ["cities", "capital", "kinds"]
// related = ["cities/same-city", "capital/shares-by-cohort", "capital/sources-by-company"]
// examples = ["whofunds query cities/capital", "whofunds query cities/capital cohort=llm-2023"]
// params.cohort = {type = "cohort", default = "", help = "companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "count what had certainly happened by this day"}
// columns.city = {meaning = "the company's only seat at the round's date; empty where it isn't known or there were several", table = "never"}
// columns.city_name = {meaning = "its name"}
// columns.kind = {meaning = "kind of capital at the round's date; an investor of two kinds counts in both; 'not named' where no report names an investor", table = "never"}
// columns.kind_name = {meaning = "the kind in words"}
// columns.rounds = {meaning = "closed rounds with money to these companies (equity, debt, mixed, grants) in which the kind took part", unit = "rounds"}
// columns.parts = {meaning = "participations: an investor in a round; no money", unit = "participations"}
// columns.investors = {meaning = "distinct investors of the kind", unit = "investors"}
// columns.companies = {meaning = "companies in whose rounds it took part", unit = "companies"}
// columns.as_lead = {meaning = "of the rounds, those that one of them led", unit = "rounds", table = "filled"}
// columns.of_rounds = {meaning = "coverage: all such rounds of the city that we hold", unit = "rounds"}
// columns.rounds_named = {meaning = "coverage: of these, rounds that name any investor", unit = "rounds"}
// columns.counted = {meaning = "coverage: companies of these rounds whose private rounds a report counts by as_of", unit = "companies", table = "filled"}
// columns.of_companies = {meaning = "coverage: all companies of these rounds", unit = "companies"}
// columns.rounds_stated = {meaning = "coverage: the most that any report counts, summed over the companies counted, wherever they were", unit = "rounds", table = "filled"}
// columns.rounds_held = {meaning = "coverage: of the spans of these counts, the private rounds that we hold", unit = "rounds", table = "filled"}
// columns.disputed = {meaning = "of the rounds, those where a part of the kind is disputed or whose accounts differ", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "rounds left out: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the participations, or on the rounds where nobody is named, and of the counts of rounds"}
MATCH (c:Startup)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND r.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(r.announced_first, '') <= $as_of AND ($cohort = '' OR c.cohort = $cohort)
OPTIONAL MATCH (c)-[b:BASED_IN]->(h:City)
WHERE coalesce(b.since, '') <= coalesce(r.announced_last, '9999-12-31')
  AND coalesce(b.until, '9999-12-31') >= coalesce(r.announced_first, '')
WITH c, r, collect(DISTINCT h) AS homes
WITH c, r, CASE WHEN size(homes) = 1 THEN homes[0] END AS h,
  coalesce(r.announced_first, '') AS first, coalesce(r.announced_last, '9999-12-31') AS last
OPTIONAL MATCH (r)<-[v:INVESTED_IN]-(i:Investor)
OPTIONAL MATCH (i)-[k:IS_A]->(s:CapitalSource)
WHERE coalesce(k.since, '') <= last AND coalesce(k.until, '9999-12-31') >= first
OPTIONAL MATCH (r)<-[:STATES]-(p:Report)
WHERE i IS NULL
WITH c, r, h, v, i, last <= $as_of AS counts,
  CASE WHEN i IS NULL THEN 'not named' ELSE coalesce(s.id, 'unknown') END AS kind,
  CASE WHEN i IS NULL THEN 'No investor named' ELSE coalesce(s.name, 'Unknown') END AS kind_name,
  CASE WHEN i IS NULL THEN [p.url] ELSE coalesce(v.reports, []) END AS urls
UNWIND CASE WHEN size(urls) = 0 THEN [null] ELSE urls END AS url
WITH c, r, h, v, i, counts, kind, kind_name, url
ORDER BY url
WITH h, kind, kind_name,
  count(DISTINCT CASE WHEN counts THEN r.id END) AS rounds,
  count(DISTINCT CASE WHEN counts THEN i.id + ' ' + r.id END) AS parts,
  count(DISTINCT CASE WHEN counts THEN i.id END) AS investors,
  count(DISTINCT CASE WHEN counts THEN c.id END) AS companies,
  count(DISTINCT CASE WHEN counts AND v.lead THEN r.id END) AS as_lead,
  count(DISTINCT CASE WHEN counts AND (v.disputed OR size(coalesce(r.disputed, [])) > 0) THEN r.id END) AS disputed,
  count(DISTINCT CASE WHEN NOT counts THEN r.id END) AS possible,
  collect(DISTINCT CASE WHEN counts THEN r.id END) AS held,
  collect(DISTINCT CASE WHEN counts THEN url END) AS reports
WITH h, collect({kind: kind, kind_name: kind_name, rounds: rounds, parts: parts, investors: investors,
  companies: companies, as_lead: as_lead, disputed: disputed, possible: possible, reports: reports}) AS lines,
  collect(held) AS lists, sum(CASE WHEN kind = 'not named' THEN rounds ELSE 0 END) AS unnamed
WITH h, lines, unnamed, reduce(found = [], one IN lists | found + one) AS ids
UNWIND CASE WHEN size(ids) = 0 THEN [null] ELSE ids END AS one
OPTIONAL MATCH (:FundingRound {id: one})-[:FUNDS]->(c:Startup)
WITH h, lines, unnamed, c, count(DISTINCT one) AS of_rounds
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH h, lines, unnamed, c, of_rounds, p.url AS count_url, t.rounds AS stated,
  COUNT { (c)<-[:FUNDS]-(q:FundingRound)
    WHERE q.status = 'closed' AND q.instrument IN ['equity', 'debt', 'mixed', 'grant']
      AND q.listing = 'private' AND coalesce(q.announced_last, '9999-12-31') <= $as_of
      AND coalesce(q.announced_first, '') <= coalesce(t.until_last, '9999-12-31')
      AND coalesce(q.announced_last, '9999-12-31') >= coalesce(t.since_first, '') } AS held
ORDER BY stated DESC, held, count_url
WITH h, lines, unnamed, c, of_rounds, collect({stated: stated, held: held, url: count_url})[0] AS count_
WITH h, lines, unnamed, sum(of_rounds) AS of_rounds, count(c) AS of_companies,
  count(count_.stated) AS counted, sum(count_.stated) AS stated,
  sum(CASE WHEN count_.stated IS NOT NULL THEN count_.held END) AS held, collect(count_.url) AS urls
UNWIND lines AS x
UNWIND x.reports + urls + [null] AS url
WITH h, x, unnamed, of_rounds, of_companies, counted, stated, held, url
ORDER BY url
WITH h, x, unnamed, of_rounds, of_companies, counted, stated, held, collect(DISTINCT url) AS reports
RETURN h.id AS city, h.name AS city_name, x.kind AS kind, x.kind_name AS kind_name, x.rounds AS rounds,
  x.parts AS parts, x.investors AS investors, x.companies AS companies, x.as_lead AS as_lead,
  of_rounds, of_rounds - unnamed AS rounds_named, counted, of_companies, stated AS rounds_stated,
  held AS rounds_held, x.disputed AS disputed, x.possible AS possible, reports
ORDER BY coalesce(h.id, ''), rounds DESC, kind
