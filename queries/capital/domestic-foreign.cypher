// title = "Domestic and foreign capital by year"
// question = "From which countries is the capital controlled that companies of each country took, year by year, in our data, at least?"
// tags = ["capital", "countries", "years"]
// related = ["capital/shares-by-cohort", "capital/state-exposure", "investors/newcomers"]
// examples = ["whofunds query capital/domestic-foreign cohort=llm-2023", "whofunds query capital/domestic-foreign cohort=vision-2015"]
// params.cohort = {type = "cohort", default = "", help = "companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "count what had certainly happened by this day"}
// columns.company_country = {meaning = "country of the companies, by ISO code: Hong Kong, Macau and Taiwan have their own; empty where it isn't known"}
// columns.year = {meaning = "year in which the rounds were announced; empty where it isn't certain"}
// columns.origin = {meaning = "domestic, foreign, unknown, or 'not named' for rounds for which no report names an investor"}
// columns.country = {meaning = "country from which the investor is controlled: its own, else that of the nearest that it was part of at the round's date; empty where none is known"}
// columns.participations = {meaning = "participations from there: an investor in a closed round with money to the company", unit = "participations"}
// columns.of_participations = {meaning = "those from all countries, of these companies in that year", unit = "participations"}
// columns.share = {meaning = "the share of participations from there, in our data, at least; not of the money", unit = "percent"}
// columns.share_max = {meaning = "the share if all of unknown country were from there", unit = "percent"}
// columns.rounds = {meaning = "rounds with a participation from there, or without a named investor", unit = "rounds"}
// columns.companies = {meaning = "companies of these rounds", unit = "companies"}
// columns.counted = {meaning = "coverage: companies of that country whose private rounds a report counts by as_of", unit = "companies"}
// columns.of_companies = {meaning = "companies of that country with a closed round with money to them that we hold, in any year", unit = "companies"}
// columns.rounds_stated = {meaning = "coverage: the most that any report counts, summed over the companies counted, of all years", unit = "rounds"}
// columns.rounds_held = {meaning = "coverage: of the spans of these counts, the private rounds that we hold", unit = "rounds"}
// columns.cut = {meaning = "companies of that country of which the first round that we hold is after Series A: earlier ones are missing", table = "filled"}
// columns.disputed = {meaning = "of the participations, those that are disputed", unit = "participations", table = "filled"}
// columns.possible = {meaning = "participations left out: their round may have closed only after as_of", unit = "participations", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the taking part or, where nobody is named, on the round, and of the counts of rounds"}
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
OPTIONAL MATCH up = (i)-[:PART_OF*0..8]->(g:Investor)
WHERE g.country IS NOT NULL AND all(x IN relationships(up) WHERE
  coalesce(x.since, '') <= last AND coalesce(x.until, '9999-12-31') >= first)
WITH c, start, count_, r, v, i, first, last, g.country AS country, min(length(up)) AS steps
ORDER BY steps, country
WITH c, start, count_, r, v, i, first, last, collect(country) AS countries, collect(steps) AS steps
OPTIONAL MATCH (r)<-[:STATES]-(z:Report)
WHERE i IS NULL
WITH c, start, count_, r, v, i, last <= $as_of AS counts,
  CASE WHEN size(countries) = 1 OR steps[0] < steps[1] THEN countries[0] END AS country,
  CASE WHEN substring(first, 0, 4) = substring(last, 0, 4) THEN toInteger(substring(first, 0, 4)) END AS year,
  coalesce(v.reports, []) + collect(z.url) AS urls
WITH c, start, count_, r, v, i, counts, country, year, urls,
  CASE WHEN i IS NULL THEN 'not named' WHEN country IS NULL OR c.country IS NULL THEN 'unknown'
    WHEN country = c.country THEN 'domestic' ELSE 'foreign' END AS origin
ORDER BY c.id, r.id, i.id
WITH c, start, count_, year, origin, country,
  count(DISTINCT CASE WHEN counts THEN r.id END) AS rounds,
  count(CASE WHEN counts THEN i.id END) AS n,
  count(CASE WHEN counts AND v.disputed THEN i.id END) AS disputed,
  count(CASE WHEN NOT counts THEN i.id END) AS possible,
  collect(urls) AS lists
WITH c, start, count_, collect({year: year, origin: origin, country: country, rounds: rounds, n: n,
    disputed: disputed, possible: possible, urls: reduce(found = [], one IN lists | found + one)}) AS parts
WITH c.country AS company_country, parts, count_,
  size([x IN parts WHERE x.rounds > 0]) > 0 AS funded,
  CASE WHEN start =~ '(?i)(series )?((pre-)?[b-k]([0-9+-].*)?|pre-ipo|ipo.*)'
    THEN c.name + ' (first round held: ' + start + ')' END AS late
ORDER BY c.name, c.id
WITH company_country, count(CASE WHEN funded THEN 1 END) AS of_companies,
  count(CASE WHEN funded THEN count_.stated END) AS counted,
  sum(CASE WHEN funded THEN count_.stated END) AS stated,
  sum(CASE WHEN funded AND count_.stated IS NOT NULL THEN count_.held END) AS held,
  collect(CASE WHEN funded THEN late END) AS cut,
  collect(CASE WHEN funded THEN count_.url END) AS counts, collect(parts) AS lists
UNWIND reduce(found = [], one IN lists | found + one) AS part
WITH company_country, of_companies, counted, stated, held, cut, counts, part.year AS year,
  part.origin AS origin, part.country AS country, part.n AS one, part.rounds AS some,
  part.disputed AS doubt, part.possible AS maybe, part.urls AS urls
WITH company_country, of_companies, counted, stated, held, cut, counts, year, origin, country,
  sum(one) AS n, sum(some) AS rounds, count(CASE WHEN some > 0 THEN 1 END) AS companies,
  sum(doubt) AS disputed, sum(maybe) AS possible, collect(urls) AS lists
WITH company_country, of_companies, counted, stated, held, cut, counts, year,
  sum(n) AS total, sum(CASE WHEN country IS NULL THEN n ELSE 0 END) AS unknown,
  collect({origin: origin, country: country, n: n, rounds: rounds, companies: companies,
    disputed: disputed, possible: possible,
    urls: reduce(found = counts, one IN lists | found + one)}) AS parts
UNWIND parts AS part
WITH company_country, of_companies, counted, stated, held, cut, year, total, unknown, part
WHERE part.rounds + part.possible > 0
UNWIND part.urls + [null] AS url
WITH company_country, of_companies, counted, stated, held, cut, year, total, unknown,
  part.origin AS origin, part.country AS country, part.n AS n, part.rounds AS rounds,
  part.companies AS companies, part.disputed AS disputed, part.possible AS possible, url
ORDER BY url
WITH company_country, of_companies, counted, stated, held, cut, year, total, unknown, origin,
  country, n, rounds, companies, disputed, possible, collect(DISTINCT url) AS reports
RETURN company_country, year, origin, country, n AS participations, total AS of_participations,
  CASE WHEN total > 0 AND origin <> 'not named' THEN round(1000.0 * n / total) / 10 END AS share,
  CASE WHEN total = 0 OR origin = 'not named' THEN null
    WHEN country IS NULL THEN round(1000.0 * n / total) / 10
    ELSE round(1000.0 * (n + unknown) / total) / 10 END AS share_max,
  rounds, companies, counted, of_companies, stated AS rounds_stated, held AS rounds_held, cut,
  disputed, possible, reports
ORDER BY company_country, year, participations DESC, origin, country
