// title = "Exposure to a state"
// question = "Which share of a company's participations is of investors that a state controls, by its level: confirmed, and confirmed and unknown together, in our data, at least?"
// tags = ["capital", "state", "companies"]
// related = ["paths/state-money", "investors/control", "capital/shares-by-company"]
// examples = ["whofunds query capital/state-exposure cohort=llm-2023", "whofunds query capital/state-exposure country=FR cohort=west"]
// params.country = {type = "country", default = "CN", help = "the state's country, such as CN; any state when empty"}
// params.cohort = {type = "cohort", default = "", help = "companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "count what had certainly happened by this day"}
// columns.company = {meaning = "company", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.cohort = {meaning = "its generation", table = "never"}
// columns.level = {meaning = "level of the state that controls the investor, itself or what it was part of at the round's date, the nearest that has one; 'any' for all"}
// columns.confirmed = {meaning = "participations in its closed rounds with money to it that are of such an investor, whatever its kind of capital", unit = "participations"}
// columns.confirmed_max = {meaning = "these and those of which it isn't known: no report says whether a state controls the investor, or of which level", unit = "participations"}
// columns.participations = {meaning = "participations of all investors", unit = "participations"}
// columns.share_min = {meaning = "confirmed, as a share of participations, in our data, at least; not of the money", unit = "percent"}
// columns.share_max = {meaning = "confirmed and unknown, as a share of participations", unit = "percent"}
// columns.rounds = {meaning = "closed rounds with money to the company that we hold", unit = "rounds"}
// columns.unnamed = {meaning = "of the rounds, those for which no report names an investor", unit = "rounds", table = "filled"}
// columns.rounds_stated = {meaning = "coverage: the most private rounds that any report counts by as_of; empty where none counts them", unit = "rounds", table = "filled"}
// columns.rounds_held = {meaning = "coverage: of the span of that count, the private rounds that we hold", unit = "rounds", table = "filled"}
// columns.cut = {meaning = "the first round that we hold, where it is after Series A: earlier ones are missing", table = "filled"}
// columns.disputed = {meaning = "of the confirmed participations, those that are disputed", unit = "participations", table = "filled"}
// columns.possible = {meaning = "confirmed participations left out: their round may have closed only after as_of", unit = "participations", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the confirmed participations and on what their investors are part of, where none is confirmed on the unknown, where none is unknown on all; and of the count of rounds"}
// # What is known not to be a state's, itself or through what it is part of, or to be controlled from
// # another country, is neither confirmed nor unknown. Money of limited partners is no control.
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
WHERE all(x IN relationships(up) WHERE
  coalesce(x.since, '') <= last AND coalesce(x.until, '9999-12-31') >= first)
WITH c, start, count_, r, v, i, last, g, length(up) AS steps,
  [x IN relationships(up) WHERE coalesce(x.report, '') <> '' | x.report] AS links
ORDER BY steps, g.id
WITH c, start, count_, r, v, i, last <= $as_of AS counts, collect(links) AS links,
  collect({steps: steps, level: coalesce(g.level, ''), country: coalesce(g.country, ''),
    state: g.state_controlled, hit: g.state_controlled = 'yes' AND ($country = '' OR g.country = $country)}) AS chain
WITH c, start, count_, r, v, i, counts, links, chain,
  [x IN chain WHERE x.hit] AS hits,
  [x IN chain WHERE x.hit AND x.level <> ''] AS named
WITH c, start, count_, r, v, i, counts, size(hits) > 0 AS hit,
  [x IN named WHERE x.steps = named[0].steps | x.level] AS levels,
  i IS NOT NULL AND size(hits) = 0 AND size([x IN chain WHERE x.state = 'no']) = 0
    AND ($country = '' OR size([x IN chain WHERE x.country = $country]) > 0
      OR size([x IN chain WHERE x.country <> '']) = 0) AS unknown,
  reduce(found = coalesce(v.reports, []), one IN links | found + one) AS urls
ORDER BY c.id, r.id, i.id
WITH c, start, count_,
  count(DISTINCT CASE WHEN counts THEN r.id END) AS rounds,
  count(DISTINCT CASE WHEN counts AND i IS NULL THEN r.id END) AS unnamed,
  count(CASE WHEN counts THEN i.id END) AS participations,
  collect(CASE WHEN i IS NOT NULL THEN {counts: counts, hit: hit, unknown: unknown, levels: levels,
    disputed: coalesce(v.disputed, false), urls: urls} END) AS parts
WITH c, start, count_, rounds, unnamed, participations, parts AS named,
  [x IN parts WHERE x.hit OR x.unknown] AS parts
UNWIND ['any', 'central', 'provincial', 'municipal', 'district'] AS level
WITH c, start, count_, rounds, unnamed, participations, named, level,
  [x IN parts WHERE x.hit AND (level = 'any' OR level IN x.levels)] AS sure,
  [x IN parts WHERE x.counts
    AND (level = 'any' OR size(x.levels) = 0 OR level IN x.levels)] AS most
WITH c, start, count_, rounds, unnamed, participations, level, size(most) AS confirmed_max,
  size([x IN sure WHERE x.counts]) AS confirmed,
  size([x IN sure WHERE x.counts AND x.disputed]) AS disputed,
  size([x IN sure WHERE NOT x.counts]) AS possible,
  reduce(found = [count_.url], x IN CASE WHEN size([y IN sure WHERE y.counts]) > 0 THEN [y IN sure WHERE y.counts]
    WHEN size(most) > 0 THEN most ELSE [y IN named WHERE y.counts] END | found + x.urls) AS urls
UNWIND urls AS url
WITH c, start, count_, level, rounds, unnamed, participations, confirmed, confirmed_max, disputed,
  possible, url
ORDER BY url
WITH c, start, count_, level, rounds, unnamed, participations, confirmed, confirmed_max, disputed,
  possible, collect(DISTINCT url) AS reports
RETURN c.id AS company, c.name AS company_name, c.cohort AS cohort, level, confirmed, confirmed_max,
  participations,
  CASE WHEN participations > 0 THEN round(1000.0 * confirmed / participations) / 10 END AS share_min,
  CASE WHEN participations > 0 THEN round(1000.0 * confirmed_max / participations) / 10 END AS share_max,
  rounds, unnamed, count_.stated AS rounds_stated,
  CASE WHEN count_.stated IS NOT NULL THEN count_.held END AS rounds_held,
  CASE WHEN start =~ '(?i)(series )?((pre-)?[b-k]([0-9+-].*)?|pre-ipo|ipo.*)'
    THEN 'first round held: ' + start ELSE '' END AS cut,
  disputed, possible, reports
ORDER BY company, CASE level WHEN 'any' THEN 0 WHEN 'central' THEN 1 WHEN 'provincial' THEN 2
  WHEN 'municipal' THEN 3 ELSE 4 END, level
