// title = "Facts that views draw"
// question = "Who took part in which round of which company; a row a round and investor, or a round without any?"
// tags = ["views"]
// columns.company = {meaning = "company"}
// columns.company_name = {meaning = "its name"}
// columns.company_names = {meaning = "every name it is known by"}
// columns.cohort = {meaning = "its generation"}
// columns.city = {meaning = "its seat at the round's date, else its latest; empty where none is known"}
// columns.city_name = {meaning = "the city's name"}
// columns.city_names = {meaning = "every name the city is known by"}
// columns.round = {meaning = "round"}
// columns.stage = {meaning = "stage, as reports call it"}
// columns.status = {meaning = "closed, talks, planned, filed or withdrawn"}
// columns.instrument = {meaning = "equity, debt, ..."}
// columns.listing = {meaning = "private, ipo or post-ipo"}
// columns.first = {meaning = "first day on which it may have been announced", unit = "day"}
// columns.last = {meaning = "last day on which it may have been announced", unit = "day"}
// columns.precision = {meaning = "day, month, quarter, half or year"}
// columns.amount_min = {meaning = "the round's amount, at least", unit = "own currency"}
// columns.amount_max = {meaning = "the round's amount, at most", unit = "own currency"}
// columns.amount_stated = {meaning = "the round's amount as printed", unit = "own currency"}
// columns.amount_qualifier = {meaning = "what was printed with the amount"}
// columns.currency = {meaning = "currency of the amount"}
// columns.disputed = {meaning = "fields in which the round's accounts differ"}
// columns.investor = {meaning = "investor; empty where no report names one"}
// columns.investor_name = {meaning = "its name"}
// columns.investor_names = {meaning = "every name it is known by"}
// columns.kinds = {meaning = "its kinds of capital at the round's date"}
// columns.kind_basis = {meaning = "for each kind whether a report states it or only the name shows it"}
// columns.lead = {meaning = "whether it led"}
// columns.cheque_min = {meaning = "its own cheque, at least", unit = "cheque currency"}
// columns.cheque_max = {meaning = "its own cheque, at most", unit = "cheque currency"}
// columns.cheque_stated = {meaning = "its own cheque as printed", unit = "cheque currency"}
// columns.cheque_currency = {meaning = "currency of the cheque"}
// columns.reports = {meaning = "addresses of the reports on the round and on its taking part"}
MATCH (c:Startup)<-[:FUNDS]-(r:FundingRound)
OPTIONAL MATCH (c)-[b:BASED_IN]->(h:City)
WITH c, r, b, h,
  CASE WHEN coalesce(b.since, '') <= coalesce(r.announced_last, '9999-12-31')
    AND coalesce(b.until, '9999-12-31') >= coalesce(r.announced_first, '') THEN 0 ELSE 1 END AS off
ORDER BY off, coalesce(b.until, '9999-12-31') DESC, coalesce(b.since, '') DESC, h.id
WITH c, r, collect(h) AS seats
WITH c, r, seats[0] AS h
OPTIONAL MATCH (r)<-[:STATES]-(p:Report)
WITH c, r, h, collect(p.url) AS stating
OPTIONAL MATCH (r)<-[v:INVESTED_IN]-(i:Investor)
WITH c, r, h, v, i, stating + coalesce(v.reports, []) AS urls
OPTIONAL MATCH (i)-[k:IS_A]->(s:CapitalSource)
WHERE coalesce(k.since, '') <= coalesce(r.announced_last, '9999-12-31')
  AND coalesce(k.until, '9999-12-31') >= coalesce(r.announced_first, '')
WITH c, r, h, v, i, urls, s.id AS kind,
  min(CASE WHEN s IS NOT NULL THEN coalesce(k.basis, '') END) AS basis
ORDER BY kind
WITH c, r, h, v, i, urls, collect(kind) AS kinds, collect(basis) AS kind_basis
UNWIND CASE WHEN size(urls) = 0 THEN [null] ELSE urls END AS url
WITH c, r, h, v, i, kinds, kind_basis, url
ORDER BY url
WITH c, r, h, v, i, kinds, kind_basis, collect(DISTINCT url) AS reports
RETURN c.id AS company, c.name AS company_name, coalesce(c.names, []) AS company_names,
  c.cohort AS cohort, h.id AS city, h.name AS city_name, h.names AS city_names,
  r.id AS round, r.stage AS stage, r.status AS status, r.instrument AS instrument,
  r.listing AS listing, r.announced_first AS first, r.announced_last AS last,
  r.precision AS precision, r.amount_min AS amount_min, r.amount_max AS amount_max,
  r.amount_stated AS amount_stated, r.amount_qualifier AS amount_qualifier,
  r.currency AS currency, coalesce(r.disputed, []) AS disputed,
  i.id AS investor, i.name AS investor_name, i.names AS investor_names,
  CASE WHEN i IS NOT NULL AND size(kinds) = 0 THEN ['unknown'] ELSE kinds END AS kinds,
  CASE WHEN i IS NOT NULL AND size(kinds) = 0 THEN [''] ELSE kind_basis END AS kind_basis,
  v.lead AS lead, v.amount_min AS cheque_min, v.amount_max AS cheque_max,
  v.amount_stated AS cheque_stated, v.currency AS cheque_currency, reports
ORDER BY company, round, investor
