// title = "How much of each company we hold"
// question = "How many of each company's rounds do we hold, of how many that any report counts, and where does what we hold begin?"
// tags = ["quality", "coverage", "companies"]
// related = ["companies/totals", "checks/undisclosed", "checks/single-source"]
// examples = ["whofunds query quality/coverage cohort=llm-2023", "whofunds query quality/coverage cohort=west as_of=2024"]
// params.cohort = {type = "cohort", default = "", help = "companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "rounds certainly closed, and counts certainly made, by this day"}
// columns.company = {meaning = "company", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.cohort = {meaning = "its generation"}
// columns.rounds = {meaning = "private closed rounds of equity or debt that we hold", unit = "rounds"}
// columns.rounds_stated = {meaning = "the most rounds that any report counts; empty: no report counts them", unit = "rounds"}
// columns.not_held = {meaning = "the most that a report counts beyond all closed deals with new money, grants, commitments and listings too, that may lie in its span: so many we lack, at least; 0 doesn't say that nothing is missing", unit = "rounds"}
// columns.counted_until = {meaning = "last day of the span of the report that says so", unit = "day", table = "filled"}
// columns.first_stage = {meaning = "stage of the first round that we hold, as reports call it"}
// columns.first_announced = {meaning = "when that was announced, as far as that is known"}
// columns.founded_first = {meaning = "first day on which the company may have been founded", unit = "day"}
// columns.founded_last = {meaning = "last day on which it may have been founded", unit = "day", table = "never"}
// columns.cut = {meaning = "whether its curve is cut on the left: the first round that we hold is after Series A"}
// columns.no_sum = {meaning = "of the rounds, those whose amount nobody states", unit = "rounds"}
// columns.no_names = {meaning = "of the rounds, those for which no report names an investor", unit = "rounds"}
// columns.one_report = {meaning = "of the rounds, those that one report alone tells of", unit = "rounds"}
// columns.undated = {meaning = "of the rounds, those without a date", unit = "rounds", table = "filled"}
// columns.disputed = {meaning = "of the rounds, those whose accounts differ in any field", unit = "rounds"}
// columns.apart = {meaning = "further closed deals that we hold: listings, grants, commitments, secondary, acquisitions, ...", unit = "deals"}
// columns.newest = {meaning = "last day on which the latest of the rounds may have been announced", unit = "day"}
// columns.possible = {meaning = "rounds left out: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the rounds and the deals apart, on the most rounds that any counts, and on the most that we lack"}
MATCH (c:Startup)
WHERE $cohort = '' OR c.cohort = $cohort
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH c, t, p, COUNT { (c)<-[:FUNDS]-(q:FundingRound)
  WHERE q.status = 'closed' AND q.instrument IN ['equity', 'debt', 'mixed', 'grant', 'in-kind', 'commitment']
    AND coalesce(q.announced_last, '9999-12-31') >= coalesce(t.since_first, '')
    AND coalesce(q.announced_first, '') <= coalesce(t.until_last, '9999-12-31') } AS within
ORDER BY t.rounds - within DESC, t.until_last, p.url
WITH c, max(t.rounds) AS rounds_stated,
  collect(CASE WHEN t IS NOT NULL THEN {short: t.rounds - within, until: t.until_last, rounds: t.rounds, url: p.url} END) AS counts
WITH c, rounds_stated, counts[0] AS most, [x IN counts WHERE x.rounds = rounds_stated
  OR (x.short > 0 AND x.short = counts[0].short) | x.url] AS counting
OPTIONAL MATCH (c)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND coalesce(r.announced_first, '') <= $as_of
OPTIONAL MATCH (r)<-[:STATES]-(p:Report)
WITH c, rounds_stated, most, counting, r, collect(DISTINCT p.url) AS urls,
  r IS NOT NULL AND r.listing = 'private' AND r.instrument IN ['equity', 'debt', 'mixed'] AS money,
  coalesce(r.announced_last, '9999-12-31') <= $as_of AS sure
ORDER BY coalesce(r.announced_last, '9999-12-31'), coalesce(r.announced_first, '9999-12-31'), r.id
WITH c, rounds_stated, most, counting, r, urls, money AND sure AS counts,
  r IS NOT NULL AND NOT money AND sure AS aside, money AND NOT sure AS maybe,
  COUNT { (r)<-[:INVESTED_IN]-(:Investor) } AS members
WITH c, rounds_stated, most, counting,
  count(CASE WHEN counts THEN 1 END) AS rounds,
  collect(CASE WHEN counts THEN {stage: coalesce(r.stage, ''), announced: r.announced} END)[0] AS start,
  count(CASE WHEN counts AND r.amount_min IS NULL AND r.amount_max IS NULL THEN 1 END) AS no_sum,
  count(CASE WHEN counts AND members = 0 THEN 1 END) AS no_names,
  count(CASE WHEN counts AND size(urls) = 1 THEN 1 END) AS one_report,
  count(CASE WHEN counts AND r.announced_last IS NULL THEN 1 END) AS undated,
  count(CASE WHEN counts AND size(coalesce(r.disputed, [])) > 0 THEN 1 END) AS disputed,
  count(CASE WHEN aside THEN 1 END) AS apart,
  max(CASE WHEN counts THEN r.announced_last END) AS newest,
  count(CASE WHEN maybe THEN 1 END) AS possible,
  collect(CASE WHEN counts OR aside THEN urls ELSE [] END) AS lists
WITH *, reduce(found = counting, one IN lists | found + one) AS all_urls
UNWIND CASE WHEN size(all_urls) = 0 THEN [null] ELSE all_urls END AS url
WITH c, rounds_stated, most, rounds, start, no_sum, no_names, one_report, undated, disputed, apart, newest, possible, url
ORDER BY url
WITH c, rounds_stated, most, rounds, start, no_sum, no_names, one_report, undated, disputed, apart, newest, possible,
  collect(DISTINCT url) AS reports
RETURN c.id AS company, c.name AS company_name, c.cohort AS cohort, rounds, rounds_stated,
  CASE WHEN most.short > 0 THEN most.short WHEN rounds_stated IS NOT NULL THEN 0 END AS not_held,
  CASE WHEN most.short > 0 THEN most.until END AS counted_until,
  start.stage AS first_stage, start.announced AS first_announced,
  c.founded_first AS founded_first, c.founded_last AS founded_last,
  coalesce(start.stage =~ '(?i)(series )?((pre-)?[b-k]([0-9+-].*)?|pre-ipo|ipo.*)', false) AS cut,
  no_sum, no_names, one_report, undated, disputed, apart, newest, possible, reports
ORDER BY coalesce(not_held, -1) DESC, company
