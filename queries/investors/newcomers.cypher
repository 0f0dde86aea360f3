// title = "Newcomers, and those not named again, by year"
// question = "Which groups of investors came new in each year, and which are not named after it, in our data, at least?"
// tags = ["investors", "groups", "years"]
// related = ["investors/follow-on", "investors/leads", "capital/domestic-foreign"]
// examples = ["whofunds query investors/newcomers", "whofunds query investors/newcomers cohort=llm-2023"]
// params.cohort = {type = "cohort", default = "", help = "rounds of companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "rounds certainly closed by this day"}
// columns.year = {meaning = "year"}
// columns.rounds = {meaning = "closed rounds with money to the company, certainly announced in that year", unit = "rounds"}
// columns.groups = {meaning = "groups named in these rounds: who controlled an investor at the top at the round's date, or itself where nobody is known to", unit = "groups"}
// columns.newcomers = {meaning = "groups that were certainly there by the end of the year and not by the end of the year before, in our data: they may have come before to rounds that we don't hold", unit = "groups"}
// columns.newcomer_names = {meaning = "their names", table = "never"}
// columns.unsure_newcomers = {meaning = "of these, groups with a round that may have been in an earlier year", unit = "groups", table = "filled"}
// columns.cut = {meaning = "companies whose first private round that we hold is of that year, by its last possible day, and after Series A, by name: who came to them before is missing, so that its investors may be no newcomers", table = "filled"}
// columns.not_again = {meaning = "groups whose last certain round was no earlier than that year, and which are in none that is certainly later; they need not have left; empty where we hold no later round", unit = "groups"}
// columns.not_again_names = {meaning = "their names", table = "never"}
// columns.unsure_not_again = {meaning = "of these, groups with a round that may have been in a later year", unit = "groups", table = "filled"}
// columns.later_rounds = {meaning = "closed rounds with money to the company that are certainly of later years: few mean that little can be said of who is not named again", unit = "rounds"}
// columns.later_listed = {meaning = "of these, rounds for which a report lists investors", unit = "rounds"}
// columns.unnamed = {meaning = "of the year's rounds, those for which no report names an investor", unit = "rounds", table = "filled"}
// columns.undated = {meaning = "rounds that belong to no year for certain, of all years", unit = "rounds", table = "filled"}
// columns.counted = {meaning = "coverage: companies whose private rounds a report counts by as_of", unit = "companies"}
// columns.of_companies = {meaning = "companies with a closed round with money to them that we hold", unit = "companies"}
// columns.rounds_stated = {meaning = "coverage: the most that any report counts, summed over the companies counted, of all years", unit = "rounds"}
// columns.rounds_held = {meaning = "coverage: of the spans of these counts, the private rounds that we hold", unit = "rounds"}
// columns.disputed = {meaning = "of the groups named in the year's rounds, those named on a disputed account only", unit = "groups", table = "filled"}
// columns.possible = {meaning = "rounds left out, of all years: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the taking part in the year's rounds, and of the counts of rounds"}
MATCH (c:Startup)
WHERE $cohort = '' OR c.cohort = $cohort
OPTIONAL MATCH (c)<-[:FUNDS]-(q:FundingRound)
WHERE q.status = 'closed' AND q.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(q.announced_first, '') <= $as_of
WITH c, q, coalesce(q.announced_last, '9999-12-31') <= $as_of AS known,
  CASE WHEN substring(q.announced_first, 0, 4) = substring(q.announced_last, 0, 4)
    THEN substring(q.announced_first, 0, 4) END AS year,
  COUNT { (:Report)-[a:STATES]->(q) WHERE size(a.members) > 0 } AS lists,
  COUNT { (:Investor)-[:INVESTED_IN]->(q) } AS named
ORDER BY coalesce(q.announced_last, '9999-12-31'), coalesce(q.announced_first, '9999-12-31'), q.id
WITH c, count(CASE WHEN q IS NOT NULL AND NOT known THEN 1 END) AS possible,
  collect(CASE WHEN q IS NOT NULL AND known THEN {first: coalesce(q.announced_first, ''),
    last: coalesce(q.announced_last, '9999-12-31'), year: coalesce(year, ''), listing: q.listing, stage: coalesce(q.stage, ''),
    listed: lists > 0, named: named > 0} END) AS rounds
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH c, possible, rounds, p.url AS count_url, t.rounds AS stated,
  size([x IN rounds WHERE x.listing = 'private' AND x.first <= coalesce(t.until_last, '9999-12-31')
    AND x.last >= coalesce(t.since_first, '')]) AS held
ORDER BY stated DESC, held, count_url
WITH c, possible, rounds, collect({stated: stated, held: held, url: count_url})[0] AS count_,
  [x IN rounds WHERE x.listing = 'private'][0] AS start
ORDER BY c.name, c.id
WITH sum(possible) AS possible, collect(rounds) AS lists,
  count(CASE WHEN size(rounds) > 0 THEN 1 END) AS of_companies,
  count(CASE WHEN size(rounds) > 0 THEN count_.stated END) AS counted,
  sum(CASE WHEN size(rounds) > 0 THEN count_.stated END) AS stated,
  sum(CASE WHEN size(rounds) > 0 AND count_.stated IS NOT NULL THEN count_.held END) AS held,
  collect(CASE WHEN size(rounds) > 0 THEN count_.url END) AS urls,
  collect(CASE WHEN start.stage =~ '(?i)(series )?((pre-)?[b-k]([0-9+-].*)?|pre-ipo|ipo.*)'
    THEN {year: substring(start.last, 0, 4), name: c.name} END) AS cuts
WITH {possible: possible, of_companies: of_companies, counted: counted, stated: stated, held: held,
  urls: urls, cuts: cuts} AS cover, reduce(found = [], one IN lists | found + one) AS rounds
WITH cover, rounds,
  reduce(low = null, x IN rounds | CASE WHEN x.first = '' OR substring(x.first, 0, 4) > low
    THEN low ELSE substring(x.first, 0, 4) END) AS low,
  reduce(high = null, x IN rounds | CASE WHEN x.last > '9999' OR substring(x.last, 0, 4) < high
    THEN high ELSE substring(x.last, 0, 4) END) AS high
UNWIND rounds AS x
WITH cover, coalesce(toInteger(low), 1) AS low, coalesce(toInteger(high), 0) AS high,
  x.year AS in_, substring(x.first, 0, 4) AS from_, x.listed AS listed, x.named AS named
UNWIND range(low, high) AS number
WITH cover, toString(number) AS year, in_, from_, listed, named
WITH cover, year,
  count(CASE WHEN in_ = year THEN 1 END) AS rounds,
  count(CASE WHEN from_ > year THEN 1 END) AS later_rounds,
  count(CASE WHEN from_ > year AND listed THEN 1 END) AS later_listed,
  count(CASE WHEN in_ = year AND NOT named THEN 1 END) AS unnamed,
  count(CASE WHEN in_ = '' THEN 1 END) AS undated
WITH cover, collect({year: year, rounds: rounds, later_rounds: later_rounds,
  later_listed: later_listed, unnamed: unnamed, undated: undated}) AS years
MATCH (c:Startup)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND r.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(r.announced_last, '9999-12-31') <= $as_of AND ($cohort = '' OR c.cohort = $cohort)
OPTIONAL MATCH (r)<-[v:INVESTED_IN]-(i:Investor)
OPTIONAL MATCH up = (i)-[:PART_OF*1..8]->(g:Investor)
WHERE all(x IN relationships(up) WHERE
    coalesce(x.since, '') <= coalesce(r.announced_last, '9999-12-31')
    AND coalesce(x.until, '9999-12-31') >= coalesce(r.announced_first, ''))
  AND COUNT { (g)-[x:PART_OF]->(:Investor)
    WHERE coalesce(x.since, '') <= coalesce(r.announced_last, '9999-12-31')
      AND coalesce(x.until, '9999-12-31') >= coalesce(r.announced_first, '') } = 0
WITH DISTINCT cover, years, r.id AS round, v.disputed AS doubt, v.reports AS urls,
  coalesce(g.id, i.id) AS group_, coalesce(g.name, i.name) AS name,
  substring(r.announced_first, 0, 4) AS first, substring(r.announced_last, 0, 4) AS last
ORDER BY group_, round, urls
WITH cover, years, group_, name, min(last) AS came, max(first) AS stayed,
  min(coalesce(first, '')) AS earliest, max(coalesce(last, '9999')) AS latest,
  collect({what: 'here', year: CASE WHEN first = last THEN first END,
    doubt: coalesce(doubt, false), urls: coalesce(urls, [])}) AS parts
UNWIND parts + [{what: 'came', year: came, doubt: earliest < came, urls: []},
  {what: 'stayed', year: stayed, doubt: latest > stayed, urls: []}] AS part
WITH cover, years, group_, name, part.year AS year, part.what AS what, part.doubt AS doubt,
  part.urls AS urls
WITH cover, years, group_, name, year,
  count(CASE WHEN what = 'here' AND group_ IS NOT NULL THEN 1 END) AS here,
  count(CASE WHEN what = 'here' AND NOT doubt THEN 1 END) AS sure,
  count(CASE WHEN what = 'came' AND group_ IS NOT NULL THEN 1 END) AS new,
  count(CASE WHEN what = 'came' AND group_ IS NOT NULL AND doubt THEN 1 END) AS unsure_new,
  count(CASE WHEN what = 'stayed' AND group_ IS NOT NULL THEN 1 END) AS gone,
  count(CASE WHEN what = 'stayed' AND group_ IS NOT NULL AND doubt THEN 1 END) AS unsure_gone,
  collect(urls) AS lists
ORDER BY name, group_
WITH cover, years, year, count(CASE WHEN here > 0 THEN 1 END) AS groups,
  count(CASE WHEN here > 0 AND sure = 0 THEN 1 END) AS disputed,
  sum(new) AS newcomers, sum(unsure_new) AS unsure_newcomers,
  collect(CASE WHEN new > 0 THEN name END) AS newcomer_names,
  sum(gone) AS not_again, sum(unsure_gone) AS unsure_not_again,
  collect(CASE WHEN gone > 0 THEN name END) AS not_again_names,
  collect(reduce(found = [], one IN lists | found + one)) AS lists
WITH cover, [y IN years WHERE y.year = year][0] AS y, groups, disputed, newcomers,
  unsure_newcomers, newcomer_names, not_again, unsure_not_again, not_again_names,
  reduce(found = cover.urls, one IN lists | found + one) AS urls
WHERE y IS NOT NULL
UNWIND urls + [null] AS url
WITH cover, y, groups, disputed, newcomers, unsure_newcomers, newcomer_names, not_again,
  unsure_not_again, not_again_names, url
ORDER BY url
WITH cover, y, groups, disputed, newcomers, unsure_newcomers, newcomer_names, not_again,
  unsure_not_again, not_again_names, collect(DISTINCT url) AS reports
RETURN toInteger(y.year) AS year, y.rounds AS rounds, groups, newcomers, newcomer_names,
  unsure_newcomers, [x IN cover.cuts WHERE x.year = y.year | x.name] AS cut,
  CASE WHEN y.later_rounds > 0 THEN not_again END AS not_again,
  CASE WHEN y.later_rounds > 0 THEN not_again_names ELSE [] END AS not_again_names,
  CASE WHEN y.later_rounds > 0 THEN unsure_not_again END AS unsure_not_again, y.later_rounds AS later_rounds,
  y.later_listed AS later_listed, y.unnamed AS unnamed, y.undated AS undated,
  cover.counted AS counted, cover.of_companies AS of_companies, cover.stated AS rounds_stated,
  cover.held AS rounds_held, disputed, cover.possible AS possible, reports
ORDER BY year, rounds
