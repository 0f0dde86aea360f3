// title = "Portfolio of an investor or group"
// question = "What did an investor, and everything that is part of it, fund?"
// tags = ["investors", "groups", "rounds"]
// related = ["investors/co-investors", "investors/follow-on", "investors/control"]
// examples = ["whofunds query investors/portfolio investor=阿里巴巴", "whofunds query investors/portfolio investor=shanghai-gov currency=CNY"]
// params.investor = {type = "investor", help = "the investor or group, by id or any name"}
// params.as_of = {type = "date", default = "9999-12-31", help = "rounds certainly announced by this day"}
// params.currency = {type = "currency", default = "USD", help = "currency of the sums"}
// columns.company = {meaning = "company", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.round = {meaning = "round", table = "never"}
// columns.stage = {meaning = "stage, as reports call it"}
// columns.status = {meaning = "closed, talks, planned, filed or withdrawn; only closed ones are money"}
// columns.instrument = {meaning = "equity, debt, ...; secondary, acquisition and licence bring the company nothing"}
// columns.listing = {meaning = "private, ipo or post-ipo", table = "never"}
// columns.announced = {meaning = "when it was announced, as far as that is known"}
// columns.first = {meaning = "first day on which it may have been announced", unit = "day", table = "never"}
// columns.last = {meaning = "last day on which it may have been announced", unit = "day", table = "never"}
// columns.investor = {meaning = "who took part: the investor asked for, or a part of it", table = "never"}
// columns.investor_name = {meaning = "its name"}
// columns.kinds = {meaning = "its kinds of capital at the round's date", table = "never"}
// columns.lead = {meaning = "whether it led"}
// columns.cheque_min = {meaning = "its own cheque, at least", unit = "currency", table = "filled"}
// columns.cheque_max = {meaning = "its own cheque, at most", unit = "currency", table = "filled"}
// columns.cheque_stated = {meaning = "its own cheque, as printed", unit = "currency", table = "never"}
// columns.round_min = {meaning = "the whole round, at least; not this investor's money", unit = "currency", table = "never"}
// columns.round_max = {meaning = "the whole round, at most; not this investor's money", unit = "currency", table = "never"}
// columns.round_stated = {meaning = "the whole round, as printed; not this investor's money", unit = "currency", table = "never"}
// columns.unconverted = {meaning = "sums of this row that can't be converted: cheque, round", unit = "sums", table = "filled"}
// columns.part_disputed = {meaning = "whether reports differ on its taking part", table = "filled"}
// columns.disputed = {meaning = "fields in which the round's accounts differ", table = "filled"}
// columns.possible = {meaning = "rounds of the group left out: they may have been announced only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports"}
MATCH (o:Investor {id: $investor})
OPTIONAL MATCH path = (o)<-[:PART_OF*0..8]-(:Investor)-[:INVESTED_IN]->(r:FundingRound)
WHERE coalesce(r.announced_first, '') <= $as_of
  AND coalesce(r.announced_last, '9999-12-31') > $as_of
  AND all(x IN relationships(path) WHERE
    coalesce(x.since, '') <= coalesce(r.announced_last, '9999-12-31')
    AND coalesce(x.until, '9999-12-31') >= coalesce(r.announced_first, ''))
WITH o, count(DISTINCT r.id) AS possible
MATCH path = (o)<-[:PART_OF*0..8]-(i:Investor)-[v:INVESTED_IN]->(r:FundingRound)
WHERE coalesce(r.announced_last, '9999-12-31') <= $as_of
  AND all(x IN relationships(path) WHERE
    coalesce(x.since, '') <= coalesce(r.announced_last, '9999-12-31')
    AND coalesce(x.until, '9999-12-31') >= coalesce(r.announced_first, ''))
WITH DISTINCT possible, i, v, r
MATCH (r)-[:FUNDS]->(c:Startup)
OPTIONAL MATCH (i)-[k:IS_A]->(s:CapitalSource)
WHERE coalesce(k.since, '') <= coalesce(r.announced_last, '9999-12-31')
  AND coalesce(k.until, '9999-12-31') >= coalesce(r.announced_first, '')
WITH possible, i, v, r, c, s
ORDER BY s.id
WITH possible, i, v, r, c, collect(DISTINCT s.id) AS kinds
OPTIONAL MATCH (r)<-[:STATES]-(p:Report)
WITH possible, i, v, r, c, kinds, collect(p.url) + coalesce(v.reports, []) AS urls
UNWIND CASE WHEN size(urls) = 0 THEN [null] ELSE urls END AS url
WITH possible, i, v, r, c, kinds, url
ORDER BY url
WITH possible, i, v, r, c, kinds, collect(DISTINCT url) AS reports,
  v['amount_min_' + toLower($currency)] AS cheque_min,
  v['amount_max_' + toLower($currency)] AS cheque_max,
  v['amount_stated_' + toLower($currency)] AS cheque_stated,
  r['amount_min_' + toLower($currency)] AS round_min,
  r['amount_max_' + toLower($currency)] AS round_max,
  r['amount_stated_' + toLower($currency)] AS round_stated
RETURN c.id AS company, c.name AS company_name, r.id AS round, r.stage AS stage,
  r.status AS status, r.instrument AS instrument, r.listing AS listing,
  r.announced AS announced, r.announced_first AS first, r.announced_last AS last,
  i.id AS investor, i.name AS investor_name,
  CASE WHEN size(kinds) = 0 THEN ['unknown'] ELSE kinds END AS kinds, v.lead AS lead,
  cheque_min, cheque_max, cheque_stated, round_min, round_max, round_stated,
  CASE WHEN coalesce(v.amount_min, v.amount_max) IS NOT NULL
    AND coalesce(cheque_min, cheque_max) IS NULL THEN 1 ELSE 0 END
  + CASE WHEN coalesce(r.amount_min, r.amount_max) IS NOT NULL
    AND coalesce(round_min, round_max) IS NULL THEN 1 ELSE 0 END AS unconverted,
  v.disputed AS part_disputed, coalesce(r.disputed, []) AS disputed, possible, reports
ORDER BY first, round, investor
