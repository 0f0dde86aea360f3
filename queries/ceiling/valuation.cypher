// title = "Valuations against a line"
// question = "Which companies' valuations reached a line, when, in which round and on which basis, and what were the highest and the last?"
// tags = ["ceiling", "valuation", "companies"]
// related = ["companies/valuations", "ceiling/raised", "quality/sensitivity"]
// examples = ["whofunds query ceiling/valuation cohort=llm-2023", "whofunds query ceiling/valuation line=1000000000 currency=USD as_of=2023"]
// params.line = {type = "number", default = 20000000000, help = "the line, in the currency"}
// params.currency = {type = "currency", default = "CNY", help = "currency of the line and of the valuations"}
// params.cohort = {type = "cohort", default = "", help = "companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "valuations of rounds certainly closed by this day"}
// columns.company = {meaning = "company", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.cohort = {meaning = "its generation", table = "never"}
// columns.valued = {meaning = "by DATE: a lower bound reaches the line; on stated figures, DATE: a printed figure does; below: every closed round has an upper bound under it, none that may have closed by as_of is left out, and none is missing, as ceiling/raised has it; else can't be excluded; in our data, at least"}
// columns.round = {meaning = "the round in which it first did, by the last day on which that may have been", table = "never"}
// columns.stage = {meaning = "that round's stage, as reports call it"}
// columns.basis = {meaning = "that valuation: post- or pre-money; not said where no report says", table = "filled"}
// columns.top_stated = {meaning = "the highest valuation as printed; a printed range counts with its lower end", unit = "currency"}
// columns.top_basis = {meaning = "its basis"}
// columns.top_on = {meaning = "last day on which its round may have been announced", unit = "day"}
// columns.last_stated = {meaning = "the last known valuation, as printed", unit = "currency"}
// columns.last_basis = {meaning = "its basis"}
// columns.last_on = {meaning = "last day on which its round may have been announced", unit = "day"}
// columns.rounds = {meaning = "coverage: closed rounds and deals that we hold, of any instrument, listings too", unit = "rounds"}
// columns.valued_rounds = {meaning = "coverage: of these, those for which a report states a valuation", unit = "rounds"}
// columns.rounds_stated = {meaning = "coverage: the most rounds that any report counts", unit = "rounds", table = "filled"}
// columns.unconverted = {meaning = "valuations that can't be converted", unit = "rounds", table = "filled"}
// columns.disputed = {meaning = "valuations on which reports differ", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "valuations left out: their round may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports that state its valuations, and of the counts of rounds; where none states one, of those on its closed rounds"}
MATCH (c:Startup)
WHERE $cohort = '' OR c.cohort = $cohort
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH c, t.rounds AS counted, t.rounds - COUNT { (c)<-[:FUNDS]-(q:FundingRound)
  WHERE q.status = 'closed' AND q.instrument IN ['equity', 'debt', 'mixed', 'grant', 'in-kind', 'commitment']
    AND coalesce(q.announced_last, '9999-12-31') >= coalesce(t.since_first, '')
    AND coalesce(q.announced_first, '') <= coalesce(t.until_last, '9999-12-31') } AS short, p.url AS url
WITH c, max(counted) AS rounds_stated, max(CASE WHEN short > 0 THEN short ELSE 0 END) AS unheld,
  collect({rounds: counted, short: short, url: url}) AS counts
WITH c, rounds_stated, unheld, [x IN counts WHERE x.rounds = rounds_stated
  OR (unheld > 0 AND x.short = unheld) | x.url] AS counting
OPTIONAL MATCH (c)<-[:FUNDS]-(q:FundingRound)<-[s:STATES]-(p:Report)
WHERE q.status = 'closed' AND coalesce(q.announced_last, '9999-12-31') <= $as_of
WITH c, rounds_stated, unheld, counting, p.url AS url,
  coalesce(s.valuation_min, s.valuation_max, s.valuation_stated) IS NOT NULL
    AND coalesce(q.valuation_min, q.valuation_max, q.valuation_stated) IS NOT NULL AS prices
WITH c, rounds_stated, unheld, counting, collect(CASE WHEN prices THEN url END) AS pricing,
  collect(url) AS stating
WITH c, rounds_stated, unheld,
  counting + CASE WHEN size(pricing) = 0 THEN stating ELSE pricing END + [null] AS urls
UNWIND urls AS url
WITH c, rounds_stated, unheld, url
ORDER BY url
WITH c, rounds_stated, unheld, collect(DISTINCT url) AS reports
OPTIONAL MATCH (c)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND coalesce(r.announced_first, '') <= $as_of
WITH c, rounds_stated, unheld, reports, r,
  coalesce(r.announced_last, '9999-12-31') AS last,
  r['valuation_min_' + toLower($currency)] AS low,
  r['valuation_max_' + toLower($currency)] AS high,
  coalesce(r['valuation_stated_' + toLower($currency)], r['valuation_min_' + toLower($currency)]) AS said,
  coalesce(r.valuation_min, r.valuation_max, r.valuation_stated) IS NOT NULL AS priced
ORDER BY last, coalesce(r.announced_first, '9999-12-31'), r.id
WITH c, rounds_stated, unheld, reports, r, last, low, high, said, priced,
  r IS NOT NULL AND last <= $as_of AS known,
  r.listing = 'private' AND r.instrument IN ['equity', 'debt', 'mixed'] AS money,
  {day: last, dated: r.announced_last, round: r.id, stage: r.stage, basis: coalesce(r.valuation_basis, 'not said'), said: said} AS price
WITH c, rounds_stated, unheld, reports,
  count(CASE WHEN known THEN 1 END) AS rounds,
  count(CASE WHEN known AND priced THEN 1 END) AS valued_rounds,
  count(CASE WHEN r IS NOT NULL AND NOT known THEN 1 END) AS later,
  collect(CASE WHEN known AND money THEN coalesce(r.stage, '') END)[0] AS start,
  count(CASE WHEN known THEN high END) AS capped,
  max(CASE WHEN known THEN high END) AS most,
  max(CASE WHEN known THEN said END) AS top_stated,
  count(CASE WHEN known AND priced AND coalesce(low, high, said) IS NULL THEN 1 END) AS unconverted,
  count(CASE WHEN known AND priced AND 'valuation' IN coalesce(r.disputed, []) THEN 1 END) AS disputed,
  count(CASE WHEN r IS NOT NULL AND NOT known AND priced THEN 1 END) AS possible,
  collect(CASE WHEN known AND low >= $line THEN price END) AS by_floor,
  collect(CASE WHEN known AND said >= $line THEN price END) AS by_stated,
  collect(CASE WHEN known AND priced AND said IS NOT NULL THEN price END) AS prices
WITH *, [x IN prices WHERE x.said = top_stated][0] AS top, prices[size(prices) - 1] AS newest,
  CASE WHEN size(by_floor) > 0 THEN by_floor[0] ELSE by_stated[0] END AS reached
RETURN c.id AS company, c.name AS company_name, c.cohort AS cohort,
  CASE WHEN size(by_floor) > 0 THEN 'by ' + replace(reached.day, '9999-12-31', 'an unknown date')
    WHEN size(by_stated) > 0 THEN 'on stated figures, ' + replace(reached.day, '9999-12-31', 'an unknown date')
    WHEN rounds > 0 AND capped = rounds AND later = 0 AND unheld = 0 AND most < $line
      AND NOT coalesce(start =~ '(?i)(series )?((pre-)?[b-k]([0-9+-].*)?|pre-ipo|ipo.*)', false) THEN 'below'
    ELSE "can't be excluded" END AS valued,
  reached.round AS round, reached.stage AS stage, reached.basis AS basis,
  top.said AS top_stated, top.basis AS top_basis, top.dated AS top_on,
  newest.said AS last_stated, newest.basis AS last_basis, newest.dated AS last_on,
  rounds, valued_rounds, rounds_stated, unconverted, disputed, possible, reports
ORDER BY coalesce(top_stated, -1) DESC, company
