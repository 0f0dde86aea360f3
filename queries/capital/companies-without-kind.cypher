// title = "Companies that never got a kind of capital, as far as we know"
// question = "Which companies never took money from a kind of capital, in our data, at least, and what keeps that open?"
// tags = ["capital", "kinds", "companies"]
// related = ["capital/companies-of-kind", "quality/coverage", "checks/unknown-kinds"]
// examples = ["whofunds query capital/companies-without-kind kind=internet-giant", "whofunds query capital/companies-without-kind kind=state-fund cohort=llm-2023"]
// params.kind = {type = "kind", help = "kind of capital at the round's date"}
// params.cohort = {type = "cohort", default = "", help = "companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "count what had certainly happened by this day"}
// columns.company = {meaning = "company in none of whose closed rounds with money to it an investor of the kind is named without dispute", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.cohort = {meaning = "its generation", table = "never"}
// columns.answer = {meaning = "'none in our data' where nothing is open, which doesn't say that lists of investors are whole; else 'can't be told'"}
// columns.open = {meaning = "what keeps it open: rounds that name nobody, or an investor of unknown kind; the kind on a disputed account only; rounds that a report counts in its span and we don't hold, as quality/coverage has it, before the first held too; rounds of the kind that may have closed by as_of"}
// columns.rounds = {meaning = "closed rounds with money to the company that we hold", unit = "rounds"}
// columns.investors = {meaning = "distinct investors named in them", unit = "investors"}
// columns.unnamed = {meaning = "of the rounds, those for which no report names an investor", unit = "rounds", table = "never"}
// columns.unknown = {meaning = "of the rounds, those with an investor of unknown kind", unit = "rounds", table = "never"}
// columns.rounds_stated = {meaning = "coverage: the most private rounds that any report counts by as_of; empty where none counts them", unit = "rounds", table = "filled"}
// columns.rounds_held = {meaning = "coverage: of the span of that count, the private rounds that we hold", unit = "rounds", table = "filled"}
// columns.cut = {meaning = "the first round that we hold, where it is after Series A: earlier ones are missing", table = "never"}
// columns.apart = {meaning = "closed deals of the kind that do not count as raised: commitments, in-kind, secondary, acquisitions, licences, a parent's money", unit = "deals", table = "filled"}
// columns.disputed = {meaning = "of the rounds, those where the kind's part is disputed", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "rounds of the kind left out: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on its rounds, and of the counts of rounds"}
MATCH (c:Startup)
WHERE $cohort = '' OR c.cohort = $cohort
OPTIONAL MATCH (c)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND coalesce(r.announced_first, '') <= $as_of
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
  r IS NOT NULL AND money AND last <= $as_of AS counts,
  r IS NOT NULL AND NOT money AND last <= $as_of AS aside,
  r IS NOT NULL AND money AND last > $as_of AS maybe
WITH c,
  count(DISTINCT CASE WHEN counts AND meant AND NOT coalesce(v.disputed, false) THEN r.id END) AS took,
  count(DISTINCT CASE WHEN counts THEN r.id END) AS rounds,
  count(DISTINCT CASE WHEN counts THEN i.id END) AS investors,
  count(DISTINCT CASE WHEN counts AND i IS NULL THEN r.id END) AS unnamed,
  count(DISTINCT CASE WHEN counts AND unknown THEN r.id END) AS unknown,
  count(DISTINCT CASE WHEN aside AND meant THEN r.id END) AS apart,
  count(DISTINCT CASE WHEN counts AND meant AND v.disputed THEN r.id END) AS disputed,
  count(DISTINCT CASE WHEN maybe AND meant THEN r.id END) AS possible
WHERE took = 0
OPTIONAL MATCH (c)<-[:FUNDS]-(n:FundingRound)<-[:STATES]-(z:Report)
WHERE n.status = 'closed' AND n.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(n.announced_last, '9999-12-31') <= $as_of
WITH c, rounds, investors, unnamed, unknown, apart, disputed, possible, collect(z.url) AS urls
OPTIONAL MATCH (c)<-[:FUNDS]-(q:FundingRound)
WHERE q.status = 'closed' AND q.listing = 'private'
  AND q.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(q.announced_last, '9999-12-31') <= $as_of
WITH c, rounds, investors, unnamed, unknown, apart, disputed, possible, urls, q
ORDER BY coalesce(q.announced_last, '9999-12-31'), coalesce(q.announced_first, '9999-12-31'), q.id
WITH c, rounds, investors, unnamed, unknown, apart, disputed, possible, urls,
  collect(coalesce(q.stage, ''))[0] AS start,
  collect(CASE WHEN q IS NOT NULL THEN {first: coalesce(q.announced_first, ''),
    last: coalesce(q.announced_last, '9999-12-31')} END) AS own
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH c, rounds, investors, unnamed, unknown, apart, disputed, possible, urls, start,
  p.url AS count_url, t.rounds AS stated,
  size([x IN own WHERE x.first <= coalesce(t.until_last, '9999-12-31')
    AND x.last >= coalesce(t.since_first, '')]) AS held,
  t.rounds - COUNT { (c)<-[:FUNDS]-(q:FundingRound)
  WHERE q.status = 'closed' AND q.instrument IN ['equity', 'debt', 'mixed', 'grant', 'in-kind', 'commitment']
    AND coalesce(q.announced_last, '9999-12-31') >= coalesce(t.since_first, '')
    AND coalesce(q.announced_first, '') <= coalesce(t.until_last, '9999-12-31') } AS short
ORDER BY stated DESC, held, count_url
WITH c, rounds, investors, unnamed, unknown, apart, disputed, possible, urls, start,
  collect({stated: stated, held: held, short: short, url: count_url}) AS counts,
  max(CASE WHEN short > 0 THEN short ELSE 0 END) AS unheld
WITH *, counts[0] AS count_
UNWIND urls + [count_.url] + [x IN counts WHERE unheld > 0 AND x.short = unheld | x.url] AS url
WITH c, rounds, investors, unnamed, unknown, apart, disputed, possible, start, count_, unheld, url
ORDER BY url
WITH c, rounds, investors, unnamed, unknown, apart, disputed, possible, count_, unheld,
  CASE WHEN start =~ '(?i)(series )?((pre-)?[b-k]([0-9+-].*)?|pre-ipo|ipo.*)'
    THEN 'first round held: ' + start ELSE '' END AS cut,
  collect(DISTINCT url) AS reports
WITH *,
  CASE rounds WHEN 0 THEN ['no round held'] ELSE [] END
  + CASE WHEN unnamed = 0 THEN [] ELSE [toString(unnamed) + ' without a named investor'] END
  + CASE WHEN unknown = 0 THEN [] ELSE [toString(unknown) + ' with an unknown kind'] END
  + CASE WHEN disputed = 0 THEN [] ELSE [toString(disputed) + ' on a disputed account only'] END
  + CASE WHEN possible = 0 THEN [] ELSE [toString(possible) + ' possible'] END
  + CASE WHEN unheld = 0 THEN [] ELSE [toString(unheld) + ' not held'] END
  + CASE cut WHEN '' THEN [] ELSE [cut] END AS opens
RETURN c.id AS company, c.name AS company_name, c.cohort AS cohort,
  CASE WHEN size(opens) = 0 THEN 'none in our data' ELSE "can't be told" END AS answer,
  CASE WHEN size(opens) = 0 THEN '' ELSE reduce(text = opens[0], x IN opens[1..] | text + ', ' + x) END AS open,
  rounds, investors, unnamed, unknown, count_.stated AS rounds_stated,
  CASE WHEN count_.stated IS NOT NULL THEN count_.held END AS rounds_held,
  cut, apart, disputed, possible, reports
ORDER BY answer DESC, rounds DESC, company
