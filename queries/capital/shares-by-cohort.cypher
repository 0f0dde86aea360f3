// title = "Kinds of capital by cohort: shares and concentration"
// question = "Which share of the participations in each generation of companies has each kind of capital, in our data, at least, and how concentrated are they?"
// tags = ["capital", "kinds", "concentration", "cohorts"]
// related = ["capital/shares-by-company", "capital/withdraws", "capital/domestic-foreign"]
// examples = ["whofunds query capital/shares-by-cohort", "whofunds query capital/shares-by-cohort as_of=2022"]
// params.as_of = {type = "date", default = "9999-12-31", help = "count what had certainly happened by this day"}
// columns.cohort = {meaning = "generation; empty for companies of none"}
// columns.kind = {meaning = "kind of capital at the round's date", table = "never"}
// columns.kind_name = {meaning = "the kind in words"}
// columns.participations = {meaning = "its participations: an investor in a closed round with money to a company; an investor of two kinds counts in both, a company with more of them weighs more", unit = "participations"}
// columns.of_participations = {meaning = "those of all kinds, an investor of two kinds twice, so that the shares add up to 100", unit = "participations"}
// columns.share = {meaning = "its share of the participations, in our data, at least; not of the money", unit = "percent"}
// columns.share_max = {meaning = "its share if all of unknown kind were of this one", unit = "percent"}
// columns.companies = {meaning = "companies in which the kind is named", unit = "companies"}
// columns.of_companies = {meaning = "companies with a closed round with money to them that we hold", unit = "companies"}
// columns.concentration_min = {meaning = "Herfindahl-Hirschman index of the kinds' shares, 10,000 where there is one kind, if each of unknown kind were a kind of its own"}
// columns.concentration_max = {meaning = "the index if all of unknown kind were of the most frequent kind"}
// columns.rounds = {meaning = "closed rounds with money to these companies that we hold", unit = "rounds"}
// columns.unnamed = {meaning = "of the rounds, those for which no report names an investor", unit = "rounds", table = "filled"}
// columns.counted = {meaning = "coverage: companies whose private rounds a report counts by as_of", unit = "companies"}
// columns.rounds_stated = {meaning = "coverage: the most that any report counts, summed over these", unit = "rounds"}
// columns.rounds_held = {meaning = "coverage: of the spans of these counts, the private rounds that we hold", unit = "rounds"}
// columns.cut = {meaning = "companies of which the first round that we hold is after Series A: earlier ones are missing", table = "filled"}
// columns.weak = {meaning = "of the kind's participations, those of investors whose kind no report states: it rests on the name, or on nothing", unit = "participations", table = "filled"}
// columns.disputed = {meaning = "of the kind's participations, those that are disputed", unit = "participations", table = "filled"}
// columns.possible = {meaning = "participations of the kind left out: their round may have closed only after as_of", unit = "participations", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the kind's taking part, and of the counts of rounds"}
MATCH (c:Startup)
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
  sum(CASE WHEN kind = 'not named' THEN size(held_rounds) ELSE 0 END) AS unnamed,
  collect(held_rounds) AS rounds,
  collect({kind: kind, words: kind_name, n: n, weak: weak, disputed: disputed, possible: possible,
    urls: reduce(found = [], one IN lists | found + one)}) AS parts
UNWIND reduce(found = [], one IN rounds | found + one) + [null] AS round
WITH c, start, count_, unnamed, parts, count(DISTINCT round) AS rounds
WITH c, coalesce(c.cohort, '') AS cohort, count_, unnamed, parts, rounds,
  CASE WHEN start =~ '(?i)(series )?((pre-)?[b-k]([0-9+-].*)?|pre-ipo|ipo.*)'
    THEN c.name + ' (first round held: ' + start + ')' END AS late
ORDER BY c.name, c.id
WITH cohort,
  count(CASE WHEN rounds > 0 THEN 1 END) AS of_companies, sum(rounds) AS rounds, sum(unnamed) AS unnamed,
  count(CASE WHEN rounds > 0 THEN count_.stated END) AS counted,
  sum(CASE WHEN rounds > 0 THEN count_.stated END) AS stated,
  sum(CASE WHEN rounds > 0 AND count_.stated IS NOT NULL THEN count_.held END) AS held,
  collect(CASE WHEN rounds > 0 THEN late END) AS cut,
  collect(CASE WHEN rounds > 0 THEN count_.url END) AS counts, collect(parts) AS lists
UNWIND reduce(found = [], one IN lists | found + one) AS part
WITH cohort, of_companies, rounds, unnamed, counted, stated, held, cut, counts,
  part.kind AS kind, part.words AS kind_name, part.n AS one, part.weak AS frail, part.disputed AS doubt,
  part.possible AS maybe, part.urls AS urls
WHERE kind <> 'not named'
WITH cohort, of_companies, rounds, unnamed, counted, stated, held, cut, counts, kind, kind_name,
  sum(one) AS n, count(CASE WHEN one > 0 THEN 1 END) AS companies, sum(frail) AS weak, sum(doubt) AS disputed,
  sum(maybe) AS possible, collect(urls) AS lists
WITH cohort, of_companies, rounds, unnamed, counted, stated, held, cut, counts,
  sum(n) AS total,
  sum(CASE WHEN kind = 'unknown' THEN n ELSE 0 END) AS unknown,
  max(CASE WHEN kind <> 'unknown' THEN n ELSE 0 END) AS most,
  sum(CASE WHEN kind <> 'unknown' THEN n * n ELSE 0 END) AS squares,
  collect({kind: kind, words: kind_name, n: n, companies: companies, weak: weak, disputed: disputed,
    possible: possible, urls: reduce(found = [], one IN lists | found + one)}) AS parts
UNWIND parts AS part
WITH cohort, of_companies, rounds, unnamed, counted, stated, held, cut, counts, total, unknown,
  most, squares, part
WHERE part.n + part.possible > 0
UNWIND part.urls + counts + [null] AS url
WITH cohort, of_companies, rounds, unnamed, counted, stated, held, cut, total, unknown, most,
  squares, part.kind AS kind, part.words AS kind_name, part.n AS n, part.companies AS companies,
  part.weak AS weak, part.disputed AS disputed, part.possible AS possible, url
ORDER BY url
WITH cohort, of_companies, rounds, unnamed, counted, stated, held, cut, total, unknown, most,
  squares, kind, kind_name, n, companies, weak, disputed, possible, collect(DISTINCT url) AS reports
RETURN cohort, kind, kind_name, n AS participations, total AS of_participations,
  CASE WHEN total > 0 THEN round(1000.0 * n / total) / 10 END AS share,
  CASE WHEN total > 0 AND kind = 'unknown' THEN round(1000.0 * n / total) / 10
    WHEN total > 0 THEN round(1000.0 * (n + unknown) / total) / 10 END AS share_max,
  companies, of_companies,
  CASE WHEN total > 0 THEN round(10000.0 * (squares + unknown) / (total * total)) END AS concentration_min,
  CASE WHEN total > 0
    THEN round(10000.0 * (squares + 2 * most * unknown + unknown * unknown) / (total * total)) END AS concentration_max,
  rounds, unnamed, counted, stated AS rounds_stated, held AS rounds_held, cut, weak, disputed,
  possible, reports
ORDER BY cohort, participations DESC, kind
