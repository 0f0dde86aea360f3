// title = "How a government's money reaches a company"
// question = "Through which funds does the money of a government, or of what a state controls, reach a company?"
// tags = ["paths", "government", "groups"]
// related = ["paths/state-money", "investors/reach", "cities/city-funds"]
// examples = ["whofunds query paths/from-government government=Hangzhou company=智谱", "whofunds query paths/from-government government=beijing company=moonshot-ai"]
// params.government = {type = "entity", help = "a government, a state-controlled investor, or a city whose funds are meant, by id or any name; no rows for an investor that isn't known to be state-controlled"}
// params.company = {type = "startup", help = "the company, by id or any name"}
// params.as_of = {type = "date", default = "9999-12-31", help = "rounds certainly closed by this day"}
// params.currency = {type = "currency", default = "CNY", help = "currency of the cheque"}
// columns.chain = {meaning = "the chain in words, from the government to the company"}
// columns.investor = {meaning = "who took part in the round", table = "never"}
// columns.investor_name = {meaning = "its name", table = "never"}
// columns.round = {meaning = "round", table = "never"}
// columns.stage = {meaning = "stage, as reports call it"}
// columns.instrument = {meaning = "equity, debt, ...; secondary, acquisition and licence bring the company nothing"}
// columns.announced = {meaning = "when it was announced, as far as that is known"}
// columns.first = {meaning = "first day on which it may have been announced", unit = "day", table = "never"}
// columns.last = {meaning = "last day on which it may have been announced", unit = "day", table = "never"}
// columns.lead = {meaning = "whether the investor led"}
// columns.cheque_min = {meaning = "the investor's own cheque, at least", unit = "currency", table = "filled"}
// columns.cheque_max = {meaning = "the investor's own cheque, at most", unit = "currency", table = "filled"}
// columns.cheque_stated = {meaning = "the investor's own cheque, as printed", unit = "currency", table = "never"}
// columns.unconverted = {meaning = "1 where the cheque can't be converted, else 0", table = "filled"}
// columns.part_disputed = {meaning = "whether reports differ on its taking part", table = "filled"}
// columns.disputed = {meaning = "fields in which the round's accounts differ", table = "filled"}
// columns.possible = {meaning = "chains left out: their round may have closed only after as_of", unit = "chains", table = "filled"}
// columns.path = {meaning = "the chain as a path", table = "never"}
// columns.reports = {meaning = "addresses of the reports on the links and the taking part"}
MATCH (o:Investor|City {id: $government})
WHERE o:City OR o.state_controlled = 'yes'
OPTIONAL MATCH path = (o)<-[:PART_OF|ACTS_FOR*0..8]-(:Investor)-[:INVESTED_IN]->(r:FundingRound)-[:FUNDS]->(:Startup {id: $company})
WHERE r.status = 'closed' AND coalesce(r.announced_first, '') <= $as_of
  AND coalesce(r.announced_last, '9999-12-31') > $as_of
  AND all(x IN relationships(path) WHERE
    coalesce(x.since, '') <= coalesce(r.announced_last, '9999-12-31')
    AND coalesce(x.until, '9999-12-31') >= coalesce(r.announced_first, ''))
WITH o, [n IN nodes(path) | n.id] AS ids
WITH o, count(DISTINCT ids) AS possible
MATCH path = (o)<-[:PART_OF|ACTS_FOR*0..8]-(i:Investor)-[v:INVESTED_IN]->(r:FundingRound)-[:FUNDS]->(:Startup {id: $company})
WHERE r.status = 'closed' AND coalesce(r.announced_last, '9999-12-31') <= $as_of
  AND all(x IN relationships(path) WHERE
    coalesce(x.since, '') <= coalesce(r.announced_last, '9999-12-31')
    AND coalesce(x.until, '9999-12-31') >= coalesce(r.announced_first, ''))
WITH possible, path, i, v, r, [n IN nodes(path) | n.id] AS ids, [n IN nodes(path) | n.name] AS names,
  [x IN relationships(path) WHERE coalesce(x.report, '') <> '' | x.report] + coalesce(v.reports, []) AS urls,
  [x IN relationships(path) | coalesce(x.since, '') + ' ' + coalesce(x.until, '') + ' ' + coalesce(x.report, '')] AS marks
ORDER BY marks
WITH possible, i, v, r, ids, names, collect(path) AS paths, collect(urls) AS lists
WITH possible, i, v, r, ids, names, paths[0] AS path,
  reduce(found = [], one IN lists | found + one) AS urls
UNWIND CASE WHEN size(urls) = 0 THEN [null] ELSE urls END AS url
WITH possible, path, i, v, r, ids, names, url
ORDER BY url
WITH possible, path, i, v, r, ids, names, collect(DISTINCT url) AS reports,
  v['amount_min_' + toLower($currency)] AS cheque_min,
  v['amount_max_' + toLower($currency)] AS cheque_max,
  v['amount_stated_' + toLower($currency)] AS cheque_stated
RETURN reduce(text = names[0], n IN names[1..] | text + ' > ' + n) AS chain,
  i.id AS investor, i.name AS investor_name, r.id AS round, r.stage AS stage,
  r.instrument AS instrument, r.announced AS announced, r.announced_first AS first,
  r.announced_last AS last, v.lead AS lead, cheque_min, cheque_max, cheque_stated,
  CASE WHEN coalesce(v.amount_min, v.amount_max) IS NOT NULL
    AND coalesce(cheque_min, cheque_max) IS NULL THEN 1 ELSE 0 END AS unconverted,
  v.disputed AS part_disputed, coalesce(r.disputed, []) AS disputed, possible, path, reports
ORDER BY first, round, investor, ids
