// title = "A company's sum, event by event"
// question = "Which events make up what a company raised, which are left out and why, at which rate, and who says so?"
// tags = ["ceiling", "money", "company", "rounds"]
// related = ["ceiling/raised", "companies/totals", "companies/rounds"]
// examples = ["whofunds query ceiling/reconciliation company=智谱", "whofunds query ceiling/reconciliation company=minimax currency=USD as_of=2024"]
// params.company = {type = "startup", help = "the company, by id or any name"}
// params.as_of = {type = "date", default = "9999-12-31", help = "money certainly raised by this day"}
// params.currency = {type = "currency", default = "CNY", help = "currency of the sums"}
// columns.announced = {meaning = "when it was announced, as far as that is known"}
// columns.first = {meaning = "first day on which it may have been announced", unit = "day", table = "never"}
// columns.last = {meaning = "last day on which it may have been announced", unit = "day", table = "never"}
// columns.round = {meaning = "round", table = "never"}
// columns.stage = {meaning = "stage, as reports call it"}
// columns.counts = {meaning = "in: part of the sum, as ceiling/raised has it; out; possible: it would count, but may have closed only after as_of"}
// columns.why = {meaning = "why it is in or out: equity, debt or mixed; else its status, listing or instrument"}
// columns.floor = {meaning = "its amount, at least; the floors of the rows that are in add up to the company's floor", unit = "currency"}
// columns.stated = {meaning = "its amount as printed; a printed range counts with its lower end; adds up likewise", unit = "currency"}
// columns.ceiling = {meaning = "its amount, at most; adds up likewise where nothing is open", unit = "currency"}
// columns.open = {meaning = "what keeps its ceiling open: undisclosed, at least, not convertible, disputed", table = "filled"}
// columns.amount_min = {meaning = "amount, at least", unit = "own currency", table = "never"}
// columns.amount_max = {meaning = "amount, at most", unit = "own currency", table = "never"}
// columns.amount_stated = {meaning = "amount as printed", unit = "own currency"}
// columns.qualifier = {meaning = "what was printed with it", table = "never"}
// columns.own_currency = {meaning = "its currency"}
// columns.rate_date = {meaning = "day, or month or year of which the mean, of the rate; empty where nothing was converted"}
// columns.rate_source = {meaning = "whose rate it is", table = "never"}
// columns.disputed = {meaning = "fields in which its accounts differ", table = "filled"}
// columns.accounts = {meaning = "reports' accounts that it rests on, by key", table = "never"}
// columns.reports = {meaning = "addresses of the reports that state it"}
MATCH (c:Startup {id: $company})<-[:FUNDS]-(r:FundingRound)
WHERE coalesce(r.announced_first, '') <= $as_of
OPTIONAL MATCH (r)<-[:STATES]-(p:Report)
WITH r, p.url AS url
ORDER BY url
WITH r, collect(DISTINCT url) AS reports,
  r['amount_min_' + toLower($currency)] AS low,
  r['amount_max_' + toLower($currency)] AS high,
  coalesce(r['amount_stated_' + toLower($currency)], r['amount_min_' + toLower($currency)]) AS said
WITH *,
  (r.amount_min IS NOT NULL AND low IS NULL) OR (r.amount_max IS NOT NULL AND high IS NULL) AS foreign,
  any(f IN coalesce(r.disputed, []) WHERE f IN ['amount', 'currency']) AS doubt,
  CASE WHEN r.status <> 'closed' THEN r.status
    WHEN NOT r.instrument IN ['equity', 'debt', 'mixed'] THEN r.instrument
    WHEN r.listing <> 'private' THEN r.listing ELSE r.instrument END AS why
WITH *, CASE WHEN NOT why IN ['equity', 'debt', 'mixed'] THEN 'out'
  WHEN coalesce(r.announced_last, '9999-12-31') <= $as_of THEN 'in' ELSE 'possible' END AS counts
RETURN r.announced AS announced, r.announced_first AS first, r.announced_last AS last, r.id AS round,
  r.stage AS stage, counts, why, low AS floor, said AS stated, high AS ceiling,
  CASE WHEN r.amount_min IS NULL AND r.amount_max IS NULL THEN 'undisclosed'
    WHEN foreign THEN 'not convertible' WHEN r.amount_max IS NULL THEN 'at least'
    WHEN doubt AND r.amount_min = r.amount_max THEN 'disputed' ELSE '' END AS open,
  r.amount_min AS amount_min, r.amount_max AS amount_max, r.amount_stated AS amount_stated,
  r.amount_qualifier AS qualifier, r.currency AS own_currency,
  CASE WHEN coalesce(low, high) IS NOT NULL AND r.currency <> $currency THEN r.rate_date END AS rate_date,
  CASE WHEN coalesce(low, high) IS NOT NULL AND r.currency <> $currency THEN r.rate_source END AS rate_source,
  coalesce(r.disputed, []) AS disputed, coalesce(r.accounts, []) AS accounts, reports
ORDER BY coalesce(last, '9999-12-31'), coalesce(first, '9999-12-31'), round
