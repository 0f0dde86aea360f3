// title = "Newcomers, and those not named again, by year"
// question = "Which groups of investors came new in each year, and which are not named after it, in our data, at least?"
// tags = ["investors", "groups", "years"]
// params.cohort = {type = "text", default = "", help = "rounds of companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "rounds certainly closed by this day"}
// columns.year = {meaning = "year"}
// columns.rounds = {meaning = "closed rounds with money to the company, certainly announced in that year", unit = "rounds"}
// columns.groups = {meaning = "groups named in these rounds: who controlled an investor at the top at the round's date, or itself where nobody is known to", unit = "groups"}
// columns.newcomers = {meaning = "groups that were certainly there by the end of the year and not by the end of the year before, in our data: they may have come before to rounds that we don't hold", unit = "groups"}
// columns.newcomer_names = {meaning = "their names", table = "never"}
// columns.unsure_newcomers = {meaning = "of these, groups with a round that may have been in an earlier year", unit = "groups", table = "filled"}
// columns.not_again = {meaning = "groups whose last certain round was no earlier than that year, and which are in none that is certainly later; they need not have left", unit = "groups"}
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
WITH c, count(CASE WHEN q IS NOT NULL AND NOT known THEN 1 END) AS possible,
  collect(CASE WHEN q IS NOT NULL AND known THEN {first: coalesce(q.announced_first, ''),
    last: coalesce(q.announced_last, '9999-12-31'), year: coalesce(year, ''), listing: q.listing,
    listed: lists > 0, named: named > 0} END) AS rounds
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH c, possible, rounds, p.url AS count_url, t.rounds AS stated,
  size([x IN rounds WHERE x.listing = 'private' AND x.first <= coalesce(t.until_last, '9999-12-31')
    AND x.last >= coalesce(t.since_first, '')]) AS held
ORDER BY stated DESC, held, count_url
WITH c, possible, rounds, collect({stated: stated, held: held, url: count_url})[0] AS count_
WITH sum(possible) AS possible, collect(rounds) AS lists,
  count(CASE WHEN size(rounds) > 0 THEN 1 END) AS of_companies,
  count(CASE WHEN size(rounds) > 0 THEN count_.stated END) AS counted,
  sum(CASE WHEN size(rounds) > 0 THEN count_.stated END) AS stated,
  sum(CASE WHEN size(rounds) > 0 AND count_.stated IS NOT NULL THEN count_.held END) AS held,
  collect(CASE WHEN size(rounds) > 0 THEN count_.url END) AS urls
WITH {possible: possible, of_companies: of_companies, counted: counted, stated: stated, held: held,
  urls: urls} AS cover, reduce(found = [], one IN lists | found + one) AS rounds
MATCH (c:Startup)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND r.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(r.announced_last, '9999-12-31') <= $as_of AND ($cohort = '' OR c.cohort = $cohort)
MATCH (r)<-[v:INVESTED_IN]-(i:Investor)
OPTIONAL MATCH up = (i)-[:PART_OF*1..8]->(g:Investor)
WHERE all(x IN relationships(up) WHERE
    coalesce(x.since, '') <= coalesce(r.announced_last, '9999-12-31')
    AND coalesce(x.until, '9999-12-31') >= coalesce(r.announced_first, ''))
  AND COUNT { (g)-[x:PART_OF]->(:Investor)
    WHERE coalesce(x.since, '') <= coalesce(r.announced_last, '9999-12-31')
      AND coalesce(x.until, '9999-12-31') >= coalesce(r.announced_first, '') } = 0
WITH DISTINCT cover, rounds, r, v, coalesce(g.id, i.id) AS group_, coalesce(g.name, i.name) AS name,
  coalesce(r.announced_first, '') AS first, coalesce(r.announced_last, '9999-12-31') AS last
ORDER BY group_, r.id
WITH cover, rounds, group_, name,
  min(CASE WHEN r.announced_last IS NOT NULL THEN substring(last, 0, 4) END) AS came,
  max(CASE WHEN r.announced_first IS NOT NULL THEN substring(first, 0, 4) END) AS stayed,
  min(substring(first, 0, 4)) AS earliest, max(substring(last, 0, 4)) AS latest,
  collect({year: CASE WHEN substring(first, 0, 4) = substring(last, 0, 4) THEN substring(first, 0, 4) ELSE '' END,
    disputed: coalesce(v.disputed, false), urls: coalesce(v.reports, [])}) AS parts
ORDER BY name, group_
WITH cover, rounds, collect({name: name, came: came, stayed: stayed, earliest: earliest,
  latest: latest, parts: parts, years: [x IN parts | x.year],
  sure: [x IN parts WHERE NOT x.disputed | x.year]}) AS groups
WITH cover, rounds, groups, [x IN rounds WHERE x.year <> '' | x.year]
  + reduce(found = [], g IN groups | found + [y IN [g.came, g.stayed] WHERE y IS NOT NULL | y]) AS years
WITH cover, rounds, groups,
  reduce(low = '9999', y IN years | CASE WHEN y < low THEN y ELSE low END) AS low,
  reduce(high = '0000', y IN years | CASE WHEN y > high THEN y ELSE high END) AS high
UNWIND range(toInteger(low), toInteger(high)) AS number
WITH cover, rounds, number, toString(number) AS year,
  [g IN groups WHERE g.came = toString(number)] AS new,
  [g IN groups WHERE g.stayed = toString(number)] AS gone,
  [g IN groups WHERE toString(number) IN g.years] AS here
WITH number AS year, cover.counted AS counted, cover.of_companies AS of_companies,
  cover.stated AS stated, cover.held AS held, cover.possible AS possible,
  size([x IN rounds WHERE x.year = year]) AS rounds, size(here) AS groups,
  size(new) AS newcomers, [g IN new | g.name] AS newcomer_names,
  size([g IN new WHERE g.earliest < year]) AS unsure_newcomers,
  size(gone) AS not_again, [g IN gone | g.name] AS not_again_names,
  size([g IN gone WHERE g.latest > year]) AS unsure_not_again,
  size([x IN rounds WHERE substring(x.first, 0, 4) > year]) AS later_rounds,
  size([x IN rounds WHERE substring(x.first, 0, 4) > year AND x.listed]) AS later_listed,
  size([x IN rounds WHERE x.year = year AND NOT x.named]) AS unnamed,
  size([x IN rounds WHERE x.year = '']) AS undated,
  size([g IN here WHERE NOT year IN g.sure]) AS disputed,
  reduce(found = cover.urls, g IN here | reduce(more = found, x IN g.parts |
    CASE WHEN x.year = year THEN more + x.urls ELSE more END)) AS urls
WHERE rounds + newcomers + not_again > 0
UNWIND urls + [null] AS url
WITH year, counted, of_companies, stated, held, possible, rounds, groups, newcomers,
  newcomer_names, unsure_newcomers, not_again, not_again_names, unsure_not_again, later_rounds,
  later_listed, unnamed, undated, disputed, url
ORDER BY url
WITH year, counted, of_companies, stated, held, possible, rounds, groups, newcomers,
  newcomer_names, unsure_newcomers, not_again, not_again_names, unsure_not_again, later_rounds,
  later_listed, unnamed, undated, disputed, collect(DISTINCT url) AS reports
RETURN year, rounds, groups, newcomers, newcomer_names, unsure_newcomers, not_again,
  not_again_names, unsure_not_again, later_rounds, later_listed, unnamed, undated, counted,
  of_companies, stated AS rounds_stated, held AS rounds_held, disputed, possible, reports
ORDER BY year, rounds
