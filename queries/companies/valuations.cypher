// title = "A company's valuations over time"
// question = "At what was a company valued, round by round and with nothing summed, before or after the money, and who says so?"
// tags = ["companies", "valuation"]
// related = ["companies/rounds", "ceiling/valuation"]
// examples = ["whofunds query companies/valuations company=moonshot-ai", "whofunds query companies/valuations company=anthropic"]
// params.company = {type = "startup", help = "the company, by id or any name"}
// params.as_of = {type = "date", default = "9999-12-31", help = "rounds certainly closed by this day"}
// params.currency = {type = "currency", default = "USD", help = "currency of the converted valuations"}
// columns.announced = {meaning = "when the round was announced, as far as that is known"}
// columns.first = {meaning = "first day on which it may have been announced", unit = "day", table = "never"}
// columns.last = {meaning = "last day on which it may have been announced", unit = "day", table = "never"}
// columns.round = {meaning = "round", table = "never"}
// columns.stage = {meaning = "stage, as reports call it"}
// columns.instrument = {meaning = "equity, debt, ...; a valuation also stands where holders change only"}
// columns.listing = {meaning = "private, ipo or post-ipo", table = "never"}
// columns.basis = {meaning = "post: with the round's money; pre: without it; not said: no report says"}
// columns.valuation_min = {meaning = "valuation, at least", unit = "valuation currency", table = "never"}
// columns.valuation_max = {meaning = "valuation, at most", unit = "valuation currency", table = "never"}
// columns.valuation_stated = {meaning = "valuation as printed", unit = "valuation currency"}
// columns.valuation_currency = {meaning = "currency in which it is printed"}
// columns.min = {meaning = "valuation, at least; empty: no lower bound is known", unit = "currency"}
// columns.max = {meaning = "valuation, at most; empty: no upper bound is known", unit = "currency"}
// columns.stated = {meaning = "valuation as printed", unit = "currency"}
// columns.unconverted = {meaning = "1 where it can't be converted, else 0", table = "filled"}
// columns.disputed = {meaning = "whether reports differ on it", table = "filled"}
// columns.without = {meaning = "closed rounds by as_of for which no report states a valuation", unit = "rounds", table = "never"}
// columns.possible = {meaning = "valued rounds left out: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports that state a valuation for it"}
MATCH (c:Startup {id: $company})
OPTIONAL MATCH (c)<-[:FUNDS]-(q:FundingRound)
WHERE q.status = 'closed' AND coalesce(q.announced_first, '') <= $as_of
WITH c,
  count(CASE WHEN coalesce(q.announced_last, '9999-12-31') > $as_of
    AND coalesce(q.valuation_min, q.valuation_max, q.valuation_stated) IS NOT NULL THEN 1 END) AS possible,
  count(CASE WHEN coalesce(q.announced_last, '9999-12-31') <= $as_of
    AND coalesce(q.valuation_min, q.valuation_max, q.valuation_stated) IS NULL THEN 1 END) AS without
MATCH (c)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND coalesce(r.announced_last, '9999-12-31') <= $as_of
  AND coalesce(r.valuation_min, r.valuation_max, r.valuation_stated) IS NOT NULL
OPTIONAL MATCH (r)<-[s:STATES]-(p:Report)
WHERE coalesce(s.valuation_min, s.valuation_max, s.valuation_stated) IS NOT NULL
WITH r, possible, without, p.url AS url
ORDER BY url
WITH r, possible, without, collect(DISTINCT url) AS reports,
  r['valuation_min_' + toLower($currency)] AS low,
  r['valuation_max_' + toLower($currency)] AS high,
  r['valuation_stated_' + toLower($currency)] AS said
RETURN r.announced AS announced, r.announced_first AS first, r.announced_last AS last,
  r.id AS round, r.stage AS stage, r.instrument AS instrument, r.listing AS listing,
  coalesce(r.valuation_basis, 'not said') AS basis,
  r.valuation_min AS valuation_min, r.valuation_max AS valuation_max,
  r.valuation_stated AS valuation_stated, r.valuation_currency AS valuation_currency,
  low AS min, high AS max, said AS stated,
  CASE WHEN (r.valuation_min IS NOT NULL AND low IS NULL)
    OR (r.valuation_max IS NOT NULL AND high IS NULL) THEN 1 ELSE 0 END AS unconverted,
  'valuation' IN coalesce(r.disputed, []) AS disputed, without, possible, reports
ORDER BY last, first, round
