// title = "Kinds of capital by company: shares and concentration"
// question = "Which share of a company's participations has each kind of capital, in our data, at least, and how concentrated are they?"
// tags = ["capital", "kinds", "concentration", "companies"]
// related = ["capital/shares-by-cohort", "capital/behind-company", "quality/coverage"]
// examples = ["whofunds query capital/shares-by-company cohort=llm-2023"]
// params.cohort = {type = "cohort", default = "", help = "companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "count what had certainly happened by this day"}
// columns.company = {meaning = "company", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.cohort = {meaning = "its generation", table = "never"}
// columns.kind = {meaning = "kind of capital at the round's date; 'not named' where no report names an investor in any round", table = "never"}
// columns.kind_name = {meaning = "the kind in words"}
// columns.participations = {meaning = "its participations: an investor in a closed round with money to the company; an investor of two kinds counts in both", unit = "participations"}
// columns.of_participations = {meaning = "those of all kinds, an investor of two kinds twice, so that the shares add up to 100", unit = "participations"}
// columns.share = {meaning = "its share of the participations, in our data, at least; not of the money", unit = "percent"}
// columns.share_max = {meaning = "its share if all of unknown kind were of this one", unit = "percent"}
// columns.concentration_min = {meaning = "Herfindahl-Hirschman index of the kinds' shares, 10,000 where there is one kind, if each of unknown kind were a kind of its own"}
// columns.concentration_max = {meaning = "the index if all of unknown kind were of the most frequent kind"}
// columns.rounds = {meaning = "closed rounds with money to the company that we hold", unit = "rounds"}
// columns.unnamed = {meaning = "of the rounds, those for which no report names an investor", unit = "rounds", table = "filled"}
// columns.rounds_stated = {meaning = "coverage: the most private rounds that any report counts by as_of; empty where none counts them", unit = "rounds", table = "filled"}
// columns.rounds_held = {meaning = "coverage: of the span of that count, the private rounds that we hold", unit = "rounds", table = "filled"}
// columns.cut = {meaning = "the first round that we hold, where it is after Series A: earlier ones are missing", table = "filled"}
// columns.weak = {meaning = "of the kind's participations, those of investors whose kind no report states: it rests on the name, or on nothing", unit = "participations", table = "filled"}
// columns.disputed = {meaning = "of the kind's participations, those that are disputed", unit = "participations", table = "filled"}
// columns.possible = {meaning = "participations of the kind left out: their round may have closed only after as_of", unit = "participations", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the kind's taking part, and of the count of rounds"}
MATCH (c:Startup)
WHERE $cohort = '' OR c.cohort = $cohort
OPTIONAL MATCH (c)<-[:FUNDS]-(q:FundingRound)
WHERE q.status = 'closed' AND q.listing = 'private'
  AND q.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(q.announced_last, '9999-12-31') <= $as_of
WITH c, q
ORDER BY coalesce(q.announced_last, '9999-12-31'), coalesce(q.announced_first, '9999-12-31'), q.id
WITH c, collect(coalesce(q.stage, ''))[0] AS start,
  collect(CASE WHEN q IS NOT NULL THEN {first: coalesce(q.announced_first, ''),
    last: coalesce(q.announced_last, '9999-12-31')} END) AS own
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH c, start, p.url AS count_url, t.rounds AS stated,
  size([x IN own WHERE x.first <= coalesce(t.until_last, '9999-12-31')
    AND x.last >= coalesce(t.since_first, '')]) AS held
ORDER BY stated DESC, held, count_url
WITH c, start, collect({stated: stated, held: held, url: count_url})[0] AS count_
MATCH (c)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND r.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(r.announced_first, '') <= $as_of
WITH c, start, count_, r,
  coalesce(r.announced_first, '') AS first,
  coalesce(r.announced_last, '9999-12-31') AS last
OPTIONAL MATCH (r)<-[v:INVESTED_IN]-(i:Investor)
OPTIONAL MATCH (i)-[k:IS_A]->(s:CapitalSource)
WHERE coalesce(k.since, '') <= last AND coalesce(k.until, '9999-12-31') >= first
WITH c, start, count_, r, v, i, last <= $as_of AS counts,
  CASE WHEN i IS NULL THEN 'not named' ELSE coalesce(s.id, 'unknown') END AS kind,
  CASE WHEN i IS NULL THEN 'No investor named' ELSE coalesce(s.name, 'Unknown') END AS kind_name,
  min(CASE WHEN k.basis IN ['name-derived', 'unsourced'] AND s.id <> 'unknown' THEN 1 ELSE 0 END) AS weak
ORDER BY c.id, r.id, i.id, kind
WITH c, start, count_, kind, kind_name,
  collect(DISTINCT CASE WHEN counts THEN r.id END) AS held_rounds,
  count(CASE WHEN counts THEN i.id END) AS n,
  count(CASE WHEN counts AND weak = 1 THEN i.id END) AS weak,
  count(CASE WHEN counts AND v.disputed THEN i.id END) AS disputed,
  count(CASE WHEN NOT counts THEN i.id END) AS possible,
  collect(coalesce(v.reports, [])) AS lists
WITH c, start, count_,
  sum(n) AS total,
  sum(CASE WHEN kind = 'unknown' THEN n ELSE 0 END) AS unknown,
  max(CASE WHEN kind <> 'unknown' THEN n ELSE 0 END) AS most,
  sum(CASE WHEN kind <> 'unknown' THEN n * n ELSE 0 END) AS squares,
  sum(CASE WHEN kind = 'not named' THEN size(held_rounds) ELSE 0 END) AS unnamed,
  collect(held_rounds) AS rounds,
  collect({kind: kind, words: kind_name, n: n, weak: weak, disputed: disputed, possible: possible,
    urls: reduce(found = [], one IN lists | found + one)}) AS parts
UNWIND reduce(found = [], one IN rounds | found + one) + [null] AS round
WITH c, start, count_, total, unknown, most, squares, unnamed, parts, count(DISTINCT round) AS rounds
UNWIND parts AS part
WITH c, start, count_, total, unknown, most, squares, unnamed, rounds, part
WHERE part.n + part.possible > 0 OR (part.kind = 'not named' AND total = 0 AND rounds > 0)
UNWIND part.urls + [count_.url] AS url
WITH c, start, count_, total, unknown, most, squares, unnamed, rounds, part.kind AS kind,
  part.words AS kind_name, part.n AS n, part.weak AS weak, part.disputed AS disputed, part.possible AS possible, url
ORDER BY url
WITH c, start, count_, total, unknown, most, squares, unnamed, rounds, kind, kind_name, n,
  weak, disputed, possible, collect(DISTINCT url) AS reports
RETURN c.id AS company, c.name AS company_name, c.cohort AS cohort, kind, kind_name,
  n AS participations, total AS of_participations,
  CASE WHEN total > 0 THEN round(1000.0 * n / total) / 10 END AS share,
  CASE WHEN total > 0 AND kind = 'unknown' THEN round(1000.0 * n / total) / 10
    WHEN total > 0 THEN round(1000.0 * (n + unknown) / total) / 10 END AS share_max,
  CASE WHEN total > 0 THEN round(10000.0 * (squares + unknown) / (total * total)) END AS concentration_min,
  CASE WHEN total > 0
    THEN round(10000.0 * (squares + 2 * most * unknown + unknown * unknown) / (total * total)) END AS concentration_max,
  rounds, unnamed, count_.stated AS rounds_stated,
  CASE WHEN count_.stated IS NOT NULL THEN count_.held END AS rounds_held,
  CASE WHEN start =~ '(?i)(series )?((pre-)?[b-k]([0-9+-].*)?|pre-ipo|ipo.*)'
    THEN 'first round held: ' + start ELSE '' END AS cut,
  weak, disputed, possible, reports
ORDER BY company, participations DESC, kind
