// title = "Companies behind which a kind of capital stands"
// question = "Which companies did a kind of capital fund, how often and since when, in our data, at least?"
// tags = ["capital", "kinds", "companies"]
// related = ["capital/companies-without-kind", "investors/follow-on", "capital/behind-company"]
// examples = ["whofunds query capital/companies-of-kind kind=city-fund", "whofunds query capital/companies-of-kind kind=internet-giant cohort=llm-2023"]
// params.kind = {type = "kind", help = "kind of capital at the round's date"}
// params.cohort = {type = "cohort", default = "", help = "companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "count what had certainly happened by this day"}
// columns.company = {meaning = "company", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.cohort = {meaning = "its generation", table = "never"}
// columns.rounds = {meaning = "closed rounds with money to the company in which an investor of the kind is named, in our data, at least; an investor of two kinds counts for both", unit = "rounds"}
// columns.of_rounds = {meaning = "closed rounds with money to the company that we hold", unit = "rounds"}
// columns.as_lead = {meaning = "of the rounds, those that one of them led", unit = "rounds", table = "filled"}
// columns.investors = {meaning = "investors of the kind in these rounds, by name"}
// columns.first = {meaning = "first day on which the earliest may have been announced", unit = "day"}
// columns.last = {meaning = "last day on which the latest may have been announced", unit = "day"}
// columns.unnamed = {meaning = "of all its rounds, those for which no report names an investor", unit = "rounds", table = "filled"}
// columns.unknown = {meaning = "of all its rounds, those with an investor of unknown kind", unit = "rounds", table = "filled"}
// columns.rounds_stated = {meaning = "coverage: the most private rounds that any report counts by as_of; empty where none counts them", unit = "rounds", table = "filled"}
// columns.rounds_held = {meaning = "coverage: of the span of that count, the private rounds that we hold", unit = "rounds", table = "filled"}
// columns.cut = {meaning = "the first round that we hold, where it is after Series A: earlier ones are missing", table = "filled"}
// columns.apart = {meaning = "closed deals of the kind that do not count as raised: commitments, in-kind, secondary, acquisitions, licences, a parent's money", unit = "deals", table = "filled"}
// columns.disputed = {meaning = "of the rounds, those where its part is disputed or whose accounts differ", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "rounds of the kind left out: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the kind's taking part, and of the count of rounds"}
MATCH (c:Startup)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND coalesce(r.announced_first, '') <= $as_of
  AND ($cohort = '' OR c.cohort = $cohort)
WITH c, r,
  coalesce(r.announced_first, '') AS first,
  coalesce(r.announced_last, '9999-12-31') AS last,
  r.instrument IN ['equity', 'debt', 'mixed', 'grant'] AS money
OPTIONAL MATCH (r)<-[v:INVESTED_IN]-(i:Investor)
OPTIONAL MATCH (i)-[k:IS_A]->(s:CapitalSource)
WHERE coalesce(k.since, '') <= last AND coalesce(k.until, '9999-12-31') >= first
WITH c, r, v, i, first, last, money, collect(DISTINCT coalesce(s.id, 'unknown')) AS kinds
WITH c, r, v, i, first, last,
  i IS NOT NULL AND $kind IN kinds AS meant,
  i IS NOT NULL AND 'unknown' IN kinds AS unknown,
  money AND last <= $as_of AS counts,
  NOT money AND last <= $as_of AS aside,
  money AND last > $as_of AS maybe
ORDER BY last, first, r.id, i.name, i.id
WITH c,
  count(DISTINCT CASE WHEN counts AND meant THEN r.id END) AS rounds,
  count(DISTINCT CASE WHEN counts THEN r.id END) AS of_rounds,
  count(DISTINCT CASE WHEN counts AND meant AND v.lead THEN r.id END) AS as_lead,
  collect(DISTINCT CASE WHEN counts AND meant THEN i.name END) AS investors,
  min(CASE WHEN counts AND meant THEN r.announced_first END) AS first,
  max(CASE WHEN counts AND meant THEN r.announced_last END) AS last,
  count(DISTINCT CASE WHEN counts AND i IS NULL THEN r.id END) AS unnamed,
  count(DISTINCT CASE WHEN counts AND unknown THEN r.id END) AS unknown,
  count(DISTINCT CASE WHEN aside AND meant THEN r.id END) AS apart,
  count(DISTINCT CASE WHEN counts AND meant AND (v.disputed OR size(coalesce(r.disputed, [])) > 0) THEN r.id END) AS disputed,
  count(DISTINCT CASE WHEN maybe AND meant THEN r.id END) AS possible,
  collect(CASE WHEN meant THEN coalesce(v.reports, []) ELSE [] END) AS lists
WHERE rounds + apart + possible > 0
WITH *, reduce(found = [], one IN lists | found + one) AS urls
OPTIONAL MATCH (c)<-[:FUNDS]-(q:FundingRound)
WHERE q.status = 'closed' AND q.listing = 'private'
  AND q.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(q.announced_last, '9999-12-31') <= $as_of
WITH c, rounds, of_rounds, as_lead, investors, first, last, unnamed, unknown, apart, disputed,
  possible, urls, q
ORDER BY coalesce(q.announced_last, '9999-12-31'), coalesce(q.announced_first, '9999-12-31'), q.id
WITH c, rounds, of_rounds, as_lead, investors, first, last, unnamed, unknown, apart, disputed,
  possible, urls, collect(coalesce(q.stage, ''))[0] AS start,
  collect(CASE WHEN q IS NOT NULL THEN {first: coalesce(q.announced_first, ''),
    last: coalesce(q.announced_last, '9999-12-31')} END) AS own
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH c, rounds, of_rounds, as_lead, investors, first, last, unnamed, unknown, apart, disputed,
  possible, urls, start, p.url AS count_url, t.rounds AS stated,
  size([x IN own WHERE x.first <= coalesce(t.until_last, '9999-12-31')
    AND x.last >= coalesce(t.since_first, '')]) AS held
ORDER BY stated DESC, held, count_url
WITH c, rounds, of_rounds, as_lead, investors, first, last, unnamed, unknown, apart, disputed,
  possible, urls, start, collect({stated: stated, held: held, url: count_url})[0] AS count_
UNWIND urls + [count_.url] AS url
WITH c, rounds, of_rounds, as_lead, investors, first, last, unnamed, unknown, apart, disputed,
  possible, start, count_, url
ORDER BY url
WITH c, rounds, of_rounds, as_lead, investors, first, last, unnamed, unknown, apart, disputed,
  possible, start, count_, collect(DISTINCT url) AS reports
RETURN c.id AS company, c.name AS company_name, c.cohort AS cohort, rounds, of_rounds, as_lead,
  investors, first, last, unnamed, unknown, count_.stated AS rounds_stated,
  CASE WHEN count_.stated IS NOT NULL THEN count_.held END AS rounds_held,
  CASE WHEN start =~ '(?i)(series )?((pre-)?[b-k]([0-9+-].*)?|pre-ipo|ipo.*)'
    THEN 'first round held: ' + start ELSE '' END AS cut,
  apart, disputed, possible, reports
ORDER BY rounds DESC, company
