// title = "Money raised against a line"
// question = "How much has each company raised: at least, as stated, at most? Has it reached a line, and when?"
// tags = ["ceiling", "money", "companies"]
// related = ["ceiling/reconciliation", "ceiling/valuation", "quality/sensitivity", "companies/totals"]
// examples = ["whofunds query ceiling/raised cohort=llm-2023", "whofunds query ceiling/raised line=1000000000 currency=USD"]
// params.line = {type = "number", default = 20000000000, help = "the line, in the currency"}
// params.currency = {type = "currency", default = "CNY", help = "currency of the line and of the sums"}
// params.cohort = {type = "cohort", default = "", help = "companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "money certainly raised by this day"}
// columns.company = {meaning = "company", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.cohort = {meaning = "its generation", table = "never"}
// columns.raised = {meaning = "whether private money reached the line: by DATE (the floor passes it) / on stated figures, DATE / can't be excluded / below (the ceiling does not reach it)"}
// columns.floor = {meaning = "raised at least: equity and debt of private closed rounds; empty where no minimum is known", unit = "currency"}
// columns.stated = {meaning = "raised as printed; a printed range counts with its lower end", unit = "currency"}
// columns.ceiling = {meaning = "raised at most; only where nothing is open", unit = "currency", table = "filled"}
// columns.reported_total = {meaning = "the most that any report says was raised in all, at least; compared, never added", unit = "currency", table = "filled"}
// columns.open = {meaning = "what keeps the ceiling open: amounts undisclosed, at least, not convertible or disputed; rounds that may have closed by as_of; rounds that a report counts in its span and we don't hold, as quality/coverage has it, before the first held too; a report with more in all"}
// columns.missing = {meaning = "from the floor to the line; 0 where the floor passes it", unit = "currency", table = "never"}
// columns.rounds = {meaning = "private closed rounds of equity or debt that we hold", unit = "rounds"}
// columns.rounds_stated = {meaning = "the most rounds that any report counts", unit = "rounds", table = "filled"}
// columns.unconverted = {meaning = "of the rounds, those that can't be converted", unit = "rounds", table = "filled"}
// columns.equity_floor = {meaning = "of the floor, equity", unit = "currency", table = "never"}
// columns.equity_stated = {meaning = "of the stated sum, equity", unit = "currency", table = "never"}
// columns.debt_floor = {meaning = "of the floor, debt", unit = "currency", table = "never"}
// columns.debt_stated = {meaning = "of the stated sum, debt", unit = "currency", table = "never"}
// columns.mixed_floor = {meaning = "of the floor, equity and debt not told apart", unit = "currency", table = "never"}
// columns.mixed_stated = {meaning = "of the stated sum, equity and debt not told apart", unit = "currency", table = "never"}
// columns.listing_floor = {meaning = "apart: equity and debt at or after a listing, at least", unit = "currency", table = "never"}
// columns.listing_stated = {meaning = "apart: equity and debt at or after a listing, as printed", unit = "currency", table = "filled"}
// columns.commitments_floor = {meaning = "apart: commitments, at least", unit = "currency", table = "never"}
// columns.commitments_stated = {meaning = "apart: commitments, as printed", unit = "currency", table = "filled"}
// columns.grants_stated = {meaning = "apart: grants, as printed", unit = "currency", table = "never"}
// columns.parent_deals = {meaning = "apart: fundings by its own parent", unit = "deals", table = "never"}
// columns.parent_stated = {meaning = "apart: what its own parent put in, as printed", unit = "currency", table = "never"}
// columns.valued = {meaning = "whether a valuation reached the line, in the same words; below only where every closed round's has an upper bound and no round is possible or missing"}
// columns.valuation_min = {meaning = "the last known valuation, at least", unit = "currency", table = "never"}
// columns.valuation_max = {meaning = "the last known valuation, at most", unit = "currency", table = "never"}
// columns.valuation_stated = {meaning = "the last known valuation, as printed", unit = "currency"}
// columns.valuation_basis = {meaning = "post- or pre-money", table = "never"}
// columns.valuation_on = {meaning = "last day on which its round may have been announced", unit = "day", table = "never"}
// columns.disputed = {meaning = "of the rounds, those whose amount or currency is disputed", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "rounds left out: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on its closed rounds, its reported total and the rounds that reports count"}
// # A report's total opens the ceiling where it passes it both in the currency and in its own, so
// # that rates which moved between the rounds and the total don't.
MATCH (c:Startup)
WHERE $cohort = '' OR c.cohort = $cohort
OPTIONAL MATCH (c)<-[:FUNDS]-(q:FundingRound)<-[:STATES]-(p:Report)
WHERE q.status = 'closed' AND coalesce(q.announced_last, '9999-12-31') <= $as_of
WITH c, collect(DISTINCT p.url) AS stating
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE coalesce(t.until_last, '9999-12-31') <= $as_of
WITH c, stating, t.rounds AS counted, t.rounds - COUNT { (c)<-[:FUNDS]-(q:FundingRound)
  WHERE q.status = 'closed' AND q.instrument IN ['equity', 'debt', 'mixed', 'grant', 'in-kind', 'commitment']
    AND coalesce(q.announced_last, '9999-12-31') >= coalesce(t.since_first, '')
    AND coalesce(q.announced_first, '') <= coalesce(t.until_last, '9999-12-31') } AS short, p.url AS url, t.amount_min AS own, t.currency AS currency,
  CASE WHEN NOT 'amount' IN coalesce(t.doubt, []) THEN t['amount_min_' + toLower($currency)] END AS total
WITH c, stating, max(counted) AS rounds_stated, max(total) AS reported_total,
  max(CASE WHEN short > 0 THEN short ELSE 0 END) AS unheld,
  collect({rounds: counted, short: short, total: total, own: own, currency: currency, url: url}) AS totals
WITH c, rounds_stated, reported_total, unheld, [x IN totals WHERE x.total IS NOT NULL] AS totals,
  stating + [x IN totals WHERE x.total = reported_total OR x.rounds = rounds_stated
    OR (unheld > 0 AND x.short = unheld) | x.url] AS urls
UNWIND CASE WHEN size(urls) = 0 THEN [null] ELSE urls END AS url
WITH c, rounds_stated, reported_total, unheld, totals, url
ORDER BY url
WITH c, rounds_stated, reported_total, unheld, totals, collect(DISTINCT url) AS reports
OPTIONAL MATCH (c)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND coalesce(r.announced_first, '') <= $as_of
WITH c, reports, rounds_stated, reported_total, unheld, totals, r,
  coalesce(r.announced_last, '9999-12-31') AS last,
  r['amount_min_' + toLower($currency)] AS low,
  r['amount_max_' + toLower($currency)] AS high,
  coalesce(r['amount_stated_' + toLower($currency)], r['amount_min_' + toLower($currency)]) AS said,
  r['valuation_min_' + toLower($currency)] AS worth_low,
  r['valuation_max_' + toLower($currency)] AS worth_high,
  r['valuation_stated_' + toLower($currency)] AS worth_said,
  CASE WHEN NOT r.instrument IN ['equity', 'debt', 'mixed'] THEN r.instrument
    WHEN r.listing <> 'private' THEN 'listing' ELSE r.instrument END AS part
ORDER BY last, coalesce(r.announced_first, '9999-12-31'), r.id
WITH c, reports, rounds_stated, reported_total, unheld, totals, r, last, low, high, said, worth_low, worth_high, worth_said,
  CASE WHEN last <= $as_of THEN part END AS part,
  part IN ['equity', 'debt', 'mixed'] AND last <= $as_of AS counts,
  part IN ['equity', 'debt', 'mixed'] AND last > $as_of AS maybe,
  r IS NOT NULL AND last <= $as_of AS known,
  r IS NOT NULL AND last > $as_of AS later,
  (r.amount_min IS NOT NULL AND low IS NULL) OR (r.amount_max IS NOT NULL AND high IS NULL) AS foreign,
  coalesce(worth_low, worth_high, worth_said) IS NOT NULL AS priced,
  any(f IN coalesce(r.disputed, []) WHERE f IN ['amount', 'currency']) AS doubt
WITH c, reports, rounds_stated, reported_total, unheld, totals,
  count(CASE WHEN counts THEN 1 END) AS rounds,
  count(CASE WHEN counts THEN low END) AS lows,
  sum(CASE WHEN counts THEN low END) AS floor,
  count(CASE WHEN counts THEN said END) AS saids,
  sum(CASE WHEN counts THEN said END) AS stated,
  sum(CASE WHEN counts THEN high END) AS ceiling,
  sum(CASE WHEN counts THEN r.amount_max_usd END) AS ceiling_usd,
  sum(CASE WHEN counts THEN r.amount_max_cny END) AS ceiling_cny,
  sum(CASE WHEN counts THEN r.amount_max_eur END) AS ceiling_eur,
  count(CASE WHEN counts AND r.amount_min IS NULL AND r.amount_max IS NULL THEN 1 END) AS undisclosed,
  count(CASE WHEN counts AND r.amount_min IS NOT NULL AND r.amount_max IS NULL AND NOT foreign THEN 1 END) AS at_least,
  count(CASE WHEN counts AND foreign THEN 1 END) AS unconverted,
  count(CASE WHEN counts AND doubt AND r.amount_min = r.amount_max THEN 1 END) AS contested,
  collect(CASE WHEN counts THEN coalesce(r.stage, '') END)[0] AS start,
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
  count(CASE WHEN later THEN 1 END) AS later,
  count(CASE WHEN known THEN worth_high END) AS capped,
  max(CASE WHEN known THEN worth_high END) AS top,
  collect(CASE WHEN known AND worth_low >= $line THEN last END) AS worth_by,
  collect(CASE WHEN known AND worth_said >= $line THEN last END) AS worth_on,
  collect(CASE WHEN known AND priced THEN {low: worth_low, high: worth_high, said: worth_said, basis: r.valuation_basis, day: r.announced_last} END) AS prices,
  count(CASE WHEN counts AND doubt THEN 1 END) AS disputed,
  count(CASE WHEN maybe THEN 1 END) AS possible
WITH *,
  coalesce(start =~ '(?i)(series )?((pre-)?[b-k]([0-9+-].*)?|pre-ipo|ipo.*)', false) AS cut,
  CASE WHEN undisclosed + at_least + unconverted > 0 THEN 0
    ELSE reduce(most = 0, x IN totals | CASE WHEN x.total > most AND x.total > ceiling
      AND x.own > CASE x.currency WHEN 'USD' THEN ceiling_usd WHEN 'CNY' THEN ceiling_cny
        WHEN 'EUR' THEN ceiling_eur ELSE 0 END THEN x.total ELSE most END) END AS beyond,
  prices[size(prices) - 1] AS price,
  [k IN range(0, size(by_floor) - 1)
    WHERE reduce(t = 0, x IN by_floor[0..k + 1] | t + x.sum) >= $line | by_floor[k].day][0] AS passed,
  [k IN range(0, size(by_stated) - 1)
    WHERE reduce(t = 0, x IN by_stated[0..k + 1] | t + x.sum) >= $line | by_stated[k].day][0] AS said_passed
WITH *,
  CASE WHEN undisclosed + at_least = 0 THEN []
    ELSE [toString(undisclosed) + ' undisclosed', toString(at_least) + ' at least'] END
  + CASE WHEN unconverted = 0 THEN [] ELSE [toString(unconverted) + ' not convertible'] END
  + CASE WHEN contested = 0 THEN [] ELSE [toString(contested) + ' disputed'] END
  + CASE WHEN possible = 0 THEN [] ELSE [toString(possible) + ' possible'] END
  + CASE WHEN unheld = 0 THEN [] ELSE [toString(unheld) + ' not held'] END
  + CASE WHEN cut THEN ['first round held: ' + start] ELSE [] END
  + CASE WHEN beyond = 0 THEN []
    WHEN beyond < 1000000 THEN ['a report has ' + toString(toInteger(beyond)) + ' in all']
    WHEN beyond < 1000000000
      THEN ['a report has ' + replace(toString(round(beyond / 100000.0) / 10) + 'm', '.0m', 'm') + ' in all']
    ELSE ['a report has ' + replace(toString(round(beyond / 10000000.0) / 100) + 'bn', '.0bn', 'bn') + ' in all']
  END AS opens
RETURN c.id AS company, c.name AS company_name, c.cohort AS cohort,
  CASE WHEN passed IS NOT NULL THEN 'by ' + replace(passed, '9999-12-31', 'an unknown date')
    WHEN said_passed IS NOT NULL
      THEN 'on stated figures, ' + replace(said_passed, '9999-12-31', 'an unknown date')
    WHEN rounds > 0 AND size(opens) = 0 AND ceiling < $line THEN 'below'
    ELSE "can't be excluded" END AS raised,
  CASE WHEN lows > 0 THEN floor END AS floor,
  CASE WHEN saids > 0 THEN stated END AS stated,
  CASE WHEN rounds > 0 AND size(opens) = 0 THEN ceiling END AS ceiling,
  reported_total,
  CASE WHEN rounds = 0 THEN 'no round held'
    WHEN size(opens) = 0 THEN ''
    ELSE 'open: ' + reduce(text = opens[0], x IN opens[1..] | text + ', ' + x) END AS open,
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
    WHEN all_rounds > 0 AND capped = all_rounds AND later = 0 AND unheld = 0 AND NOT cut
      AND top < $line THEN 'below'
    ELSE "can't be excluded" END AS valued,
  price.low AS valuation_min, price.high AS valuation_max, price.said AS valuation_stated,
  price.basis AS valuation_basis, price.day AS valuation_on, disputed, possible, reports
ORDER BY cohort, coalesce(floor, -1) DESC, company
