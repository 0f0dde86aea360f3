// title = "Common controllers of two companies"
// question = "Which investors, groups and governments stand behind both of two companies, and through whom?"
// tags = ["paths", "groups", "companies", "together"]
// related = ["companies/peers", "paths/state-money", "paths/between"]
// examples = ["whofunds query paths/common-controllers company=zhipu-ai other=moonshot-ai"]
// params.company = {type = "startup", help = "a company, by id or any name"}
// params.other = {type = "startup", help = "another one"}
// params.as_of = {type = "date", default = "9999-12-31", help = "rounds certainly closed by this day"}
// columns.controller = {meaning = "who is an investor in both, or what such investors are part of; a government controls, it need not know", table = "never"}
// columns.controller_name = {meaning = "its name"}
// columns.state_controlled = {meaning = "yes, no or unknown"}
// columns.steps = {meaning = "links up to it from the nearest investor of each company, added; 0: the same investor is in both", unit = "links"}
// columns.through = {meaning = "the company's investors that are it, or part of it, by name"}
// columns.through_other = {meaning = "the other company's, by name"}
// columns.rounds = {meaning = "the company's closed rounds with money (equity, debt, mixed, grants) that these took part in", unit = "rounds"}
// columns.rounds_other = {meaning = "the other company's", unit = "rounds"}
// columns.named = {meaning = "coverage: of the company's such rounds, those that name any investor, and all", table = "never"}
// columns.named_other = {meaning = "coverage: of the other company's", table = "never"}
// columns.disputed = {meaning = "of all these rounds, those where the part is disputed", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "rounds of either left out: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the links and the taking part"}
MATCH (a:Startup {id: $company})
MATCH (b:Startup {id: $other})
WITH a, b
WHERE a <> b
UNWIND [a, b] AS c
MATCH (c)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND r.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(r.announced_first, '') <= $as_of
WITH a, b, c, r, coalesce(r.announced_first, '') AS first, coalesce(r.announced_last, '9999-12-31') AS last,
  COUNT { (r)<-[:INVESTED_IN]-(:Investor) } AS members
WITH a, b, c, collect({r: r, first: first, last: last}) AS rounds,
  toString(count(CASE WHEN last <= $as_of AND members > 0 THEN 1 END)) + ' of '
    + toString(count(CASE WHEN last <= $as_of THEN 1 END)) AS named,
  count(CASE WHEN last > $as_of THEN 1 END) AS possible
UNWIND [x IN rounds WHERE x.last <= $as_of] AS y
WITH a, b, c, named, possible, y.r AS r, y.first AS first, y.last AS last
MATCH path = (r)<-[:INVESTED_IN]-(:Investor)-[:PART_OF*0..8]->(o:Investor)
WITH a, b, c, named, possible, r, first, last, o, path, nodes(path)[1] AS i, relationships(path)[0] AS v,
  relationships(path)[1..] AS links
WHERE all(x IN links WHERE coalesce(x.since, '') <= last AND coalesce(x.until, '9999-12-31') >= first)
WITH a, b, c, named, possible, r, o, i, v, size(links) AS steps,
  [x IN links WHERE coalesce(x.report, '') <> '' | x.report] + coalesce(v.reports, []) AS urls
ORDER BY i.name, i.id
WITH o, c.id = a.id AS ours, named, possible, min(steps) AS steps,
  collect(DISTINCT i.name) AS through, count(DISTINCT r.id) AS rounds,
  count(DISTINCT CASE WHEN v.disputed THEN r.id END) AS disputed, collect(urls) AS lists
WITH o, collect({ours: ours, named: named, steps: steps, through: through, rounds: rounds,
  disputed: disputed, possible: possible, lists: lists}) AS sides
WITH o, [x IN sides WHERE x.ours][0] AS x, [x IN sides WHERE NOT x.ours][0] AS y
WHERE x IS NOT NULL AND y IS NOT NULL
WITH o, x, y, reduce(found = [], one IN x.lists + y.lists | found + one) AS urls
UNWIND CASE WHEN size(urls) = 0 THEN [null] ELSE urls END AS url
WITH o, x, y, url
ORDER BY url
WITH o, x, y, collect(DISTINCT url) AS reports
RETURN o.id AS controller, o.name AS controller_name, o.state_controlled AS state_controlled,
  x.steps + y.steps AS steps, x.through AS through, y.through AS through_other,
  x.rounds AS rounds, y.rounds AS rounds_other, x.named AS named, y.named AS named_other,
  x.disputed + y.disputed AS disputed, x.possible + y.possible AS possible, reports
ORDER BY steps, controller
