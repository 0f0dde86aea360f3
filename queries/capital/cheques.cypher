// title = "Published cheques by kind of capital"
// question = "Which investors' own cheques are published, kind by kind, in our data, at least, and how many are not?"
// tags = ["capital", "kinds", "cheques"]
// related = ["capital/behind-company", "investors/portfolio", "checks/undisclosed"]
// examples = ["whofunds query capital/cheques", "whofunds query capital/cheques cohort=llm-2023 currency=CNY"]
// params.cohort = {type = "cohort", default = "", help = "companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "count what had certainly happened by this day"}
// params.currency = {type = "currency", default = "USD", help = "currency of the cheques"}
// columns.kind = {meaning = "kind of capital at the round's date; an investor of two kinds counts in both, so kinds can't be added up", table = "never"}
// columns.kind_name = {meaning = "the kind in words"}
// columns.participations = {meaning = "participations of the kind: an investor in a closed round with money to the company", unit = "participations"}
// columns.published = {meaning = "of these, those whose own cheque is published; a round's amount is not a cheque", unit = "participations"}
// columns.unpublished = {meaning = "of these, those whose cheque isn't: not zero", unit = "participations"}
// columns.companies = {meaning = "companies of the published cheques", unit = "companies"}
// columns.cheque_min = {meaning = "sum of the published cheques, at least; empty where no minimum is known", unit = "currency", table = "filled"}
// columns.cheque_max = {meaning = "sum of the published cheques, at most; empty where one of them has no upper bound", unit = "currency", table = "filled"}
// columns.cheque_stated = {meaning = "sum of the published cheques, as printed", unit = "currency", table = "never"}
// columns.largest = {meaning = "the published cheque with the greatest minimum: that minimum", unit = "currency", table = "filled"}
// columns.unconverted = {meaning = "published cheques that can't be converted", unit = "participations", table = "filled"}
// columns.counted = {meaning = "coverage: companies, of all in the question, whose private rounds a report counts by as_of", unit = "companies"}
// columns.of_companies = {meaning = "companies with a closed round with money to them that we hold", unit = "companies"}
// columns.rounds_stated = {meaning = "coverage: the most that any report counts, summed over the companies counted", unit = "rounds"}
// columns.rounds_held = {meaning = "coverage: of the spans of these counts, the private rounds that we hold", unit = "rounds"}
// columns.disputed = {meaning = "of the published cheques, those of a disputed part", unit = "participations", table = "filled"}
// columns.possible = {meaning = "participations left out: their round may have closed only after as_of", unit = "participations", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the published cheques' taking part, and of the counts of rounds"}
MATCH (c:Startup)
WHERE $cohort = '' OR c.cohort = $cohort
OPTIONAL MATCH (c)<-[:FUNDS]-(q:FundingRound)
WHERE q.status = 'closed' AND q.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(q.announced_last, '9999-12-31') <= $as_of
WITH c, count(q) AS funded,
  collect(CASE WHEN q.listing = 'private' THEN {first: coalesce(q.announced_first, ''),
    last: coalesce(q.announced_last, '9999-12-31')} END) AS own
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH c, funded, p.url AS count_url, t.rounds AS stated,
  size([x IN own WHERE x.first <= coalesce(t.until_last, '9999-12-31')
    AND x.last >= coalesce(t.since_first, '')]) AS held
ORDER BY stated DESC, held, count_url
WITH c, funded, collect({stated: stated, held: held, url: count_url})[0] AS count_
WITH count(CASE WHEN funded > 0 THEN 1 END) AS of_companies,
  count(CASE WHEN funded > 0 THEN count_.stated END) AS counted,
  sum(CASE WHEN funded > 0 THEN count_.stated END) AS stated,
  sum(CASE WHEN funded > 0 AND count_.stated IS NOT NULL THEN count_.held END) AS held,
  collect(CASE WHEN funded > 0 THEN count_.url END) AS counts
MATCH (c:Startup)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND r.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(r.announced_first, '') <= $as_of AND ($cohort = '' OR c.cohort = $cohort)
WITH of_companies, counted, stated, held, counts, c, r,
  coalesce(r.announced_first, '') AS first,
  coalesce(r.announced_last, '9999-12-31') AS last
MATCH (r)<-[v:INVESTED_IN]-(i:Investor)
OPTIONAL MATCH (i)-[k:IS_A]->(s:CapitalSource)
WHERE coalesce(k.since, '') <= last AND coalesce(k.until, '9999-12-31') >= first
WITH DISTINCT of_companies, counted, stated, held, counts, c, r, v, i, last <= $as_of AS counts_,
  coalesce(s.id, 'unknown') AS kind, coalesce(s.name, 'Unknown') AS kind_name
WITH of_companies, counted, stated, held, counts, c, r, v, i, counts_, kind, kind_name,
  counts_ AND coalesce(v.amount_min, v.amount_max, v.amount_stated) IS NOT NULL AS known,
  v['amount_min_' + toLower($currency)] AS low,
  v['amount_max_' + toLower($currency)] AS high,
  v['amount_stated_' + toLower($currency)] AS said
ORDER BY c.id, r.id, i.id
WITH of_companies, counted, stated, held, counts, kind, kind_name,
  count(CASE WHEN counts_ THEN 1 END) AS participations,
  count(CASE WHEN known THEN 1 END) AS published,
  count(DISTINCT CASE WHEN known THEN c.id END) AS companies,
  count(CASE WHEN known THEN low END) AS lows, sum(CASE WHEN known THEN low END) AS floor,
  count(CASE WHEN known THEN high END) AS highs, sum(CASE WHEN known THEN high END) AS ceiling,
  count(CASE WHEN known THEN said END) AS saids, sum(CASE WHEN known THEN said END) AS printed,
  max(CASE WHEN known THEN low END) AS largest,
  count(CASE WHEN known AND coalesce(low, high, said) IS NULL THEN 1 END) AS unconverted,
  count(CASE WHEN known AND v.disputed THEN 1 END) AS disputed,
  count(CASE WHEN NOT counts_ THEN 1 END) AS possible,
  collect(CASE WHEN known THEN coalesce(v.reports, []) ELSE [] END) AS lists
UNWIND reduce(found = counts, one IN lists | found + one) + [null] AS url
WITH of_companies, counted, stated, held, kind, kind_name, participations, published, companies,
  lows, floor, highs, ceiling, saids, printed, largest, unconverted, disputed, possible, url
ORDER BY url
WITH of_companies, counted, stated, held, kind, kind_name, participations, published, companies,
  lows, floor, highs, ceiling, saids, printed, largest, unconverted, disputed, possible,
  collect(DISTINCT url) AS reports
RETURN kind, kind_name, participations, published, participations - published AS unpublished,
  companies,
  CASE WHEN lows > 0 THEN floor END AS cheque_min,
  CASE WHEN highs > 0 AND highs = published THEN ceiling END AS cheque_max,
  CASE WHEN saids > 0 THEN printed END AS cheque_stated,
  largest, unconverted, counted, of_companies, stated AS rounds_stated, held AS rounds_held,
  disputed, possible, reports
ORDER BY published DESC, participations DESC, kind
