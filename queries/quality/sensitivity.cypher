// title = "Does a line's answer hold without doubtful rounds?"
// question = "Which companies' answers against a line flip when disputed, single-source or unsure rounds are left out?"
// tags = ["quality", "ceiling", "sensitivity", "companies"]
// related = ["ceiling/raised", "ceiling/reconciliation", "quality/disputed"]
// examples = ["whofunds query quality/sensitivity", "whofunds query quality/sensitivity line=1000000000 currency=USD cohort=llm-2023"]
// params.line = {type = "number", default = 20000000000, help = "the line, in the currency"}
// params.currency = {type = "currency", default = "CNY", help = "currency of the line and of the sums"}
// params.cohort = {type = "cohort", default = "", help = "companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "money certainly raised by this day"}
// columns.company = {meaning = "company", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.cohort = {meaning = "its generation", table = "never"}
// columns.flips = {meaning = "which of the four below give another kind of answer than base; a date that moves is no flip; empty: the answer holds"}
// columns.base = {meaning = "by DATE: the floor of private closed equity and debt reaches the line; on stated figures, DATE; else not on these rounds, which doesn't say below"}
// columns.without_disputed = {meaning = "the same without rounds whose amount or currency is disputed"}
// columns.without_single = {meaning = "the same without rounds that one report alone tells of; copies of one story count as several reports"}
// columns.without_unsure = {meaning = "the same without rounds dated to a half-year or a year only, or not at all: such a one may be another of the rounds"}
// columns.strict = {meaning = "the same without all three"}
// columns.floor = {meaning = "raised at least, on all", unit = "currency"}
// columns.floor_strict = {meaning = "raised at least, on the strict ones", unit = "currency"}
// columns.stated = {meaning = "raised as printed, on all; a printed range counts with its lower end", unit = "currency", table = "never"}
// columns.stated_strict = {meaning = "raised as printed, on the strict ones", unit = "currency", table = "never"}
// columns.valued = {meaning = "whether a closed round's valuation reached the line, in the same words"}
// columns.valued_strict = {meaning = "the same without rounds whose valuation is disputed, that one report alone tells of, or unsure ones"}
// columns.valued_flips = {meaning = "whether that is another kind of answer"}
// columns.rounds = {meaning = "private closed rounds of equity or debt that we hold", unit = "rounds"}
// columns.strict_rounds = {meaning = "of these, the strict ones", unit = "rounds"}
// columns.rounds_stated = {meaning = "coverage: the most rounds that any report counts", unit = "rounds", table = "filled"}
// columns.disputed = {meaning = "of the rounds, those whose amount or currency is disputed", unit = "rounds", table = "never"}
// columns.single = {meaning = "of the rounds, those that one report alone tells of", unit = "rounds", table = "never"}
// columns.unsure = {meaning = "of the rounds, those dated to a half-year, a year or not at all", unit = "rounds", table = "never"}
// columns.possible = {meaning = "rounds left out everywhere: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on its closed rounds, and of rounds_stated"}
MATCH (c:Startup)
WHERE $cohort = '' OR c.cohort = $cohort
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH c, max(t.rounds) AS rounds_stated, collect({rounds: t.rounds, url: p.url}) AS counts
WITH c, rounds_stated, [x IN counts WHERE x.rounds = rounds_stated | x.url] AS counting
OPTIONAL MATCH (c)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND coalesce(r.announced_first, '') <= $as_of
OPTIONAL MATCH (r)<-[:STATES]-(p:Report)
WITH c, rounds_stated, counting, r, collect(DISTINCT p.url) AS urls,
  r.listing = 'private' AND r.instrument IN ['equity', 'debt', 'mixed'] AS money,
  coalesce(r.announced_last, '9999-12-31') AS last
ORDER BY last, coalesce(r.announced_first, '9999-12-31'), r.id
WITH c, rounds_stated, counting,
  count(CASE WHEN money AND last > $as_of THEN 1 END) AS possible,
  collect(CASE WHEN r IS NOT NULL AND last <= $as_of THEN {
    day: replace(last, '9999-12-31', 'an unknown date'), money: money, urls: urls,
    low: r['amount_min_' + toLower($currency)],
    said: coalesce(r['amount_stated_' + toLower($currency)], r['amount_min_' + toLower($currency)]),
    worth: r['valuation_min_' + toLower($currency)],
    worth_said: r['valuation_stated_' + toLower($currency)],
    disputed: any(f IN coalesce(r.disputed, []) WHERE f IN ['amount', 'currency']),
    repriced: 'valuation' IN coalesce(r.disputed, []),
    single: size(urls) = 1,
    unsure: coalesce(r.precision, 'none') IN ['half', 'year', 'none']
  } END) AS all_
WITH c, rounds_stated, counting, possible, all_, [x IN all_ WHERE x.money] AS rounds,
  [x IN all_ WHERE NOT x.repriced AND NOT x.single AND NOT x.unsure] AS priced
WITH *, [x IN all_ WHERE x.worth >= $line | x.day][0] AS worth_by,
  [x IN all_ WHERE x.worth_said >= $line | x.day][0] AS worth_on,
  [x IN priced WHERE x.worth >= $line | x.day][0] AS strict_by,
  [x IN priced WHERE x.worth_said >= $line | x.day][0] AS strict_on
WITH *,
  CASE WHEN worth_by IS NOT NULL THEN 'by ' + worth_by WHEN worth_on IS NOT NULL THEN 'on stated figures, ' + worth_on
    ELSE 'not on these rounds' END AS valued,
  CASE WHEN strict_by IS NOT NULL THEN 'by ' + strict_by WHEN strict_on IS NOT NULL THEN 'on stated figures, ' + strict_on
    ELSE 'not on these rounds' END AS valued_strict
UNWIND ['base', 'disputed', 'single', 'unsure', 'strict'] AS view
WITH c, rounds_stated, counting, possible, all_, rounds, valued, valued_strict, view, [x IN rounds WHERE view = 'base'
  OR NOT ((x.disputed AND view IN ['disputed', 'strict']) OR (x.single AND view IN ['single', 'strict'])
    OR (x.unsure AND view IN ['unsure', 'strict']))] AS kept
WITH *, [x IN kept WHERE x.low IS NOT NULL] AS lows, [x IN kept WHERE x.said IS NOT NULL] AS saids
WITH *,
  [k IN range(0, size(lows) - 1)
    WHERE reduce(t = 0, x IN lows[0..k + 1] | t + x.low) >= $line | lows[k].day][0] AS passed,
  [k IN range(0, size(saids) - 1)
    WHERE reduce(t = 0, x IN saids[0..k + 1] | t + x.said) >= $line | saids[k].day][0] AS said_passed
WITH c, rounds_stated, counting, possible, all_, rounds, valued, valued_strict, view,
  CASE WHEN passed IS NOT NULL THEN 'by ' + passed
    WHEN said_passed IS NOT NULL THEN 'on stated figures, ' + said_passed ELSE 'not on these rounds' END AS text,
  CASE WHEN size(lows) > 0 THEN reduce(t = 0, x IN lows | t + x.low) END AS floor,
  CASE WHEN size(saids) > 0 THEN reduce(t = 0, x IN saids | t + x.said) END AS stated, size(kept) AS kept
WITH c, rounds_stated, counting, possible, all_, rounds, valued, valued_strict,
  collect({view: view, text: text, floor: floor, stated: stated, kept: kept}) AS views
WITH *, [x IN views WHERE x.view = 'base'][0] AS base, [x IN views WHERE x.view = 'disputed'][0] AS one,
  [x IN views WHERE x.view = 'single'][0] AS two, [x IN views WHERE x.view = 'unsure'][0] AS three,
  [x IN views WHERE x.view = 'strict'][0] AS strict
WITH *, [x IN [one, two, three, strict] WHERE substring(x.text, 0, 2) <> substring(base.text, 0, 2) | x.view] AS flips,
  reduce(found = counting, x IN all_ | found + x.urls) AS all_urls
UNWIND CASE WHEN size(all_urls) = 0 THEN [null] ELSE all_urls END AS url
WITH c, rounds_stated, possible, rounds, valued, valued_strict, base, one, two, three, strict, flips, url
ORDER BY url
WITH c, rounds_stated, possible, rounds, valued, valued_strict, base, one, two, three, strict, flips,
  collect(DISTINCT url) AS reports
RETURN c.id AS company, c.name AS company_name, c.cohort AS cohort, flips, base.text AS base,
  one.text AS without_disputed, two.text AS without_single, three.text AS without_unsure,
  strict.text AS strict, base.floor AS floor, strict.floor AS floor_strict, base.stated AS stated,
  strict.stated AS stated_strict, valued, valued_strict,
  substring(valued, 0, 2) <> substring(valued_strict, 0, 2) AS valued_flips, base.kept AS rounds,
  strict.kept AS strict_rounds, rounds_stated, size([x IN rounds WHERE x.disputed]) AS disputed,
  size([x IN rounds WHERE x.single]) AS single, size([x IN rounds WHERE x.unsure]) AS unsure,
  possible, reports
ORDER BY size(flips) DESC, coalesce(floor, -1) DESC, company
