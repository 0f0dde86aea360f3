// title = "All rounds"
// question = "Which rounds of which companies are held, from which accounts, and what do they say?"
// tags = ["companies", "rounds"]
// related = ["companies/rounds", "quality/disputed", "quality/coverage"]
// examples = ["whofunds query companies/all-rounds as_of=2023 --format csv"]
// params.as_of = {type = "date", default = "9999-12-31", help = "rounds that had certainly been announced by this day"}
// columns.id = {meaning = "round"}
// columns.company = {meaning = "company"}
// columns.accounts = {meaning = "keys of its accounts, as their source writes them", table = "never"}
// columns.announced = {meaning = "when it was announced, as printed"}
// columns.announced_first = {meaning = "first day on which it may have been announced", unit = "day", table = "never"}
// columns.announced_last = {meaning = "last day on which it may have been announced", unit = "day", table = "never"}
// columns.precision = {meaning = "day, month, quarter, half or year", table = "never"}
// columns.stage = {meaning = "stage, as reports call it; of a round without one, what else it was: ipo, debt, secondary, ..."}
// columns.status = {meaning = "closed, talks, planned, filed or withdrawn"}
// columns.instrument = {meaning = "equity, debt, ..."}
// columns.amount_min = {meaning = "amount, at least", unit = "own currency"}
// columns.amount_max = {meaning = "amount, at most", unit = "own currency"}
// columns.amount_stated = {meaning = "amount as printed", unit = "own currency", table = "never"}
// columns.currency = {meaning = "currency of the amount"}
// columns.disputed = {meaning = "fields in which its accounts differ"}
// columns.reports = {meaning = "addresses of the reports", table = "never"}
MATCH (c:Startup)<-[:FUNDS]-(r:FundingRound)
WHERE coalesce(r.announced_last, '9999-12-31') <= $as_of
OPTIONAL MATCH (r)<-[:STATES]-(p:Report)
WITH c, r, p
ORDER BY p.url
WITH c, r, collect(DISTINCT p.url) AS reports
RETURN r.id AS id, c.id AS company,
  [a IN r.accounts | substring(a, size(split(a, ':')[0]) + 1)] AS accounts,
  r.announced AS announced, r.announced_first AS announced_first,
  r.announced_last AS announced_last, r.precision AS precision,
  coalesce(r.stage, CASE WHEN r.listing = 'ipo' THEN 'ipo' WHEN r.instrument <> 'equity' THEN r.instrument END) AS stage,
  r.status AS status, r.instrument AS instrument,
  r.amount_min AS amount_min, r.amount_max AS amount_max, r.amount_stated AS amount_stated,
  r.currency AS currency, r.disputed AS disputed, reports
ORDER BY company, announced_last, id
