// title = "A generation's sum in native currencies"
// question = "How much did each generation raise in each currency as it was printed, with nothing converted?"
// tags = ["ceiling", "cohorts", "money", "currencies"]
// related = ["ceiling/cohorts", "ceiling/raised"]
// examples = ["whofunds query ceiling/own-currencies cohort=vision-2015", "whofunds query ceiling/own-currencies cohort=llm-2023 as_of=2024"]
// params.cohort = {type = "cohort", default = "", help = "one cohort only, such as vision-2015; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "money certainly raised by this day"}
// columns.cohort = {meaning = "generation; empty: companies of none", table = "never"}
// columns.currency = {meaning = "currency in which the rounds' sums are printed; empty: no sum or no currency is"}
// columns.companies = {meaning = "companies with such a round", unit = "companies"}
// columns.names = {meaning = "their names"}
// columns.rounds = {meaning = "their private closed rounds of equity and debt in that currency", unit = "rounds"}
// columns.floor = {meaning = "raised in these, at least, in our data; empty where no minimum or currency is known", unit = "own currency"}
// columns.stated = {meaning = "raised as printed; a printed range counts with its lower end", unit = "own currency"}
// columns.ceiling = {meaning = "raised in these rounds, at most; only where none is open or disputed, and never that of rounds we don't hold", unit = "own currency", table = "filled"}
// columns.open = {meaning = "of the rounds, those without an upper bound", unit = "rounds"}
// columns.first = {meaning = "first day on which the earliest may have been announced", unit = "day"}
// columns.last = {meaning = "last day on which the latest may have been announced", unit = "day"}
// columns.cohort_companies = {meaning = "coverage: all companies of the generation that we hold", unit = "companies"}
// columns.cohort_rounds = {meaning = "coverage: its rounds in any currency or none that we hold", unit = "rounds"}
// columns.cohort_missing = {meaning = "coverage: rounds that reports count in their spans and we don't hold, over its companies, as quality/coverage has it, at least", unit = "rounds"}
// columns.cohort_uncounted = {meaning = "coverage: companies of it whose rounds no report counts", unit = "companies"}
// columns.cut = {meaning = "companies with such a round whose first round that we hold is after Series A: what came before is missing", table = "filled"}
// columns.disputed = {meaning = "of the rounds, those whose amount or currency is disputed", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "rounds left out: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the rounds, and of the counts beyond those we hold"}
MATCH (c:Startup)
WHERE $cohort = '' OR c.cohort = $cohort
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH c, t.rounds - COUNT { (c)<-[:FUNDS]-(q:FundingRound)
  WHERE q.status = 'closed' AND q.instrument IN ['equity', 'debt', 'mixed', 'grant', 'in-kind', 'commitment']
    AND coalesce(q.announced_last, '9999-12-31') >= coalesce(t.since_first, '')
    AND coalesce(q.announced_first, '') <= coalesce(t.until_last, '9999-12-31') } AS short, p.url AS url
WITH c, max(CASE WHEN short > 0 THEN short WHEN url IS NOT NULL THEN 0 END) AS unheld,
  collect({short: short, url: url}) AS counts
WITH c, unheld, [x IN counts WHERE unheld > 0 AND x.short = unheld | x.url] AS counting
OPTIONAL MATCH (c)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND r.listing = 'private' AND r.instrument IN ['equity', 'debt', 'mixed']
  AND coalesce(r.announced_first, '') <= $as_of
OPTIONAL MATCH (r)<-[:STATES]-(p:Report)
WITH c, unheld, counting, r, collect(p.url) AS urls
ORDER BY c.name, c.id, coalesce(r.announced_last, '9999-12-31'), coalesce(r.announced_first, '9999-12-31'), r.id
WITH c, unheld, counting,
  collect(CASE WHEN r IS NOT NULL THEN {node: r, urls: urls,
    sure: coalesce(r.announced_last, '9999-12-31') <= $as_of} END) AS found
WITH c, unheld, counting, found, [x IN found WHERE x.sure] AS held
WITH c, unheld, counting, found, size(held) AS held, head([x IN held | x.node.stage]) AS start
WITH coalesce(c.cohort, '') AS cohort, count(c) AS cohort_companies, sum(held) AS cohort_rounds,
  sum(unheld) AS cohort_missing, count(CASE WHEN unheld IS NULL THEN 1 END) AS cohort_uncounted,
  collect(counting) AS count_lists,
  collect({c: c, start: start, found: found}) AS companies
UNWIND companies AS x
UNWIND x.found AS y
WITH cohort, cohort_companies, cohort_rounds, cohort_missing, cohort_uncounted, count_lists, x.c AS c, x.start AS start,
  y.node AS r, y.urls AS urls, y.sure AS sure
WITH *, any(f IN coalesce(r.disputed, []) WHERE f IN ['amount', 'currency']) AS doubt
WITH cohort, cohort_companies, cohort_rounds, cohort_missing, cohort_uncounted, count_lists,
  CASE WHEN coalesce(r.amount_min, r.amount_max) IS NOT NULL THEN coalesce(r.currency, '') ELSE '' END AS currency,
  count(DISTINCT CASE WHEN sure THEN c.id END) AS companies,
  collect(DISTINCT CASE WHEN sure THEN c.name END) AS names,
  count(CASE WHEN sure THEN 1 END) AS rounds,
  count(CASE WHEN sure THEN r.amount_min END) AS lows,
  sum(CASE WHEN sure THEN r.amount_min END) AS floor,
  count(CASE WHEN sure THEN coalesce(r.amount_stated, r.amount_min) END) AS saids,
  sum(CASE WHEN sure THEN coalesce(r.amount_stated, r.amount_min) END) AS stated,
  sum(CASE WHEN sure THEN r.amount_max END) AS ceiling,
  count(CASE WHEN sure AND r.amount_max IS NULL THEN 1 END) AS open,
  count(CASE WHEN sure AND doubt AND r.amount_min = r.amount_max THEN 1 END) AS contested,
  min(CASE WHEN sure THEN r.announced_first END) AS first,
  max(CASE WHEN sure THEN r.announced_last END) AS last,
  collect(DISTINCT CASE WHEN sure AND start =~ '(?i)(series )?((pre-)?[b-k]([0-9+-].*)?|pre-ipo|ipo.*)'
    THEN c.name + ' (first round held: ' + start + ')' END) AS cut,
  count(CASE WHEN sure AND doubt THEN 1 END) AS disputed,
  count(CASE WHEN NOT sure THEN 1 END) AS possible,
  collect(CASE WHEN sure THEN urls ELSE [] END) AS lists
WITH *, reduce(found = [], one IN lists + count_lists | found + one) AS all_urls
UNWIND CASE WHEN size(all_urls) = 0 THEN [null] ELSE all_urls END AS url
WITH cohort, cohort_companies, cohort_rounds, cohort_missing, cohort_uncounted, currency, companies, names,
  rounds, lows, floor, saids, stated, ceiling, open, contested, first, last, cut, disputed, possible, url
ORDER BY url
WITH cohort, cohort_companies, cohort_rounds, cohort_missing, cohort_uncounted, currency, companies, names,
  rounds, lows, floor, saids, stated, ceiling, open, contested, first, last, cut, disputed, possible,
  collect(DISTINCT url) AS reports
RETURN cohort, currency, companies, names, rounds,
  CASE WHEN currency <> '' AND lows > 0 THEN floor END AS floor,
  CASE WHEN currency <> '' AND saids > 0 THEN stated END AS stated,
  CASE WHEN currency <> '' AND rounds > 0 AND open + contested = 0 THEN ceiling END AS ceiling,
  open, first, last, cohort_companies, cohort_rounds, cohort_missing, cohort_uncounted, cut, disputed,
  possible, reports
ORDER BY cohort, rounds DESC, currency
