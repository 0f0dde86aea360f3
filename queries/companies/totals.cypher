// title = "Stated totals against what is held"
// question = "Where a report says what a company raised in all, or in how many rounds, do the rounds that we hold reach it?"
// tags = ["companies", "totals", "coverage", "money"]
// related = ["quality/coverage", "ceiling/reconciliation", "companies/rounds"]
// examples = ["whofunds query companies/totals", "whofunds query companies/totals cohort=vision-2015"]
// params.cohort = {type = "cohort", default = "", help = "companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "totals whose span certainly ended by this day"}
// params.currency = {type = "currency", default = "USD", help = "currency of the sums"}
// columns.company = {meaning = "company", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.since = {meaning = "first day of the total's span; empty: not said", unit = "day"}
// columns.until = {meaning = "last day of the total's span; empty: not said", unit = "day"}
// columns.qualifier = {meaning = "what is printed with the total", table = "never"}
// columns.total_min = {meaning = "the total, at least", unit = "currency", table = "never"}
// columns.total_max = {meaning = "the total, at most", unit = "currency", table = "never"}
// columns.total_stated = {meaning = "the total, as printed; compared, never added", unit = "currency"}
// columns.own_currency = {meaning = "currency in which it is printed", table = "never"}
// columns.rounds_stated = {meaning = "how many rounds the report counts", unit = "rounds", table = "filled"}
// columns.rounds = {meaning = "private closed rounds of equity or debt that we hold and that certainly lie in the span", unit = "rounds"}
// columns.perhaps = {meaning = "further ones that may lie in it", unit = "rounds", table = "filled"}
// columns.not_held = {meaning = "rounds that the report counts beyond all of these, at least", unit = "rounds", table = "filled"}
// columns.floor = {meaning = "raised in the rounds that certainly lie in the span, at least", unit = "currency"}
// columns.stated = {meaning = "raised in them as printed; a printed range counts with its lower end", unit = "currency"}
// columns.ceiling = {meaning = "raised at most in all that may lie in the span; only where no round is open or disputed", unit = "currency", table = "filled"}
// columns.open = {meaning = "of all that may lie in it, rounds undisclosed, at least, not convertible or disputed", unit = "rounds", table = "filled"}
// columns.apart = {meaning = "closed deals that may lie in it and aren't counted: commitments, listings, grants, in-kind, a parent's money", unit = "deals", table = "filled"}
// columns.verdict = {meaning = "we hold less: even our ceiling is below the total by more than a twentieth, since reports round; less without what stands apart: so, but deals that stand apart may be in the total; we hold more: even our floor is above it by as much; can agree: neither; in doubt: the total is known to be wrong; no sum: the report only counts rounds, or the sum can't be converted"}
// columns.disputed = {meaning = "of the rounds, those whose amount or currency is disputed", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "address of the report that states the total, and those of the rounds that certainly lie in it"}
// # 'Less' and 'more' must hold both in the currency and in the total's own, so that rates which
// # moved between the rounds and the total don't decide. Listing money and commitments don't count.
MATCH (c:Startup)<-[t:STATES_TOTAL]-(p:Report)
WHERE ($cohort = '' OR c.cohort = $cohort) AND coalesce(t.until_last, '9999-12-31') <= $as_of
OPTIONAL MATCH (c)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND r.listing = 'private' AND r.instrument IN ['equity', 'debt', 'mixed']
  AND coalesce(r.announced_last, '9999-12-31') >= coalesce(t.since_first, '')
  AND coalesce(r.announced_first, '') <= coalesce(t.until_last, '9999-12-31')
OPTIONAL MATCH (r)<-[:STATES]-(q:Report)
WITH c, t, p, r, collect(q.url) AS urls
WITH c, t, p, r, urls,
  r IS NOT NULL AND coalesce(r.announced_first, '') >= coalesce(t.since_first, '')
    AND coalesce(r.announced_last, '9999-12-31') <= coalesce(t.until_first, '') AS inside,
  r['amount_min_' + toLower($currency)] AS low,
  r['amount_max_' + toLower($currency)] AS high,
  coalesce(r['amount_stated_' + toLower($currency)], r['amount_min_' + toLower($currency)]) AS said,
  any(f IN coalesce(r.disputed, []) WHERE f IN ['amount', 'currency']) AS doubt
WITH c, t, p,
  count(CASE WHEN inside THEN 1 END) AS rounds,
  count(CASE WHEN r IS NOT NULL AND NOT inside THEN 1 END) AS perhaps,
  count(CASE WHEN inside THEN low END) AS lows, sum(CASE WHEN inside THEN low END) AS floor,
  count(CASE WHEN inside THEN said END) AS saids, sum(CASE WHEN inside THEN said END) AS stated,
  sum(high) AS ceiling,
  count(CASE WHEN r IS NOT NULL AND (high IS NULL OR (doubt AND r.amount_min = r.amount_max)) THEN 1 END) AS open,
  count(CASE WHEN inside AND doubt THEN 1 END) AS disputed,
  sum(CASE WHEN inside THEN r.amount_min_usd END) AS floor_usd, sum(r.amount_max_usd) AS ceiling_usd,
  sum(CASE WHEN inside THEN r.amount_min_cny END) AS floor_cny, sum(r.amount_max_cny) AS ceiling_cny,
  sum(CASE WHEN inside THEN r.amount_min_eur END) AS floor_eur, sum(r.amount_max_eur) AS ceiling_eur,
  collect(CASE WHEN inside THEN urls ELSE [] END) AS lists
WITH *,
  COUNT { (c)<-[:FUNDS]-(x:FundingRound)
    WHERE x.status = 'closed' AND coalesce(x.announced_last, '9999-12-31') >= coalesce(t.since_first, '')
      AND coalesce(x.announced_first, '') <= coalesce(t.until_last, '9999-12-31')
      AND (x.instrument IN ['commitment', 'grant', 'in-kind', 'parent']
        OR (x.listing <> 'private' AND x.instrument IN ['equity', 'debt', 'mixed'])) } AS apart,
  t['amount_min_' + toLower($currency)] AS total_min,
  t['amount_max_' + toLower($currency)] AS total_max,
  t['amount_stated_' + toLower($currency)] AS total_stated,
  reduce(found = [p.url], one IN lists | found + one) AS urls
WITH *,
  open = 0 AND ceiling < total_min * 0.95 AND CASE t.currency WHEN 'USD' THEN ceiling_usd
    WHEN 'CNY' THEN ceiling_cny WHEN 'EUR' THEN ceiling_eur ELSE -1 END < t.amount_min * 0.95 AS less,
  lows > 0 AND floor > total_max * 1.05 AND CASE t.currency WHEN 'USD' THEN floor_usd > t.amount_max * 1.05
    WHEN 'CNY' THEN floor_cny > t.amount_max * 1.05 WHEN 'EUR' THEN floor_eur > t.amount_max * 1.05
    ELSE true END AS more
UNWIND urls AS url
WITH c, t, p, rounds, perhaps, lows, floor, saids, stated, ceiling, open, disputed, total_min, total_max,
  total_stated, apart, less, more, url
ORDER BY url
WITH c, t, p, rounds, perhaps, lows, floor, saids, stated, ceiling, open, disputed, total_min, total_max,
  total_stated, apart, less, more, collect(DISTINCT url) AS reports
RETURN c.id AS company, c.name AS company_name, t.since_first AS since, t.until_last AS until,
  t.amount_qualifier AS qualifier, total_min, total_max, total_stated, t.currency AS own_currency,
  t.rounds AS rounds_stated, rounds, perhaps,
  CASE WHEN t.rounds > rounds + perhaps THEN t.rounds - rounds - perhaps ELSE 0 END AS not_held,
  CASE WHEN lows > 0 THEN floor END AS floor, CASE WHEN saids > 0 THEN stated END AS stated,
  CASE WHEN rounds + perhaps > 0 AND open = 0 THEN ceiling END AS ceiling, open, apart,
  CASE WHEN 'amount' IN coalesce(t.doubt, []) THEN 'in doubt'
    WHEN coalesce(total_min, total_max) IS NULL THEN 'no sum'
    WHEN less AND apart > 0 THEN 'less without what stands apart'
    WHEN less THEN 'we hold less' WHEN more THEN 'we hold more' ELSE 'can agree' END AS verdict,
  disputed, reports
ORDER BY company, until, since, p.url, total_stated, rounds_stated, qualifier
