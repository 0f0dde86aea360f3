// title = "State money to a company, by all shortest chains"
// question = "Which governments and state-controlled owners stand at the top of a company's investors, and by which shortest chains does each one's money reach it?"
// tags = ["paths", "government", "groups", "companies"]
// related = ["paths/from-government", "capital/state-exposure", "capital/behind-company"]
// examples = ["whofunds query paths/state-money company=moonshot-ai", "whofunds query paths/state-money company=智谱 as_of=2025-03"]
// params.company = {type = "startup", help = "the company, by id or any name"}
// params.as_of = {type = "date", default = "9999-12-31", help = "rounds certainly closed by this day"}
// columns.chain = {meaning = "the chain in words, from the top to the company"}
// columns.owner = {meaning = "the top: part of nothing, unless of what no state controls; it, or a link below it on the chain, is known to be state-controlled", table = "never"}
// columns.owner_name = {meaning = "its name", table = "never"}
// columns.state_controlled = {meaning = "whether the top itself is known to be: yes or unknown", table = "never"}
// columns.level = {meaning = "central, provincial, municipal or district; empty: not known"}
// columns.country = {meaning = "country from which it is controlled"}
// columns.steps = {meaning = "how many relationships the chain has; no other chain from this top has fewer", unit = "relationships"}
// columns.investor = {meaning = "who took part in the rounds", table = "never"}
// columns.investor_name = {meaning = "its name"}
// columns.rounds = {meaning = "closed rounds with money to the company (equity, debt, mixed, grants) that the chain holds for", unit = "rounds"}
// columns.announced = {meaning = "when these were announced, as far as that is known"}
// columns.lead = {meaning = "of the rounds, those that the investor led", unit = "rounds", table = "filled"}
// columns.disputed = {meaning = "of the rounds, those where its part is disputed", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "rounds of the company left out: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.named = {meaning = "coverage: investors named in the company's closed rounds with money", unit = "investors", table = "never"}
// columns.unknown = {meaning = "coverage: of these, investors of which, with all that they are part of, it isn't known whether a state controls them; more state money may come through them", unit = "investors"}
// columns.ids = {meaning = "ids along the chain", table = "never"}
// columns.reports = {meaning = "addresses of the reports on the links and the taking part"}
// # Cities are no owners: whose funds act for a city is asked by paths/from-government. Chains that
// # run through the same entities in several rounds are one row; a chain that is longer than the
// # shortest from its top is left out.
MATCH (c:Startup {id: $company})
OPTIONAL MATCH (c)<-[:FUNDS]-(q:FundingRound)<-[:INVESTED_IN]-(j:Investor)
WHERE q.status = 'closed' AND q.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(q.announced_first, '') <= $as_of
WITH c, j, q, coalesce(q.announced_last, '9999-12-31') <= $as_of AS sure,
  COUNT { (j)-[:PART_OF*0..8]->(g:Investor) WHERE g.state_controlled IN ['yes', 'no'] } AS told
WITH c, count(DISTINCT CASE WHEN sure THEN j.id END) AS named,
  count(DISTINCT CASE WHEN sure AND told = 0 THEN j.id END) AS unknown,
  count(DISTINCT CASE WHEN NOT sure THEN q.id END) AS possible
MATCH (c)<-[:FUNDS]-(r:FundingRound)<-[v:INVESTED_IN]-(i:Investor)
WHERE r.status = 'closed' AND r.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(r.announced_last, '9999-12-31') <= $as_of
WITH c, named, unknown, possible, r, v, i,
  coalesce(r.announced_first, '') AS first, coalesce(r.announced_last, '9999-12-31') AS last
MATCH path = (i)-[:PART_OF*0..8]->(o:Investor)
WHERE coalesce(o.state_controlled, 'unknown') <> 'no' AND any(n IN nodes(path) WHERE n.state_controlled = 'yes')
  AND all(x IN relationships(path) WHERE coalesce(x.since, '') <= last AND coalesce(x.until, '9999-12-31') >= first)
  AND COUNT { (o)-[x:PART_OF]->(g:Investor)
    WHERE coalesce(g.state_controlled, 'unknown') <> 'no' AND coalesce(x.since, '') <= last AND coalesce(x.until, '9999-12-31') >= first } = 0
WITH c, named, unknown, possible, r, v, i, o, first, last, length(path) AS links,
  [n IN nodes(path) | n.id] AS ids, [n IN nodes(path) | n.name] AS names,
  [x IN relationships(path) WHERE coalesce(x.report, '') <> '' | x.report] + coalesce(v.reports, []) AS urls
UNWIND CASE WHEN size(urls) = 0 THEN [null] ELSE urls END AS url
WITH c, named, unknown, possible, r, v, i, o, first, last, links, ids, names, url
ORDER BY url
WITH c, named, unknown, possible, i, o, links, ids, names,
  count(DISTINCT r.id) AS rounds,
  collect(DISTINCT first + ' ' + r.id + ' ' + coalesce(r.announced, 'undated')) AS dates,
  count(DISTINCT CASE WHEN v.lead THEN r.id END) AS lead,
  count(DISTINCT CASE WHEN v.disputed THEN r.id END) AS disputed,
  collect(DISTINCT url) AS reports
WITH o, min(links) AS fewest, collect({c: c, named: named, unknown: unknown, i: i, links: links, ids: ids,
  names: names, rounds: rounds, dates: dates, lead: lead, disputed: disputed, possible: possible, reports: reports}) AS chains
UNWIND [x IN chains WHERE x.links = fewest] AS x
UNWIND x.dates AS day
WITH o, x, day
ORDER BY day
WITH o, x, collect(split(day, ' ')[size(split(day, ' ')) - 1]) AS announced
WITH o, x, announced, x.c AS c, x.i AS i, reverse(x.ids) AS ids, reverse(x.names) AS names
RETURN reduce(text = names[0], n IN names[1..] | text + ' > ' + n) + ' > ' + c.name AS chain,
  o.id AS owner, o.name AS owner_name, o.state_controlled AS state_controlled, o.level AS level, o.country AS country, x.links + 2 AS steps,
  i.id AS investor, i.name AS investor_name, x.rounds AS rounds, announced, x.lead AS lead,
  x.disputed AS disputed, x.possible AS possible, x.named AS named, x.unknown AS unknown,
  ids + [c.id] AS ids, x.reports AS reports
ORDER BY steps, owner, ids
