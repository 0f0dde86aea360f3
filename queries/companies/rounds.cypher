// title = "A company's rounds"
// question = "Which rounds did a company have: when, how much, by whom, and who says so?"
// tags = ["companies", "rounds", "money"]
// related = ["companies/money-forms", "companies/valuations", "capital/behind-company", "ceiling/reconciliation"]
// examples = ["whofunds query companies/rounds company=智谱", "whofunds query companies/rounds company=月之暗面 known_by=2024-03-31"]
// params.company = {type = "startup", help = "the company, by id or any name"}
// params.as_of = {type = "date", default = "9999-12-31", help = "rounds certainly announced by this day"}
// params.currency = {type = "currency", default = "USD", help = "currency of the converted sums"}
// columns.announced = {meaning = "when it was announced, as far as that is known"}
// columns.first = {meaning = "first day on which it may have been announced", unit = "day", table = "never"}
// columns.last = {meaning = "last day on which it may have been announced", unit = "day", table = "never"}
// columns.precision = {meaning = "day, month, quarter, half or year; empty when undated", table = "never"}
// columns.stage = {meaning = "stage, as reports call it"}
// columns.status = {meaning = "closed, talks, planned, filed or withdrawn; only closed ones are money"}
// columns.instrument = {meaning = "equity, debt, ...; secondary, acquisition and licence bring the company nothing"}
// columns.listing = {meaning = "private, ipo or post-ipo"}
// columns.qualifier = {meaning = "what was printed with the amount: exact, about, at_least, at_most, range, undisclosed"}
// columns.amount_min = {meaning = "amount, at least; empty: no lower bound is known", unit = "own currency"}
// columns.amount_max = {meaning = "amount, at most; empty: no upper bound is known", unit = "own currency"}
// columns.amount_stated = {meaning = "amount as printed", unit = "own currency", table = "never"}
// columns.own_currency = {meaning = "currency of these sums"}
// columns.min = {meaning = "amount, at least", unit = "currency", table = "never"}
// columns.max = {meaning = "amount, at most", unit = "currency", table = "never"}
// columns.stated = {meaning = "amount as printed", unit = "currency", table = "never"}
// columns.unconverted = {meaning = "1 where the amount can't be converted, else 0", table = "never"}
// columns.valuation_min = {meaning = "valuation, at least", unit = "currency", table = "never"}
// columns.valuation_max = {meaning = "valuation, at most", unit = "currency", table = "never"}
// columns.valuation_stated = {meaning = "valuation as printed", unit = "currency"}
// columns.valuation_basis = {meaning = "post- or pre-money; empty where no report says", table = "never"}
// columns.leads = {meaning = "who led, by name", table = "filled"}
// columns.investors = {meaning = "who took part, by name; empty: no report names anybody"}
// columns.disputed = {meaning = "fields in which its accounts differ", table = "filled"}
// columns.accounts = {meaning = "reports' accounts that it rests on", unit = "accounts", table = "never"}
// columns.round = {meaning = "round"}
// columns.possible = {meaning = "rounds left out: they may have been announced only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports"}
MATCH (c:Startup {id: $company})
OPTIONAL MATCH (c)<-[:FUNDS]-(q:FundingRound)
WHERE coalesce(q.announced_first, '') <= $as_of
  AND coalesce(q.announced_last, '9999-12-31') > $as_of
WITH c, count(q) AS possible
MATCH (c)<-[:FUNDS]-(r:FundingRound)
WHERE coalesce(r.announced_last, '9999-12-31') <= $as_of
OPTIONAL MATCH (r)<-[v:INVESTED_IN]-(i:Investor)
WITH r, possible, v, i
ORDER BY i.name, i.id
WITH r, possible,
  collect(DISTINCT i.name) AS investors,
  collect(DISTINCT CASE WHEN v.lead THEN i.name END) AS leads,
  collect(v.reports) AS lists
OPTIONAL MATCH (r)<-[:STATES]-(p:Report)
WITH r, possible, investors, leads, lists, collect(p.url) AS stating
WITH r, possible, investors, leads, reduce(found = stating, one IN lists | found + one) AS urls
UNWIND CASE WHEN size(urls) = 0 THEN [null] ELSE urls END AS url
WITH r, possible, investors, leads, url
ORDER BY url
WITH r, possible, investors, leads, collect(DISTINCT url) AS reports,
  r['amount_min_' + toLower($currency)] AS low,
  r['amount_max_' + toLower($currency)] AS high,
  r['amount_stated_' + toLower($currency)] AS said
RETURN r.announced AS announced, r.announced_first AS first, r.announced_last AS last,
  r.precision AS precision, r.stage AS stage, r.status AS status, r.instrument AS instrument, r.listing AS listing,
  r.amount_qualifier AS qualifier, r.amount_min AS amount_min, r.amount_max AS amount_max,
  r.amount_stated AS amount_stated, r.currency AS own_currency, low AS min, high AS max,
  said AS stated,
  CASE WHEN (r.amount_min IS NOT NULL AND low IS NULL)
    OR (r.amount_max IS NOT NULL AND high IS NULL) THEN 1 ELSE 0 END AS unconverted,
  r['valuation_min_' + toLower($currency)] AS valuation_min,
  r['valuation_max_' + toLower($currency)] AS valuation_max,
  r['valuation_stated_' + toLower($currency)] AS valuation_stated,
  r.valuation_basis AS valuation_basis, leads, investors, coalesce(r.disputed, []) AS disputed,
  size(coalesce(r.accounts, [])) AS accounts, r.id AS round, possible, reports
ORDER BY first, round
