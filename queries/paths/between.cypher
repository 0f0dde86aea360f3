// title = "The shortest chains between two entities"
// question = "How are two companies, investors or cities connected: through which rounds, groups and cities?"
// tags = ["paths", "network"]
// related = ["paths/common-controllers", "paths/from-government", "capital/behind-company"]
// examples = ["whofunds query paths/between from=temasek to=zhipu-ai"]
// params.from = {type = "entity", help = "a company, investor or city, by id or any name"}
// params.to = {type = "entity", help = "another one"}
// params.as_of = {type = "date", default = "9999-12-31", help = "chains whose rounds may have been announced, and whose links may have held, by this day"}
// columns.chain = {meaning = "the chain in words"}
// columns.steps = {meaning = "how many relationships it has"}
// columns.certain = {meaning = "whether every round on it was closed, and certainly by as_of, and every link held at the date of one of them; talks and plans are not money"}
// columns.statuses = {meaning = "statuses of its rounds, in order"}
// columns.ids = {meaning = "ids along it", table = "never"}
// columns.possible = {meaning = "rounds on it that may have been announced only after as_of", unit = "rounds", table = "filled"}
// columns.path = {meaning = "the chain as a path", table = "never"}
// columns.reports = {meaning = "addresses of the reports on its rounds and links"}
// # A city connects only those that act for it: a shared seat is no tie. A chain that is longer than
// # the shortest of all days is not looked for, so where all of these go through talks, or came
// # after as_of, there is no certain one, or none.
MATCH (a:Startup|Investor|City {id: $from})
MATCH (b:Startup|Investor|City {id: $to})
WITH a, b
WHERE a <> b
MATCH path = allShortestPaths((a)-[:INVESTED_IN|FUNDS|PART_OF|ACTS_FOR*..12]-(b))
WITH path, [n IN nodes(path) WHERE n.status IS NOT NULL] AS rounds,
  [n IN nodes(path) | n.id] AS ids, [n IN nodes(path) | n.name] AS names,
  [x IN relationships(path) WHERE coalesce(x.report, '') <> '' | x.report] AS links,
  [x IN relationships(path) | coalesce(x.reports, [])] AS lists,
  [x IN relationships(path) | coalesce(x.since, '') + ' ' + coalesce(x.until, '') + ' ' + coalesce(x.report, '')] AS marks
WHERE all(r IN rounds WHERE coalesce(r.announced_first, '') <= $as_of)
  AND all(x IN relationships(path) WHERE coalesce(x.since, '') <= $as_of)
WITH path, ids, names, [r IN rounds | r.status] AS statuses, marks,
  all(x IN relationships(path) WHERE size(rounds) = 0 OR size([r IN rounds
    WHERE coalesce(x.since, '') <= coalesce(r.announced_last, '9999-12-31')
      AND coalesce(x.until, '9999-12-31') >= coalesce(r.announced_first, '')]) > 0) AS held,
  reduce(found = links, one IN lists | found + one) AS urls,
  size([r IN rounds WHERE coalesce(r.announced_last, '9999-12-31') > $as_of]) AS possible
ORDER BY held DESC, marks
WITH ids, names, statuses, possible, collect(held)[0] AS held, collect(path) AS paths, collect(urls) AS lists
WITH ids, names, statuses, possible, held, paths[0] AS path,
  reduce(found = [], one IN lists | found + one) AS urls
UNWIND CASE WHEN size(urls) = 0 THEN [null] ELSE urls END AS url
WITH path, ids, names, statuses, possible, held, url
ORDER BY url
WITH path, ids, names, statuses, possible, held, collect(DISTINCT url) AS reports
RETURN reduce(text = names[0], n IN names[1..] | text + ' - ' + n) AS chain,
  length(path) AS steps,
  held AND possible = 0 AND all(s IN statuses WHERE s = 'closed') AS certain,
  statuses, ids, possible, path, reports
ORDER BY certain DESC, ids
