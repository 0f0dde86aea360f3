// title = "Who leads"
// question = "Which investors are named as leads, how often, of which companies, in our data, at least?"
// tags = ["investors", "leads"]
// related = ["investors/portfolio", "investors/co-investors", "capital/cheques"]
// examples = ["whofunds query investors/leads", "whofunds query investors/leads cohort=llm-2023"]
// params.cohort = {type = "cohort", default = "", help = "rounds of companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "rounds certainly closed by this day"}
// columns.investor = {meaning = "investor that a report names as a lead", table = "never"}
// columns.investor_name = {meaning = "its name"}
// columns.kinds = {meaning = "its kinds of capital at the dates of the rounds that it led"}
// columns.led = {meaning = "closed rounds with money to the company that it is named as leading, in our data, at least", unit = "rounds"}
// columns.alone = {meaning = "of these, rounds for which nobody else is named as a lead", unit = "rounds"}
// columns.taken_part = {meaning = "closed rounds with money to the company in which it is named at all", unit = "rounds"}
// columns.companies = {meaning = "companies of the rounds that it led, by name"}
// columns.first = {meaning = "first day on which the earliest may have been announced", unit = "day"}
// columns.last = {meaning = "last day on which the latest may have been announced", unit = "day"}
// columns.with_lead = {meaning = "coverage: of all closed rounds with money to the company that we hold, those for which any lead is named", unit = "rounds"}
// columns.of_rounds = {meaning = "coverage: all closed rounds with money to the company that we hold", unit = "rounds"}
// columns.counted = {meaning = "coverage: companies whose private rounds a report counts by as_of", unit = "companies"}
// columns.of_companies = {meaning = "companies with a closed round with money to them that we hold", unit = "companies"}
// columns.rounds_stated = {meaning = "coverage: the most that any report counts, summed over the companies counted", unit = "rounds"}
// columns.rounds_held = {meaning = "coverage: of the spans of these counts, the private rounds that we hold", unit = "rounds"}
// columns.disputed = {meaning = "of the rounds that it led, those in which reports differ on the lead or on its part", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "rounds that it led left out: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on its taking part in the rounds that it led, and of the counts of rounds"}
MATCH (c:Startup)
WHERE $cohort = '' OR c.cohort = $cohort
OPTIONAL MATCH (c)<-[:FUNDS]-(q:FundingRound)
WHERE q.status = 'closed' AND q.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(q.announced_last, '9999-12-31') <= $as_of
WITH c, q, COUNT { (:Investor)-[u:INVESTED_IN]->(q) WHERE u.lead } AS leads
WITH c, count(q) AS funded, count(CASE WHEN leads > 0 THEN q END) AS with_lead,
  collect(CASE WHEN q.listing = 'private' THEN {first: coalesce(q.announced_first, ''),
    last: coalesce(q.announced_last, '9999-12-31')} END) AS own
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH c, funded, with_lead, p.url AS count_url, t.rounds AS stated,
  size([x IN own WHERE x.first <= coalesce(t.until_last, '9999-12-31')
    AND x.last >= coalesce(t.since_first, '')]) AS held
ORDER BY stated DESC, held, count_url
WITH c, funded, with_lead, collect({stated: stated, held: held, url: count_url})[0] AS count_
WITH count(CASE WHEN funded > 0 THEN 1 END) AS of_companies, sum(funded) AS of_rounds,
  sum(with_lead) AS with_lead,
  count(CASE WHEN funded > 0 THEN count_.stated END) AS counted,
  sum(CASE WHEN funded > 0 THEN count_.stated END) AS stated,
  sum(CASE WHEN funded > 0 AND count_.stated IS NOT NULL THEN count_.held END) AS held,
  collect(CASE WHEN funded > 0 THEN count_.url END) AS urls
WITH {of_companies: of_companies, of_rounds: of_rounds, with_lead: with_lead, counted: counted,
  stated: stated, held: held, urls: urls} AS cover
MATCH (c:Startup)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND r.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(r.announced_first, '') <= $as_of AND ($cohort = '' OR c.cohort = $cohort)
WITH cover, c, r, coalesce(r.announced_last, '9999-12-31') <= $as_of AS known,
  COUNT { (:Investor)-[u:INVESTED_IN]->(r) WHERE u.lead } AS leads
MATCH (r)<-[v:INVESTED_IN]-(i:Investor)
OPTIONAL MATCH (i)-[k:IS_A]->(s:CapitalSource)
WHERE v.lead AND coalesce(k.since, '') <= coalesce(r.announced_last, '9999-12-31')
  AND coalesce(k.until, '9999-12-31') >= coalesce(r.announced_first, '')
WITH cover, c, r, v, i, known, leads, collect(DISTINCT coalesce(s.id, 'unknown')) AS kinds
ORDER BY c.name, c.id, r.id
WITH cover, i,
  count(CASE WHEN known AND v.lead THEN 1 END) AS led,
  count(CASE WHEN known AND v.lead AND leads = 1 THEN 1 END) AS alone,
  count(CASE WHEN known THEN 1 END) AS taken_part,
  collect(DISTINCT CASE WHEN known AND v.lead THEN c.name END) AS companies,
  min(CASE WHEN known AND v.lead THEN r.announced_first END) AS first,
  max(CASE WHEN known AND v.lead THEN r.announced_last END) AS last,
  count(CASE WHEN known AND v.lead AND (v.disputed OR 'lead' IN coalesce(r.disputed, [])) THEN 1 END) AS disputed,
  count(CASE WHEN NOT known AND v.lead THEN 1 END) AS possible,
  collect(CASE WHEN v.lead THEN coalesce(v.reports, []) ELSE [] END) AS lists,
  collect(CASE WHEN v.lead THEN kinds ELSE [] END) AS sets
WHERE led + possible > 0
UNWIND reduce(found = [], one IN sets | found + one) AS kind
WITH cover, i, led, alone, taken_part, companies, first, last, disputed, possible, lists, kind
ORDER BY kind
WITH cover, i, led, alone, taken_part, companies, first, last, disputed, possible, lists,
  collect(DISTINCT kind) AS kinds
UNWIND reduce(found = cover.urls, one IN lists | found + one) + [null] AS url
WITH cover, i, led, alone, taken_part, companies, first, last, disputed, possible, kinds, url
ORDER BY url
WITH cover, i, led, alone, taken_part, companies, first, last, disputed, possible, kinds,
  collect(DISTINCT url) AS reports
RETURN i.id AS investor, i.name AS investor_name, kinds, led, alone, taken_part, companies, first,
  last, cover.with_lead AS with_lead, cover.of_rounds AS of_rounds, cover.counted AS counted,
  cover.of_companies AS of_companies, cover.stated AS rounds_stated, cover.held AS rounds_held,
  disputed, possible, reports
ORDER BY led DESC, taken_part DESC, investor
