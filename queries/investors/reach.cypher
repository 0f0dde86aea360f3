// title = "What a group reaches"
// question = "Which companies does everything that a group or government controls reach, through whom and how often, in our data, at least?"
// tags = ["investors", "groups", "control", "companies"]
// related = ["investors/control", "investors/portfolio", "paths/from-government"]
// examples = ["whofunds query investors/reach investor=shanghai-gov", "whofunds query investors/reach investor=alibaba as_of=2023"]
// params.investor = {type = "investor", help = "the group, government or investor at the top, by id or any name"}
// params.as_of = {type = "date", default = "9999-12-31", help = "count what had certainly happened by this day"}
// columns.company = {meaning = "company", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.cohort = {meaning = "its generation", table = "never"}
// columns.rounds = {meaning = "closed rounds with money to the company in which the group, or what was part of it at the round's date, is named", unit = "rounds"}
// columns.of_rounds = {meaning = "closed rounds with money to the company that we hold", unit = "rounds"}
// columns.as_lead = {meaning = "of the rounds, those that one of them led", unit = "rounds", table = "filled"}
// columns.through = {meaning = "who of the group took part in them, by name"}
// columns.steps = {meaning = "fewest links from the group to one of these; 0 where it took part itself", unit = "links"}
// columns.first = {meaning = "first day on which the earliest may have been announced", unit = "day"}
// columns.last = {meaning = "last day on which the latest may have been announced", unit = "day"}
// columns.rounds_stated = {meaning = "coverage: the most private rounds that any report counts by as_of; empty where none counts them", unit = "rounds", table = "filled"}
// columns.rounds_held = {meaning = "coverage: of the span of that count, the private rounds that we hold", unit = "rounds", table = "filled"}
// columns.cut = {meaning = "the first round that we hold, where it is after Series A: earlier ones are missing", table = "filled"}
// columns.apart = {meaning = "closed deals of the group that do not count as raised: commitments, in-kind, secondary, acquisitions, licences, a parent's money", unit = "deals", table = "filled"}
// columns.disputed = {meaning = "of the rounds, those where its part is disputed or whose accounts differ", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "rounds left out: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the taking part and on the links of the group, and of the count of rounds"}
MATCH path = (o:Investor {id: $investor})<-[:PART_OF*0..8]-(i:Investor)-[v:INVESTED_IN]->(r:FundingRound)
WHERE r.status = 'closed' AND coalesce(r.announced_first, '') <= $as_of
  AND all(x IN relationships(path) WHERE
    coalesce(x.since, '') <= coalesce(r.announced_last, '9999-12-31')
    AND coalesce(x.until, '9999-12-31') >= coalesce(r.announced_first, ''))
MATCH (r)-[:FUNDS]->(c:Startup)
WITH c, i, v, r, length(path) - 1 AS steps,
  r.instrument IN ['equity', 'debt', 'mixed', 'grant'] AS money,
  coalesce(r.announced_last, '9999-12-31') <= $as_of AS known,
  coalesce(v.reports, []) + [x IN relationships(path) WHERE coalesce(x.report, '') <> '' | x.report] AS urls
ORDER BY i.name, i.id
WITH c,
  count(DISTINCT CASE WHEN money AND known THEN r.id END) AS rounds,
  count(DISTINCT CASE WHEN money AND known AND v.lead THEN r.id END) AS as_lead,
  collect(DISTINCT CASE WHEN money AND known THEN i.name END) AS through,
  min(CASE WHEN money AND known THEN steps END) AS steps,
  min(CASE WHEN money AND known THEN r.announced_first END) AS first,
  max(CASE WHEN money AND known THEN r.announced_last END) AS last,
  count(DISTINCT CASE WHEN known AND NOT money THEN r.id END) AS apart,
  count(DISTINCT CASE WHEN money AND known AND (v.disputed OR size(coalesce(r.disputed, [])) > 0) THEN r.id END) AS disputed,
  count(DISTINCT CASE WHEN money AND NOT known THEN r.id END) AS possible,
  collect(urls) AS lists
WHERE rounds + apart + possible > 0
WITH c, rounds, as_lead, through, steps, first, last, apart, disputed, possible,
  reduce(found = [], one IN lists | found + one) AS urls
OPTIONAL MATCH (c)<-[:FUNDS]-(q:FundingRound)
WHERE q.status = 'closed' AND q.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(q.announced_last, '9999-12-31') <= $as_of
WITH c, rounds, as_lead, through, steps, first, last, apart, disputed, possible, urls, q
ORDER BY coalesce(q.announced_last, '9999-12-31'), coalesce(q.announced_first, '9999-12-31'), q.id
WITH c, rounds, as_lead, through, steps, first, last, apart, disputed, possible, urls,
  count(q) AS of_rounds,
  collect(CASE WHEN q.listing = 'private' THEN coalesce(q.stage, '') END)[0] AS start,
  collect(CASE WHEN q.listing = 'private' THEN {first: coalesce(q.announced_first, ''),
    last: coalesce(q.announced_last, '9999-12-31')} END) AS own
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH c, rounds, as_lead, through, steps, first, last, apart, disputed, possible, urls, of_rounds,
  start, p.url AS count_url, t.rounds AS stated,
  size([x IN own WHERE x.first <= coalesce(t.until_last, '9999-12-31')
    AND x.last >= coalesce(t.since_first, '')]) AS held
ORDER BY stated DESC, held, count_url
WITH c, rounds, as_lead, through, steps, first, last, apart, disputed, possible, urls, of_rounds,
  start, collect({stated: stated, held: held, url: count_url})[0] AS count_
UNWIND urls + [count_.url] AS url
WITH c, rounds, as_lead, through, steps, first, last, apart, disputed, possible, of_rounds, start,
  count_, url
ORDER BY url
WITH c, rounds, as_lead, through, steps, first, last, apart, disputed, possible, of_rounds, start,
  count_, collect(DISTINCT url) AS reports
RETURN c.id AS company, c.name AS company_name, c.cohort AS cohort, rounds, of_rounds, as_lead,
  through, steps, first, last, count_.stated AS rounds_stated,
  CASE WHEN count_.stated IS NOT NULL THEN count_.held END AS rounds_held,
  CASE WHEN start =~ '(?i)(series )?((pre-)?[b-k]([0-9+-].*)?|pre-ipo|ipo.*)'
    THEN 'first round held: ' + start ELSE '' END AS cut,
  apart, disputed, possible, reports
ORDER BY rounds DESC, company
