// title = "Who controls an investor"
// question = "Of whom is an investor part, step by step up to the government or group at the top?"
// tags = ["investors", "groups", "government", "control"]
// related = ["investors/reach", "investors/portfolio", "paths/from-government"]
// examples = ["whofunds query investors/control investor=shanghai-guotou", "whofunds query investors/control investor=oriza"]
// params.investor = {type = "investor", help = "the investor, by id or any name"}
// params.as_of = {type = "date", default = "9999-12-31", help = "links that may hold on this day"}
// columns.chain = {meaning = "the chain in words, from the investor to the top; the investor alone where nobody is known to control it"}
// columns.steps = {meaning = "links on it", unit = "links"}
// columns.top = {meaning = "who stands at the top", table = "never"}
// columns.top_name = {meaning = "its name"}
// columns.kinds = {meaning = "the top's kinds of capital on that day"}
// columns.state_controlled = {meaning = "whether a state controls the investor, itself or through anybody on the chain: yes, no or unknown"}
// columns.level = {meaning = "that state's level, of the nearest on the chain that has one: central, provincial, municipal or district; empty where it isn't known", table = "filled"}
// columns.acts_for = {meaning = "cities for which anybody on the chain acts, by name", table = "filled"}
// columns.country = {meaning = "country from which the top is controlled"}
// columns.basis = {meaning = "what each link rests on, in order: sourced (a report states it), name-derived (only the name shows it), unsourced"}
// columns.share_min = {meaning = "the least of the stated shares along it, at least; a report of control often states none", unit = "percent", table = "filled"}
// columns.other_times = {meaning = "further links of the investor itself, which hold only before or after that day", unit = "links", table = "filled"}
// columns.ids = {meaning = "ids along it", table = "never"}
// columns.path = {meaning = "the chain as a path", table = "never"}
// columns.reports = {meaning = "addresses of the reports on its links"}
// # No rows where what it is part of only goes round in a ring. Limited partners are no links.
MATCH (o:Investor {id: $investor})
MATCH path = (o)-[:PART_OF*0..8]->(g:Investor)
WHERE all(x IN relationships(path) WHERE
    coalesce(x.since, '') <= $as_of AND coalesce(x.until, '9999-12-31') >= $as_of)
  AND COUNT { (g)-[x:PART_OF]->(:Investor)
    WHERE coalesce(x.since, '') <= $as_of AND coalesce(x.until, '9999-12-31') >= $as_of } = 0
WITH o, g, path, [n IN nodes(path) | n.id] AS ids, [n IN nodes(path) | n.name] AS names,
  [n IN nodes(path) | n.state_controlled] AS states,
  [n IN nodes(path) WHERE n.state_controlled = 'yes' AND coalesce(n.level, '') <> '' | n.level] AS levels,
  [x IN relationships(path) | coalesce(x.basis, 'unsourced')] AS basis,
  [x IN relationships(path) WHERE x.share_min IS NOT NULL | x.share_min] AS shares,
  [x IN relationships(path) WHERE coalesce(x.report, '') <> '' | x.report] AS urls,
  [x IN relationships(path) | coalesce(x.since, '') + ' ' + coalesce(x.until, '') + ' ' + coalesce(x.report, '')] AS marks
ORDER BY marks
WITH o, g, ids, names, states, levels, collect(path) AS paths, collect(basis) AS bases, collect(shares) AS amounts,
  collect(urls) AS lists
UNWIND reduce(found = [], one IN lists | found + one) + [null] AS url
WITH o, g, ids, names, states, levels, paths[0] AS path, bases[0] AS basis, amounts[0] AS shares, url
ORDER BY url
WITH o, g, ids, names, states, levels, path, basis, shares, collect(DISTINCT url) AS reports
OPTIONAL MATCH (g)-[k:IS_A]->(s:CapitalSource)
WHERE coalesce(k.since, '') <= $as_of AND coalesce(k.until, '9999-12-31') >= $as_of
WITH o, g, ids, names, states, levels, path, basis, shares, reports, coalesce(s.id, 'unknown') AS kind
ORDER BY kind
WITH o, g, ids, names, states, levels, path, basis, shares, reports, collect(DISTINCT kind) AS kinds
UNWIND ids AS one
MATCH (n:Investor {id: one})
OPTIONAL MATCH (n)-[a:ACTS_FOR]->(t:City)
WHERE coalesce(a.since, '') <= $as_of AND coalesce(a.until, '9999-12-31') >= $as_of
WITH o, g, ids, names, states, levels, path, basis, shares, reports, kinds, t.name AS city
ORDER BY city
WITH o, g, ids, names, states, levels, path, basis, shares, reports, kinds, collect(DISTINCT city) AS acts_for
RETURN reduce(text = names[0], n IN names[1..] | text + ' > ' + n) AS chain, length(path) AS steps,
  g.id AS top, g.name AS top_name, kinds,
  CASE WHEN 'yes' IN states THEN 'yes' WHEN 'no' IN states THEN 'no' ELSE 'unknown' END AS state_controlled,
  levels[0] AS level,
  acts_for, g.country AS country, basis,
  CASE WHEN size(shares) > 0 THEN reduce(least = shares[0], x IN shares | CASE WHEN x < least THEN x ELSE least END) END AS share_min,
  COUNT { (o)-[x:PART_OF]->(:Investor)
    WHERE coalesce(x.since, '') > $as_of OR coalesce(x.until, '9999-12-31') < $as_of } AS other_times,
  ids, path, reports
ORDER BY steps, ids
