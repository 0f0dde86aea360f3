// title = "Money raised against a line"
// question = "How much has each company raised, at least, as stated and at most; has it reached a line, and when?"
// tags = ["ceiling", "money", "companies"]
// params.line = {type = "number", default = 20000000000, help = "the line, in the currency"}
// params.currency = {type = "currency", default = "CNY", help = "currency of the line and of the sums"}
// params.cohort = {type = "text", default = "", help = "companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "money that had certainly been raised by this day"}
// columns.company = {meaning = "company", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.cohort = {meaning = "its generation", table = "never"}
// columns.raised = {meaning = "whether the money raised privately reached the line: by DATE / on stated figures, DATE / can't be excluded / below; by the rounds we hold"}
// columns.floor = {meaning = "raised at least: private closed equity and debt; empty where no minimum is known", unit = "currency"}
// columns.stated = {meaning = "raised, sum of the printed figures; a printed range counts with its lower end", unit = "currency"}
// columns.ceiling = {meaning = "raised at most; only where nothing is open", unit = "currency", table = "filled"}
// columns.open = {meaning = "what keeps the ceiling open: amounts undisclosed, at least, not convertible; rounds that a report counts and we don't hold"}
// columns.missing = {meaning = "from the floor to the line; 0 where it is passed", unit = "currency", table = "never"}
// columns.rounds = {meaning = "private closed rounds of equity and debt that we hold", unit = "rounds"}
// columns.rounds_stated = {meaning = "the most rounds that any report says there were by then", unit = "rounds", table = "filled"}
// columns.unconverted = {meaning = "of the rounds, those that can't be converted", unit = "rounds", table = "filled"}
// columns.equity_floor = {meaning = "of the floor, equity", unit = "currency", table = "never"}
// columns.equity_stated = {meaning = "of the stated sum, equity", unit = "currency", table = "never"}
// columns.debt_floor = {meaning = "of the floor, debt", unit = "currency", table = "never"}
// columns.debt_stated = {meaning = "of the stated sum, debt", unit = "currency", table = "never"}
// columns.mixed_floor = {meaning = "of the floor, equity and debt that no report separates", unit = "currency", table = "never"}
// columns.mixed_stated = {meaning = "of the stated sum, equity and debt that no report separates", unit = "currency", table = "never"}
// columns.listing_floor = {meaning = "apart: equity and debt at or after a listing, at least", unit = "currency", table = "never"}
// columns.listing_stated = {meaning = "apart: equity and debt at or after a listing, as printed", unit = "currency", table = "filled"}
// columns.commitments_floor = {meaning = "apart: commitments, at least", unit = "currency", table = "never"}
// columns.commitments_stated = {meaning = "apart: commitments, as printed", unit = "currency", table = "filled"}
// columns.grants_stated = {meaning = "apart: grants, as printed", unit = "currency", table = "never"}
// columns.parent_deals = {meaning = "apart: fundings by its own parent", unit = "deals", table = "never"}
// columns.parent_stated = {meaning = "apart: what its own parent put in, as printed", unit = "currency", table = "never"}
// columns.valued = {meaning = "whether any valuation reached the line: by DATE / on stated figures, DATE / can't be excluded / below"}
// columns.valuation_min = {meaning = "the last valuation known, at least", unit = "currency", table = "never"}
// columns.valuation_max = {meaning = "the last valuation known, at most", unit = "currency", table = "never"}
// columns.valuation_stated = {meaning = "the last valuation known, as printed", unit = "currency"}
// columns.valuation_basis = {meaning = "post- or pre-money", table = "never"}
// columns.valuation_on = {meaning = "last day on which that round may have been announced", unit = "day", table = "never"}
// columns.disputed = {meaning = "of the rounds, those whose amount or currency is disputed", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "rounds left out, since they may have been closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on its closed rounds"}
MATCH (c:Startup)
WHERE $cohort = '' OR c.cohort = $cohort
OPTIONAL MATCH (c)<-[:FUNDS]-(q:FundingRound)<-[:STATES]-(p:Report)
WHERE q.status = 'closed' AND coalesce(q.announced_last, '9999-12-31') <= $as_of
WITH c, p
ORDER BY p.url
WITH c, collect(DISTINCT p.url) AS reports
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(:Report)
WHERE coalesce(t.until_last, '') <= $as_of
WITH c, reports, max(t.rounds) AS rounds_stated
OPTIONAL MATCH (c)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND coalesce(r.announced_first, '') <= $as_of
WITH c, reports, rounds_stated, r,
  coalesce(r.announced_last, '9999-12-31') AS last,
  r['amount_min_' + toLower($currency)] AS low,
  r['amount_max_' + toLower($currency)] AS high,
  coalesce(r['amount_stated_' + toLower($currency)], r['amount_min_' + toLower($currency)]) AS said,
  r['valuation_min_' + toLower($currency)] AS worth_low,
  r['valuation_max_' + toLower($currency)] AS worth_high,
  r['valuation_stated_' + toLower($currency)] AS worth_said,
  CASE WHEN NOT r.instrument IN ['equity', 'debt', 'mixed'] THEN r.instrument
    WHEN r.listing <> 'private' THEN 'listing' ELSE r.instrument END AS part
ORDER BY last, r.id
WITH c, reports, rounds_stated, r, last, low, high, said, worth_low, worth_high, worth_said,
  CASE WHEN last <= $as_of THEN part END AS part,
  part IN ['equity', 'debt', 'mixed'] AND last <= $as_of AS counts,
  part IN ['equity', 'debt', 'mixed'] AND last > $as_of AS maybe,
  r IS NOT NULL AND last <= $as_of AS known,
  (r.amount_min IS NOT NULL AND low IS NULL) OR (r.amount_max IS NOT NULL AND high IS NULL) AS foreign,
  coalesce(worth_low, worth_high, worth_said) IS NOT NULL AS priced
WITH c, reports, rounds_stated,
  count(CASE WHEN counts THEN 1 END) AS rounds,
  count(CASE WHEN counts THEN low END) AS lows,
  sum(CASE WHEN counts THEN low END) AS floor,
  count(CASE WHEN counts THEN said END) AS saids,
  sum(CASE WHEN counts THEN said END) AS stated,
  sum(CASE WHEN counts THEN high END) AS ceiling,
  count(CASE WHEN counts AND r.amount_min IS NULL AND r.amount_max IS NULL THEN 1 END) AS undisclosed,
  count(CASE WHEN counts AND r.amount_min IS NOT NULL AND r.amount_max IS NULL AND NOT foreign THEN 1 END) AS at_least,
  count(CASE WHEN counts AND foreign THEN 1 END) AS unconverted,
  collect(CASE WHEN counts AND low IS NOT NULL THEN {day: last, sum: low} END) AS by_floor,
  collect(CASE WHEN counts AND said IS NOT NULL THEN {day: last, sum: said} END) AS by_stated,
  count(CASE WHEN part = 'equity' THEN low END) AS n1, sum(CASE WHEN part = 'equity' THEN low END) AS equity_floor,
  count(CASE WHEN part = 'equity' THEN said END) AS n2, sum(CASE WHEN part = 'equity' THEN said END) AS equity_stated,
  count(CASE WHEN part = 'debt' THEN low END) AS n3, sum(CASE WHEN part = 'debt' THEN low END) AS debt_floor,
  count(CASE WHEN part = 'debt' THEN said END) AS n4, sum(CASE WHEN part = 'debt' THEN said END) AS debt_stated,
  count(CASE WHEN part = 'mixed' THEN low END) AS n5, sum(CASE WHEN part = 'mixed' THEN low END) AS mixed_floor,
  count(CASE WHEN part = 'mixed' THEN said END) AS n6, sum(CASE WHEN part = 'mixed' THEN said END) AS mixed_stated,
  count(CASE WHEN part = 'listing' THEN low END) AS n7, sum(CASE WHEN part = 'listing' THEN low END) AS listing_floor,
  count(CASE WHEN part = 'listing' THEN said END) AS n8, sum(CASE WHEN part = 'listing' THEN said END) AS listing_stated,
  count(CASE WHEN part = 'commitment' THEN low END) AS n9, sum(CASE WHEN part = 'commitment' THEN low END) AS commitments_floor,
  count(CASE WHEN part = 'commitment' THEN said END) AS n10, sum(CASE WHEN part = 'commitment' THEN said END) AS commitments_stated,
  count(CASE WHEN part = 'grant' THEN said END) AS n11, sum(CASE WHEN part = 'grant' THEN said END) AS grants_stated,
  count(CASE WHEN part = 'parent' THEN 1 END) AS parent_deals,
  count(CASE WHEN part = 'parent' THEN said END) AS n12, sum(CASE WHEN part = 'parent' THEN said END) AS parent_stated,
  count(CASE WHEN known THEN 1 END) AS all_rounds,
  count(CASE WHEN known THEN worth_high END) AS capped,
  max(CASE WHEN known THEN worth_high END) AS top,
  collect(CASE WHEN known AND worth_low >= $line THEN last END) AS worth_by,
  collect(CASE WHEN known AND worth_said >= $line THEN last END) AS worth_on,
  collect(CASE WHEN known AND priced THEN {low: worth_low, high: worth_high, said: worth_said, basis: r.valuation_basis, day: r.announced_last} END) AS prices,
  count(CASE WHEN counts AND any(f IN coalesce(r.disputed, []) WHERE f IN ['amount', 'currency']) THEN 1 END) AS disputed,
  count(CASE WHEN maybe THEN 1 END) AS possible
WITH *,
  CASE WHEN rounds_stated > rounds THEN rounds_stated - rounds ELSE 0 END AS unheld,
  prices[size(prices) - 1] AS price,
  [k IN range(0, size(by_floor) - 1)
    WHERE reduce(t = 0, x IN by_floor[0..k + 1] | t + x.sum) >= $line | by_floor[k].day][0] AS passed,
  [k IN range(0, size(by_stated) - 1)
    WHERE reduce(t = 0, x IN by_stated[0..k + 1] | t + x.sum) >= $line | by_stated[k].day][0] AS said_passed
WITH *, undisclosed + at_least + unconverted + unheld AS opens
RETURN c.id AS company, c.name AS company_name, c.cohort AS cohort,
  CASE WHEN passed IS NOT NULL THEN 'by ' + replace(passed, '9999-12-31', 'an unknown date')
    WHEN said_passed IS NOT NULL
      THEN 'on stated figures, ' + replace(said_passed, '9999-12-31', 'an unknown date')
    WHEN rounds > 0 AND opens = 0 AND ceiling < $line THEN 'below'
    ELSE "can't be excluded" END AS raised,
  CASE WHEN lows > 0 THEN floor END AS floor,
  CASE WHEN saids > 0 THEN stated END AS stated,
  CASE WHEN rounds > 0 AND opens = 0 THEN ceiling END AS ceiling,
  CASE WHEN rounds = 0 THEN 'no round held'
    WHEN opens = 0 THEN ''
    ELSE 'open: ' + toString(undisclosed) + ' undisclosed, ' + toString(at_least) + ' at least'
      + CASE WHEN unconverted = 0 THEN '' ELSE ', ' + toString(unconverted) + ' not convertible' END
      + CASE WHEN unheld = 0 THEN '' ELSE ', ' + toString(unheld) + ' not held' END
  END AS open,
  CASE WHEN floor >= $line THEN 0 ELSE $line - floor END AS missing,
  rounds, rounds_stated, unconverted,
  CASE WHEN n1 > 0 THEN equity_floor END AS equity_floor,
  CASE WHEN n2 > 0 THEN equity_stated END AS equity_stated,
  CASE WHEN n3 > 0 THEN debt_floor END AS debt_floor,
  CASE WHEN n4 > 0 THEN debt_stated END AS debt_stated,
  CASE WHEN n5 > 0 THEN mixed_floor END AS mixed_floor,
  CASE WHEN n6 > 0 THEN mixed_stated END AS mixed_stated,
  CASE WHEN n7 > 0 THEN listing_floor END AS listing_floor,
  CASE WHEN n8 > 0 THEN listing_stated END AS listing_stated,
  CASE WHEN n9 > 0 THEN commitments_floor END AS commitments_floor,
  CASE WHEN n10 > 0 THEN commitments_stated END AS commitments_stated,
  CASE WHEN n11 > 0 THEN grants_stated END AS grants_stated,
  parent_deals, CASE WHEN n12 > 0 THEN parent_stated END AS parent_stated,
  CASE WHEN size(worth_by) > 0 THEN 'by ' + replace(worth_by[0], '9999-12-31', 'an unknown date')
    WHEN size(worth_on) > 0
      THEN 'on stated figures, ' + replace(worth_on[0], '9999-12-31', 'an unknown date')
    WHEN all_rounds > 0 AND capped = all_rounds AND top < $line THEN 'below'
    ELSE "can't be excluded" END AS valued,
  price.low AS valuation_min, price.high AS valuation_max, price.said AS valuation_stated,
  price.basis AS valuation_basis, price.day AS valuation_on, disputed, possible, reports
ORDER BY cohort, coalesce(floor, -1) DESC, company
