// title = "What is left if a kind of capital withdraws"
// question = "How many rounds would be left without any named investor if a kind of capital withdrew, in our data, at least?"
// tags = ["capital", "kinds", "rounds"]
// related = ["capital/companies-of-kind", "capital/shares-by-cohort", "checks/name-kinds"]
// examples = ["whofunds query capital/withdraws", "whofunds query capital/withdraws cohort=llm-2023"]
// params.cohort = {type = "cohort", default = "", help = "companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "count what had certainly happened by this day"}
// columns.kind = {meaning = "kind of capital at the round's date that withdraws; an investor of two kinds withdraws with either", table = "never"}
// columns.kind_name = {meaning = "the kind in words"}
// columns.left_without = {meaning = "rounds in which all named investors are of the kind; says nothing of money, nor of investors that no report names", unit = "rounds"}
// columns.left_without_max = {meaning = "rounds in which all named investors are of the kind or of unknown kind", unit = "rounds"}
// columns.rounds = {meaning = "closed rounds with money to the company in which an investor of the kind is named", unit = "rounds"}
// columns.of_rounds = {meaning = "closed rounds with money to the company for which a report names an investor", unit = "rounds"}
// columns.unnamed = {meaning = "further closed rounds with money to the company, without a named investor from the start", unit = "rounds"}
// columns.companies = {meaning = "companies of the rounds left without, by name; with how many of their rounds that name an investor"}
// columns.counted = {meaning = "coverage: companies whose private rounds a report counts by as_of", unit = "companies"}
// columns.of_companies = {meaning = "companies with a closed round with money to them that we hold", unit = "companies"}
// columns.rounds_stated = {meaning = "coverage: the most that any report counts, summed over the companies counted", unit = "rounds"}
// columns.rounds_held = {meaning = "coverage: of the spans of these counts, the private rounds that we hold", unit = "rounds"}
// columns.disputed = {meaning = "of the rounds left without, those with a disputed investor", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "rounds of the kind left out: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the taking part in the rounds left without, and of the counts of rounds"}
MATCH (c:Startup)
WHERE $cohort = '' OR c.cohort = $cohort
OPTIONAL MATCH (c)<-[:FUNDS]-(q:FundingRound)
WHERE q.status = 'closed' AND q.listing = 'private'
  AND q.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(q.announced_last, '9999-12-31') <= $as_of
WITH c, collect(CASE WHEN q IS NOT NULL THEN {first: coalesce(q.announced_first, ''),
    last: coalesce(q.announced_last, '9999-12-31')} END) AS own
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH c, p.url AS count_url, t.rounds AS stated,
  size([x IN own WHERE x.first <= coalesce(t.until_last, '9999-12-31')
    AND x.last >= coalesce(t.since_first, '')]) AS held
ORDER BY stated DESC, held, count_url
WITH c, collect({stated: stated, held: held, url: count_url})[0] AS count_
MATCH (c)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND r.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(r.announced_first, '') <= $as_of
WITH c, count_, r,
  coalesce(r.announced_first, '') AS first,
  coalesce(r.announced_last, '9999-12-31') AS last
OPTIONAL MATCH (r)<-[v:INVESTED_IN]-(i:Investor)
OPTIONAL MATCH (i)-[k:IS_A]->(s:CapitalSource)
WHERE coalesce(k.since, '') <= last AND coalesce(k.until, '9999-12-31') >= first
WITH c, count_, r, v, i, last, collect(DISTINCT coalesce(s.id, 'unknown')) AS kinds
WITH c, count_, r, last <= $as_of AS counts,
  max(CASE WHEN v.disputed THEN 1 ELSE 0 END) AS disputed,
  collect(CASE WHEN i IS NOT NULL THEN kinds END) AS sets,
  collect(coalesce(v.reports, [])) AS lists
ORDER BY c.name, c.id, r.id
WITH c, count_,
  count(CASE WHEN counts THEN 1 END) AS funded,
  count(CASE WHEN counts AND size(sets) = 0 THEN 1 END) AS unnamed,
  count(CASE WHEN counts AND size(sets) > 0 THEN 1 END) AS of_rounds,
  collect(CASE WHEN size(sets) > 0 THEN {counts: counts, disputed: disputed, sets: sets,
    urls: reduce(found = [], one IN lists | found + one)} END) AS rounds
WITH collect({id: c.id, name: c.name, of_rounds: of_rounds, rounds: rounds}) AS companies,
  count(CASE WHEN funded > 0 THEN 1 END) AS of_companies,
  count(CASE WHEN funded > 0 THEN count_.stated END) AS counted,
  sum(CASE WHEN funded > 0 THEN count_.stated END) AS stated,
  sum(CASE WHEN funded > 0 AND count_.stated IS NOT NULL THEN count_.held END) AS held,
  sum(of_rounds) AS of_rounds, sum(unnamed) AS unnamed,
  collect(CASE WHEN funded > 0 THEN count_.url END) AS urls
MATCH (s:CapitalSource)
UNWIND companies AS one
WITH s, of_companies, counted, stated, held, of_rounds, unnamed, urls, one,
  [x IN one.rounds WHERE any(ks IN x.sets WHERE s.id IN ks)] AS with_
WITH s, of_companies, counted, stated, held, of_rounds, unnamed, urls, one, with_,
  [x IN with_ WHERE x.counts AND all(ks IN x.sets WHERE s.id IN ks)] AS bare,
  [x IN one.rounds WHERE x.counts AND all(ks IN x.sets WHERE s.id IN ks OR 'unknown' IN ks)] AS bare_max
ORDER BY one.name, one.id
WITH s, of_companies, counted, stated, held, of_rounds, unnamed, urls,
  sum(size(bare)) AS left_without, sum(size(bare_max)) AS left_without_max,
  sum(size([x IN with_ WHERE x.counts])) AS rounds,
  sum(size([x IN with_ WHERE NOT x.counts])) AS possible,
  sum(size([x IN bare WHERE x.disputed = 1])) AS disputed,
  collect(CASE WHEN size(bare) > 0
    THEN one.name + ' (' + toString(size(bare)) + ' of ' + toString(one.of_rounds) + ')' END) AS companies,
  collect(reduce(found = [], x IN bare | found + x.urls)) AS lists
WHERE rounds + possible > 0
UNWIND reduce(found = urls, one IN lists | found + one) + [null] AS url
WITH s, of_companies, counted, stated, held, of_rounds, unnamed, left_without, left_without_max,
  rounds, possible, disputed, companies, url
ORDER BY url
WITH s, of_companies, counted, stated, held, of_rounds, unnamed, left_without, left_without_max,
  rounds, possible, disputed, companies, collect(DISTINCT url) AS reports
RETURN s.id AS kind, s.name AS kind_name, left_without, left_without_max, rounds, of_rounds,
  unnamed, companies, counted, of_companies, stated AS rounds_stated, held AS rounds_held, disputed,
  possible, reports
ORDER BY left_without DESC, left_without_max DESC, kind
