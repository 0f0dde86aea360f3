// title = "Cohorts at the same age"
// question = "How much had each generation of companies raised at the same age, counting only those certainly that old, so that sums can fall with age?"
// tags = ["ceiling", "cohorts", "age"]
// related = ["ceiling/own-currencies", "ceiling/raised", "quality/coverage"]
// examples = ["whofunds query ceiling/cohorts months=36", "whofunds query ceiling/cohorts currency=USD"]
// params.months = {type = "integer", default = 60, help = "ages from 12 months year by year up to this, and this"}
// params.currency = {type = "currency", default = "CNY", help = "currency of the sums"}
// params.as_of = {type = "date", default = "9999-12-31", help = "money certainly raised by this day"}
// columns.cohort = {meaning = "generation"}
// columns.age = {meaning = "age", unit = "months"}
// columns.companies = {meaning = "companies certainly that old, since founding, when the newest report was published, or by as_of; fewer at a greater age, so the sums below can fall", unit = "companies"}
// columns.rounds = {meaning = "their private closed rounds of equity and debt certainly within that age", unit = "rounds"}
// columns.floor = {meaning = "raised in these rounds, at least; empty where no minimum is known", unit = "currency"}
// columns.stated = {meaning = "raised in these rounds, as printed; a printed range counts with its lower end", unit = "currency"}
// columns.open = {meaning = "of these rounds, those without an upper bound: undisclosed, at least, or not convertible", unit = "rounds"}
// columns.unconverted = {meaning = "of these rounds, those that can't be converted", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "further rounds that may be within that age, but not certainly", unit = "rounds", table = "filled"}
// columns.funded = {meaning = "companies certainly that old since their first outside money", unit = "companies", table = "never"}
// columns.rounds_since_money = {meaning = "their rounds certainly within that age", unit = "rounds", table = "never"}
// columns.floor_since_money = {meaning = "raised in these, at least", unit = "currency", table = "never"}
// columns.stated_since_money = {meaning = "raised in these, as printed; a printed range counts with its lower end", unit = "currency", table = "never"}
// columns.not_held = {meaning = "coverage: rounds that reports count in their spans and we don't hold, over companies certainly that old, as quality/coverage has it, at least, and of whatever age", unit = "rounds"}
// columns.uncounted = {meaning = "coverage: of the companies certainly that old, those whose rounds no report counts", unit = "companies"}
// columns.cut = {meaning = "companies whose curve is cut on the left: the first round that we hold is after Series A", table = "filled"}
// columns.unknown_age = {meaning = "companies of the cohort whose founding date isn't known", unit = "companies", table = "filled"}
// columns.disputed = {meaning = "of the rounds since founding, those whose amount or currency is disputed", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the rounds since founding or first money, and of the counts beyond those we hold"}
MATCH (p:Report)
WITH max(p.published_on) AS newest
WITH CASE WHEN newest IS NULL OR newest > $as_of THEN $as_of ELSE newest END AS today
MATCH (c:Startup)
WHERE c.cohort <> ''
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH today, c, t.rounds - COUNT { (c)<-[:FUNDS]-(q:FundingRound)
  WHERE q.status = 'closed' AND q.instrument IN ['equity', 'debt', 'mixed', 'grant', 'in-kind', 'commitment']
    AND coalesce(q.announced_last, '9999-12-31') >= coalesce(t.since_first, '')
    AND coalesce(q.announced_first, '') <= coalesce(t.until_last, '9999-12-31') } AS short, p.url AS url
WITH today, c, max(CASE WHEN short > 0 THEN short WHEN url IS NOT NULL THEN 0 END) AS unheld,
  collect({short: short, url: url}) AS counts
WITH today, c, unheld, [x IN counts WHERE unheld > 0 AND x.short = unheld | x.url] AS counting
OPTIONAL MATCH (c)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND r.listing = 'private'
  AND r.instrument IN ['equity', 'debt', 'mixed']
  AND coalesce(r.announced_first, '') <= $as_of
OPTIONAL MATCH (r)<-[:STATES]-(p:Report)
WITH today, c, unheld, counting, r, collect(p.url) AS urls
ORDER BY c.id, coalesce(r.announced_last, '9999-12-31'), coalesce(r.announced_first, '9999-12-31'), r.id
WITH today, c, unheld, counting,
  min(CASE WHEN coalesce(r.announced_last, '9999-12-31') <= $as_of THEN r.announced_first END) AS from_first,
  min(CASE WHEN coalesce(r.announced_last, '9999-12-31') <= $as_of THEN r.announced_last END) AS from_last,
  collect(CASE WHEN r IS NOT NULL THEN {
    id: r.id, stage: r.stage, first: r.announced_first, last: r.announced_last, urls: urls,
    certain: coalesce(r.announced_last, '9999-12-31') <= $as_of,
    low: r['amount_min_' + toLower($currency)],
    said: coalesce(r['amount_stated_' + toLower($currency)], r['amount_min_' + toLower($currency)]),
    closed: r['amount_max_' + toLower($currency)] IS NOT NULL,
    foreign: (r.amount_min IS NOT NULL AND r['amount_min_' + toLower($currency)] IS NULL)
      OR (r.amount_max IS NOT NULL AND r['amount_max_' + toLower($currency)] IS NULL),
    doubt: any(f IN coalesce(r.disputed, []) WHERE f IN ['amount', 'currency'])
  } END) AS rounds
WITH today, c, unheld, counting, rounds, from_first, from_last, [x IN rounds WHERE x.certain][0] AS start
UNWIND [x IN range(12, $months, 12) WHERE x < $months] + [x IN [$months] WHERE x > 0] AS age
WITH c, unheld, counting, rounds, start, from_first, age,
  coalesce(date(c.founded_last) + duration({months: age}) <= date(today), false) AS old,
  coalesce(date(from_last) + duration({months: age}) <= date(today), false) AS funded
UNWIND CASE WHEN size(rounds) = 0 THEN [null] ELSE rounds END AS r
WITH c, CASE WHEN r IS NULL OR r.id = rounds[0].id THEN 1 ELSE 0 END AS once, unheld, counting, start, age, old, funded, r,
  old AND coalesce(r.certain AND date(r.last) <= date(c.founded_first) + duration({months: age}), false) AS within,
  old AND r IS NOT NULL AND date(coalesce(r.first, '1900-01-01')) <= date(c.founded_last) + duration({months: age}) AS maybe,
  funded AND coalesce(r.certain AND date(r.last) <= date(from_first) + duration({months: age}), false) AS since_money
ORDER BY c.name, c.id
WITH c.cohort AS cohort, age,
  count(DISTINCT CASE WHEN old THEN c.id END) AS companies,
  count(CASE WHEN within THEN 1 END) AS rounds,
  count(CASE WHEN within THEN r.low END) AS lows,
  sum(CASE WHEN within THEN r.low END) AS floor,
  count(CASE WHEN within THEN r.said END) AS saids,
  sum(CASE WHEN within THEN r.said END) AS stated,
  count(CASE WHEN within AND (r.foreign OR NOT r.closed) THEN 1 END) AS open,
  count(CASE WHEN within AND r.foreign THEN 1 END) AS unconverted,
  count(CASE WHEN maybe AND NOT within THEN 1 END) AS possible,
  count(DISTINCT CASE WHEN funded THEN c.id END) AS funded,
  count(CASE WHEN since_money THEN 1 END) AS rounds_since_money,
  count(CASE WHEN since_money THEN r.low END) AS lows_since,
  sum(CASE WHEN since_money THEN r.low END) AS floor_since,
  count(CASE WHEN since_money THEN r.said END) AS saids_since,
  sum(CASE WHEN since_money THEN r.said END) AS stated_since,
  collect(DISTINCT CASE WHEN (old OR funded) AND start.stage =~ '(?i)(series )?((pre-)?[b-k]([0-9+-].*)?|pre-ipo|ipo.*)'
    THEN c.name + ' (first round held: ' + start.stage + ')' END) AS cut,
  sum(CASE WHEN old THEN once * coalesce(unheld, 0) ELSE 0 END) AS not_held,
  count(DISTINCT CASE WHEN old AND unheld IS NULL THEN c.id END) AS uncounted,
  collect(CASE WHEN old THEN counting ELSE [] END) AS count_lists,
  count(DISTINCT CASE WHEN c.founded_first IS NULL THEN c.id END) AS unknown_age,
  count(CASE WHEN within AND r.doubt THEN 1 END) AS disputed,
  collect(CASE WHEN within OR since_money THEN r.urls ELSE [] END) AS lists
WITH cohort, age, companies, rounds, open, unconverted, possible, funded, rounds_since_money, not_held, uncounted,
  cut, unknown_age, disputed,
  CASE WHEN lows > 0 THEN floor END AS floor,
  CASE WHEN saids > 0 THEN stated END AS stated,
  CASE WHEN lows_since > 0 THEN floor_since END AS floor_since_money,
  CASE WHEN saids_since > 0 THEN stated_since END AS stated_since_money,
  reduce(found = [], one IN lists + count_lists | found + one) AS urls
UNWIND CASE WHEN size(urls) = 0 THEN [null] ELSE urls END AS url
WITH cohort, age, companies, rounds, open, unconverted, possible, funded, rounds_since_money, not_held, uncounted,
  cut, unknown_age, disputed, floor, stated, floor_since_money, stated_since_money, url
ORDER BY url
WITH cohort, age, companies, rounds, open, unconverted, possible, funded, rounds_since_money, not_held, uncounted,
  cut, unknown_age, disputed, floor, stated, floor_since_money, stated_since_money,
  collect(DISTINCT url) AS reports
RETURN cohort, age, companies, rounds, floor, stated, open, unconverted, possible,
  funded, rounds_since_money, floor_since_money, stated_since_money, not_held, uncounted, cut,
  unknown_age, disputed,
  reports
ORDER BY cohort, age
