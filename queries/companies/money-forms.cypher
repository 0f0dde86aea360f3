// title = "Forms of a company's money"
// question = "In which forms, each a line of its own, did money come to a company, and which deals brought it none?"
// tags = ["companies", "money", "instruments"]
// related = ["companies/rounds", "ceiling/raised", "ceiling/reconciliation"]
// examples = ["whofunds query companies/money-forms company=anthropic", "whofunds query companies/money-forms company=商汤科技 currency=CNY"]
// params.company = {type = "startup", help = "the company, by id or any name"}
// params.as_of = {type = "date", default = "9999-12-31", help = "deals certainly closed by this day"}
// params.currency = {type = "currency", default = "USD", help = "currency of the sums"}
// columns.form = {meaning = "equity, debt, mixed: private rounds; listing: these at or after a listing; else the instrument"}
// columns.brings = {meaning = "raised: cash to the company; listing, grant, promise, parent and in kind stand apart; nothing: only holders change, or the deal is a sale or a licence, whose sum is a price"}
// columns.deals = {meaning = "closed deals of that form that we hold", unit = "deals"}
// columns.floor = {meaning = "their sum, at least; empty where no minimum is known", unit = "currency"}
// columns.stated = {meaning = "their sum as printed; a printed range counts with its lower end", unit = "currency"}
// columns.ceiling = {meaning = "their sum, at most; only where no deal is open or disputed", unit = "currency"}
// columns.undisclosed = {meaning = "of the deals, those without a figure", unit = "deals", table = "filled"}
// columns.at_least = {meaning = "of the deals, those with a lower bound only", unit = "deals", table = "filled"}
// columns.unconverted = {meaning = "of the deals, those that can't be converted", unit = "deals", table = "filled"}
// columns.first = {meaning = "first day on which the earliest may have been announced", unit = "day"}
// columns.last = {meaning = "last day on which the latest may have been announced", unit = "day"}
// columns.disputed = {meaning = "of the deals, those whose amount or currency is disputed", unit = "deals", table = "filled"}
// columns.possible = {meaning = "deals left out: they may have closed only after as_of", unit = "deals", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the deals"}
MATCH (c:Startup {id: $company})<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND coalesce(r.announced_first, '') <= $as_of
OPTIONAL MATCH (r)<-[:STATES]-(p:Report)
WITH r, collect(p.url) AS urls,
  coalesce(r.announced_last, '9999-12-31') <= $as_of AS counts,
  CASE WHEN r.instrument IN ['equity', 'debt', 'mixed'] AND r.listing <> 'private' THEN 'listing'
    ELSE r.instrument END AS form,
  r['amount_min_' + toLower($currency)] AS low,
  r['amount_max_' + toLower($currency)] AS high,
  coalesce(r['amount_stated_' + toLower($currency)], r['amount_min_' + toLower($currency)]) AS said
WITH *,
  (r.amount_min IS NOT NULL AND low IS NULL) OR (r.amount_max IS NOT NULL AND high IS NULL) AS foreign,
  any(f IN coalesce(r.disputed, []) WHERE f IN ['amount', 'currency']) AS doubt
WITH form,
  count(CASE WHEN counts THEN 1 END) AS deals,
  count(CASE WHEN counts THEN low END) AS lows, sum(CASE WHEN counts THEN low END) AS floor,
  count(CASE WHEN counts THEN said END) AS saids, sum(CASE WHEN counts THEN said END) AS stated,
  sum(CASE WHEN counts THEN high END) AS ceiling,
  count(CASE WHEN counts AND r.amount_min IS NULL AND r.amount_max IS NULL THEN 1 END) AS undisclosed,
  count(CASE WHEN counts AND r.amount_min IS NOT NULL AND r.amount_max IS NULL AND NOT foreign THEN 1 END) AS at_least,
  count(CASE WHEN counts AND foreign THEN 1 END) AS unconverted,
  count(CASE WHEN counts AND doubt AND r.amount_min = r.amount_max THEN 1 END) AS contested,
  min(CASE WHEN counts THEN r.announced_first END) AS first,
  max(CASE WHEN counts THEN r.announced_last END) AS last,
  count(CASE WHEN counts AND doubt THEN 1 END) AS disputed,
  count(CASE WHEN NOT counts THEN 1 END) AS possible,
  collect(CASE WHEN counts THEN urls ELSE [] END) AS lists
WITH *, reduce(found = [], one IN lists | found + one) AS urls
UNWIND CASE WHEN size(urls) = 0 THEN [null] ELSE urls END AS url
WITH form, deals, lows, floor, saids, stated, ceiling, undisclosed, at_least, unconverted, contested,
  first, last, disputed, possible, url
ORDER BY url
WITH form, deals, lows, floor, saids, stated, ceiling, undisclosed, at_least, unconverted, contested,
  first, last, disputed, possible, collect(DISTINCT url) AS reports
RETURN form,
  CASE WHEN form IN ['equity', 'debt', 'mixed'] THEN 'raised' WHEN form = 'commitment' THEN 'promise'
    WHEN form IN ['listing', 'grant', 'parent'] THEN form WHEN form = 'in-kind' THEN 'in kind'
    ELSE 'nothing' END AS brings,
  deals, CASE WHEN lows > 0 THEN floor END AS floor, CASE WHEN saids > 0 THEN stated END AS stated,
  CASE WHEN deals > 0 AND undisclosed + at_least + unconverted + contested = 0 THEN ceiling END AS ceiling,
  undisclosed, at_least, unconverted, first, last, disputed, possible, reports
ORDER BY CASE form WHEN 'equity' THEN 1 WHEN 'debt' THEN 2 WHEN 'mixed' THEN 3 WHEN 'listing' THEN 4
  WHEN 'grant' THEN 5 WHEN 'commitment' THEN 6 WHEN 'in-kind' THEN 7 WHEN 'parent' THEN 8 ELSE 9 END, form
