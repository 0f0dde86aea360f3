// title = "Facts that views draw"
// question = "Who took part in which round of which company; a row a round and investor, or a round without any?"
// tags = ["views"]
// params.after = {type = "text", default = "", help = "only companies whose id comes after this one"}
// params.page = {type = "integer", default = 1000000000, help = "how many companies at most"}
// params.currency = {type = "currency", default = "CNY", help = "currency that sums are converted to"}
// columns.company = {meaning = "company"}
// columns.company_name = {meaning = "its name"}
// columns.company_names = {meaning = "every name it is known by"}
// columns.cohort = {meaning = "its generation"}
// columns.country = {meaning = "its country"}
// columns.founded_first = {meaning = "first day on which it may have been founded", unit = "day"}
// columns.founded_last = {meaning = "last day on which it may have been founded", unit = "day"}
// columns.city = {meaning = "its seat at the round's date; empty where none is known, or it may be one of several"}
// columns.city_name = {meaning = "the city's name"}
// columns.city_names = {meaning = "every name the city is known by"}
// columns.city_country = {meaning = "the city's country"}
// columns.city_latitude = {meaning = "the city's latitude", unit = "degrees"}
// columns.city_longitude = {meaning = "the city's longitude", unit = "degrees"}
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
// columns.sum_min = {meaning = "the round's amount, at least", unit = "currency"}
// columns.sum_max = {meaning = "the round's amount, at most", unit = "currency"}
// columns.sum_stated = {meaning = "the round's amount as printed", unit = "currency"}
// columns.valuation_min = {meaning = "valuation, at least", unit = "valuation currency"}
// columns.valuation_max = {meaning = "valuation, at most", unit = "valuation currency"}
// columns.valuation_stated = {meaning = "valuation as printed", unit = "valuation currency"}
// columns.valuation_currency = {meaning = "currency of the valuation"}
// columns.valuation_basis = {meaning = "post- or pre-money"}
// columns.valuation_sum_min = {meaning = "valuation, at least", unit = "currency"}
// columns.valuation_sum_max = {meaning = "valuation, at most", unit = "currency"}
// columns.valuation_sum_stated = {meaning = "valuation as printed", unit = "currency"}
// columns.disputed = {meaning = "fields in which the round's accounts differ"}
// columns.investor = {meaning = "investor; empty where no report names one"}
// columns.investor_name = {meaning = "its name"}
// columns.investor_names = {meaning = "every name it is known by"}
// columns.investor_country = {meaning = "its country"}
// columns.kinds = {meaning = "its kinds of capital at the round's date"}
// columns.kind_basis = {meaning = "for each kind whether a report states it or only the name shows it"}
// columns.lead = {meaning = "whether it led"}
// columns.cheque_min = {meaning = "its own cheque, at least", unit = "cheque currency"}
// columns.cheque_max = {meaning = "its own cheque, at most", unit = "cheque currency"}
// columns.cheque_stated = {meaning = "its own cheque as printed", unit = "cheque currency"}
// columns.cheque_currency = {meaning = "currency of the cheque"}
// columns.cheque_sum_min = {meaning = "its own cheque, at least", unit = "currency"}
// columns.cheque_sum_max = {meaning = "its own cheque, at most", unit = "currency"}
// columns.cheque_sum_stated = {meaning = "its own cheque as printed", unit = "currency"}
// columns.seat = {meaning = "the city that it or its group acts for at the round's date, else where it has its seat"}
// columns.seat_name = {meaning = "that city's name"}
// columns.seat_names = {meaning = "every name that city is known by"}
// columns.seat_country = {meaning = "that city's country"}
// columns.seat_latitude = {meaning = "that city's latitude", unit = "degrees"}
// columns.seat_longitude = {meaning = "that city's longitude", unit = "degrees"}
// columns.local = {meaning = "of a city fund alone, as cities/same-city has it: same, other, no city, no seat"}
// columns.near = {meaning = "as local, of any investor, by the city in the column seat; empty where none is named"}
// columns.doubt = {meaning = "whether its taking part is disputed"}
// columns.reports = {meaning = "addresses of the reports on the round and on its taking part"}
MATCH (c:Startup)<-[:FUNDS]-(:FundingRound)
WHERE c.id > $after
WITH DISTINCT c
ORDER BY c.id
LIMIT $page
MATCH (c)<-[:FUNDS]-(r:FundingRound)
OPTIONAL MATCH (c)-[b:BASED_IN]->(h:City)
WITH r.id AS round, coalesce(r.announced_first, '') AS first,
  coalesce(r.announced_last, '9999-12-31') AS last, h.id AS home,
  coalesce(b.since, '') AS since, coalesce(b.until, '9999-12-31') AS until
WITH round, first, last, home, since, until,
  since <= last AND until >= first AS held
WITH round, first, last, collect(DISTINCT CASE WHEN held THEN home END) AS homes
WITH round, first, last, homes, CASE WHEN size(homes) = 1 THEN homes[0] END AS home
OPTIONAL MATCH (:FundingRound {id: round})<-[:STATES]-(p:Report)
WITH round, first, last, home, homes, p.url AS url
ORDER BY url
WITH round, first, last, home, homes, collect(DISTINCT url) AS stating
OPTIONAL MATCH (:FundingRound {id: round})<-[v:INVESTED_IN]-(i:Investor)
WITH round, first, last, home, homes, stating, v, i.id AS investor,
  [url IN coalesce(v.reports, []) WHERE NOT url IN stating] AS more
UNWIND CASE WHEN size(more) = 0 THEN [null] ELSE stating + more END AS url
WITH round, first, last, home, homes, stating, v, investor, url
ORDER BY url
WITH round, first, last, home, homes, stating, v, investor, collect(DISTINCT url) AS found
WITH round, first, last, home, homes, v, investor,
  CASE WHEN size(found) = 0 THEN stating ELSE found END AS reports
OPTIONAL MATCH (i:Investor {id: investor})
OPTIONAL MATCH (i)-[k:IS_A]->(s:CapitalSource)
WHERE coalesce(k.since, '') <= last AND coalesce(k.until, '9999-12-31') >= first
WITH round, first, last, home, homes, reports, v, investor, s.id AS kind,
  min(CASE WHEN s IS NOT NULL THEN coalesce(k.basis, '') END) AS basis
ORDER BY kind
WITH round, first, last, home, homes, reports, v, investor,
  collect(kind) AS kinds, collect(basis) AS kind_basis
OPTIONAL MATCH (i:Investor {id: investor})
OPTIONAL MATCH up = (i)-[:PART_OF*0..8]->(:Investor)-[:ACTS_FOR]->(t:City)
WHERE all(x IN relationships(up) WHERE
  coalesce(x.since, '') <= last AND coalesce(x.until, '9999-12-31') >= first)
WITH round, first, last, home, homes, reports, v, investor, kinds, kind_basis, t.id AS place,
  min(length(up)) AS steps
ORDER BY steps, place
WITH round, first, last, home, homes, reports, v, investor, kinds, kind_basis,
  collect(place)[0] AS place
OPTIONAL MATCH (i:Investor {id: investor})
OPTIONAL MATCH (i)-[b:BASED_IN]->(g:City)
WHERE coalesce(b.since, '') <= last AND coalesce(b.until, '9999-12-31') >= first
WITH round, home, homes, reports, v, investor, kinds, kind_basis, place, g.id AS based,
  coalesce(b.since, '') AS since, coalesce(b.until, '9999-12-31') AS until
ORDER BY until DESC, since DESC, based
WITH round, home, homes, reports, v, investor, kinds, kind_basis, place, collect(based)[0] AS based
MATCH (r:FundingRound {id: round})-[:FUNDS]->(c:Startup)
OPTIONAL MATCH (h:City {id: home})
OPTIONAL MATCH (i:Investor {id: investor})
OPTIONAL MATCH (g:City {id: coalesce(place, based)})
RETURN c.id AS company, c.name AS company_name, coalesce(c.names, []) AS company_names,
  c.cohort AS cohort, c.country AS country,
  c.founded_first AS founded_first, c.founded_last AS founded_last,
  h.id AS city, h.name AS city_name, h.names AS city_names, h.country AS city_country,
  h.latitude AS city_latitude, h.longitude AS city_longitude,
  r.id AS round, r.stage AS stage, r.status AS status, r.instrument AS instrument,
  r.listing AS listing, r.announced_first AS first, r.announced_last AS last,
  r.precision AS precision, r.amount_min AS amount_min, r.amount_max AS amount_max,
  r.amount_stated AS amount_stated, r.amount_qualifier AS amount_qualifier,
  r.currency AS currency,
  r['amount_min_' + toLower($currency)] AS sum_min,
  r['amount_max_' + toLower($currency)] AS sum_max,
  r['amount_stated_' + toLower($currency)] AS sum_stated,
  r.valuation_min AS valuation_min, r.valuation_max AS valuation_max,
  r.valuation_stated AS valuation_stated, r.valuation_currency AS valuation_currency,
  r.valuation_basis AS valuation_basis,
  r['valuation_min_' + toLower($currency)] AS valuation_sum_min,
  r['valuation_max_' + toLower($currency)] AS valuation_sum_max,
  r['valuation_stated_' + toLower($currency)] AS valuation_sum_stated,
  coalesce(r.disputed, []) AS disputed,
  i.id AS investor, i.name AS investor_name, i.names AS investor_names,
  i.country AS investor_country,
  CASE WHEN i IS NOT NULL AND size(kinds) = 0 THEN ['unknown'] ELSE kinds END AS kinds,
  CASE WHEN i IS NOT NULL AND size(kinds) = 0 THEN [''] ELSE kind_basis END AS kind_basis,
  v.lead AS lead, v.amount_min AS cheque_min, v.amount_max AS cheque_max,
  v.amount_stated AS cheque_stated, v.currency AS cheque_currency,
  v['amount_min_' + toLower($currency)] AS cheque_sum_min,
  v['amount_max_' + toLower($currency)] AS cheque_sum_max,
  v['amount_stated_' + toLower($currency)] AS cheque_sum_stated,
  g.id AS seat, g.name AS seat_name, g.names AS seat_names, g.country AS seat_country,
  g.latitude AS seat_latitude, g.longitude AS seat_longitude,
  CASE WHEN NOT 'city-fund' IN kinds THEN '' WHEN place IS NULL THEN 'no city'
    WHEN size(homes) = 0 THEN 'no seat' WHEN homes = [place] THEN 'same'
    WHEN place IN homes THEN 'no seat' ELSE 'other' END AS local,
  CASE WHEN i IS NULL THEN '' WHEN g IS NULL THEN 'no city'
    WHEN size(homes) = 0 THEN 'no seat' WHEN homes = [g.id] THEN 'same'
    WHEN g.id IN homes THEN 'no seat' ELSE 'other' END AS near,
  coalesce(v.disputed, false) AS doubt, reports
ORDER BY company, round, investor
