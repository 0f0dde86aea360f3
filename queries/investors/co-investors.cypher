// title = "Co-investors"
// question = "Who invests together with an investor or its group, how often, in what, since when?"
// tags = ["investors", "groups", "together"]
// related = ["investors/portfolio", "companies/peers", "investors/leads"]
// examples = ["whofunds query investors/co-investors investor=tencent", "whofunds query investors/co-investors investor=HongShan as_of=2024"]
// params.investor = {type = "investor", help = "the investor or group, by id or any name"}
// params.as_of = {type = "date", default = "9999-12-31", help = "count what had certainly happened by this day"}
// columns.investor = {meaning = "who else took part", table = "never"}
// columns.investor_name = {meaning = "its name"}
// columns.kinds = {meaning = "its kinds of capital at the dates of these rounds and deals"}
// columns.rounds = {meaning = "closed rounds with money to the company (equity, debt, mixed, grants) that both took part in", unit = "rounds"}
// columns.companies = {meaning = "companies of these rounds, by name"}
// columns.first = {meaning = "first day on which the earliest may have been announced", unit = "day"}
// columns.last = {meaning = "last day on which the latest may have been announced", unit = "day"}
// columns.apart = {meaning = "closed deals of both that do not count as raised: commitments, in-kind, secondary, acquisitions, licences, a parent's money", unit = "deals", table = "filled"}
// columns.disputed = {meaning = "of the rounds, those where reports differ on either's part", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "rounds left out: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports"}
MATCH path = (o:Investor {id: $investor})<-[:PART_OF*0..8]-(i:Investor)-[v:INVESTED_IN]->(r:FundingRound)
WHERE r.status = 'closed' AND coalesce(r.announced_first, '') <= $as_of
  AND all(x IN relationships(path) WHERE
    coalesce(x.since, '') <= coalesce(r.announced_last, '9999-12-31')
    AND coalesce(x.until, '9999-12-31') >= coalesce(r.announced_first, ''))
WITH r, collect(DISTINCT i.id) AS ours, collect(v.reports) AS lists,
  max(CASE WHEN v.disputed THEN 1 ELSE 0 END) AS doubt
MATCH (r)<-[w:INVESTED_IN]-(j:Investor)
WHERE NOT j.id IN ours
MATCH (r)-[:FUNDS]->(c:Startup)
WITH j, r, c, w, doubt, coalesce(r.announced_last, '9999-12-31') <= $as_of AS known,
  r.instrument IN ['equity', 'debt', 'mixed', 'grant'] AS money,
  reduce(found = coalesce(w.reports, []), one IN lists | found + one) AS urls
ORDER BY c.name
WITH j, r, c, w, doubt, urls, known AND money AS counts, known AND NOT money AS aside,
  money AND NOT known AS maybe
WITH j, collect(DISTINCT r.id) AS shared, collect(urls) AS lists,
  count(DISTINCT CASE WHEN counts THEN r.id END) AS rounds,
  collect(DISTINCT CASE WHEN counts THEN c.name END) AS companies,
  min(CASE WHEN counts THEN r.announced_first END) AS first,
  max(CASE WHEN counts THEN r.announced_last END) AS last,
  count(DISTINCT CASE WHEN counts AND (w.disputed OR doubt = 1) THEN r.id END) AS disputed,
  count(DISTINCT CASE WHEN aside THEN r.id END) AS apart,
  count(DISTINCT CASE WHEN maybe THEN r.id END) AS possible
WHERE rounds + apart + possible > 0
UNWIND shared AS one
MATCH (r:FundingRound {id: one})
OPTIONAL MATCH (j)-[k:IS_A]->(s:CapitalSource)
WHERE coalesce(k.since, '') <= coalesce(r.announced_last, '9999-12-31')
  AND coalesce(k.until, '9999-12-31') >= coalesce(r.announced_first, '')
WITH j, rounds, companies, first, last, apart, disputed, possible, lists, coalesce(s.id, 'unknown') AS kind
ORDER BY kind
WITH j, rounds, companies, first, last, apart, disputed, possible, lists, collect(DISTINCT kind) AS kinds
WITH j, rounds, companies, first, last, apart, disputed, possible, kinds,
  reduce(found = [], one IN lists | found + one) AS urls
UNWIND CASE WHEN size(urls) = 0 THEN [null] ELSE urls END AS url
WITH j, rounds, companies, first, last, apart, disputed, possible, kinds, url
ORDER BY url
WITH j, rounds, companies, first, last, apart, disputed, possible, kinds, collect(DISTINCT url) AS reports
RETURN j.id AS investor, j.name AS investor_name, kinds, rounds, companies, first, last,
  apart, disputed, possible, reports
ORDER BY rounds DESC, investor
