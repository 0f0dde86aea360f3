// title = "Companies that share investors with a company"
// question = "Which other companies have investors in common with a company, which ones, and, in our data, how many at least?"
// tags = ["companies", "investors", "peers", "together"]
// related = ["investors/co-investors", "paths/common-controllers", "capital/behind-company"]
// examples = ["whofunds query companies/peers company=月之暗面"]
// params.company = {type = "startup", help = "the company, by id or any name"}
// params.as_of = {type = "date", default = "9999-12-31", help = "count what had certainly happened by this day"}
// columns.peer = {meaning = "the other company", table = "never"}
// columns.peer_name = {meaning = "its name"}
// columns.cohort = {meaning = "its generation"}
// columns.shared = {meaning = "investors named in closed rounds with money (equity, debt, mixed, grants) to both, in our data, at least; the same entity, not the same group", unit = "investors"}
// columns.investors = {meaning = "their names"}
// columns.led_both = {meaning = "of these, who led a round of both, by name", table = "filled"}
// columns.of = {meaning = "investors named for the company asked about", unit = "investors", table = "never"}
// columns.of_peer = {meaning = "investors named for the other company", unit = "investors"}
// columns.rounds = {meaning = "closed rounds with money to the other company that we hold", unit = "rounds"}
// columns.rounds_named = {meaning = "of these, rounds that name any investor", unit = "rounds"}
// columns.rounds_stated = {meaning = "coverage: the most private rounds that any report counts for it by as_of; empty where none counts them", unit = "rounds", table = "filled"}
// columns.rounds_held = {meaning = "coverage: of the span of that count, the private rounds that we hold", unit = "rounds", table = "filled"}
// columns.disputed = {meaning = "of the shared, those whose part in either is disputed", unit = "investors", table = "filled"}
// columns.possible = {meaning = "further shared investors, if rounds that may have closed only after as_of count", unit = "investors", table = "filled"}
// columns.reports = {meaning = "addresses of the reports that name them in either company's rounds, and of the count of rounds"}
MATCH (c:Startup {id: $company})<-[:FUNDS]-(r:FundingRound)<-[v:INVESTED_IN]-(i:Investor)
WHERE r.status = 'closed' AND r.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(r.announced_first, '') <= $as_of
WITH c, i,
  max(CASE WHEN coalesce(r.announced_last, '9999-12-31') <= $as_of THEN 1 ELSE 0 END) AS sure,
  max(CASE WHEN v.lead AND coalesce(r.announced_last, '9999-12-31') <= $as_of THEN 1 ELSE 0 END) AS led,
  min(CASE WHEN v.disputed OR coalesce(r.announced_last, '9999-12-31') > $as_of THEN 1 ELSE 0 END) AS doubt,
  collect(CASE WHEN coalesce(r.announced_last, '9999-12-31') <= $as_of THEN coalesce(v.reports, []) ELSE [] END) AS lists
WITH c, collect({i: i, sure: sure, led: led, doubt: doubt, lists: lists}) AS ours, sum(sure) AS of
UNWIND ours AS x
WITH c, of, x, x.i AS i
MATCH (i)-[v:INVESTED_IN]->(r:FundingRound)-[:FUNDS]->(o:Startup)
WHERE o.id <> c.id AND r.status = 'closed' AND r.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(r.announced_first, '') <= $as_of
WITH of, x, i, o,
  max(CASE WHEN coalesce(r.announced_last, '9999-12-31') <= $as_of THEN x.sure ELSE 0 END) AS sure,
  max(CASE WHEN v.lead AND coalesce(r.announced_last, '9999-12-31') <= $as_of THEN x.led ELSE 0 END) AS led,
  min(CASE WHEN v.disputed OR coalesce(r.announced_last, '9999-12-31') > $as_of THEN 1 ELSE x.doubt END) AS doubt,
  collect(CASE WHEN coalesce(r.announced_last, '9999-12-31') <= $as_of THEN coalesce(v.reports, []) ELSE [] END) AS lists
ORDER BY i.name, i.id
WITH of, o,
  sum(sure) AS shared,
  collect(CASE WHEN sure = 1 THEN i.name END) AS investors,
  collect(CASE WHEN led = 1 THEN i.name END) AS led_both,
  sum(sure * doubt) AS disputed,
  count(CASE WHEN sure = 0 THEN 1 END) AS possible,
  collect(CASE WHEN sure = 1 THEN lists + x.lists ELSE [] END) AS nested
WITH of, o, shared, investors, led_both, disputed, possible,
  reduce(found = [], one IN reduce(all_ = [], some IN nested | all_ + some) | found + one) AS urls
OPTIONAL MATCH (o)<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND r.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(r.announced_last, '9999-12-31') <= $as_of
OPTIONAL MATCH (r)<-[:INVESTED_IN]-(j:Investor)
WITH of, o, shared, investors, led_both, disputed, possible, urls,
  count(DISTINCT j.id) AS of_peer, count(DISTINCT r.id) AS rounds,
  count(DISTINCT CASE WHEN j IS NOT NULL THEN r.id END) AS rounds_named,
  collect(DISTINCT CASE WHEN r.listing = 'private' THEN r END) AS own
OPTIONAL MATCH (o)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH of, o, shared, investors, led_both, disputed, possible, urls, of_peer, rounds, rounds_named,
  p.url AS count_url, t.rounds AS stated,
  size([r IN own WHERE coalesce(r.announced_first, '') <= coalesce(t.until_last, '9999-12-31')
    AND coalesce(r.announced_last, '9999-12-31') >= coalesce(t.since_first, '')]) AS held
ORDER BY stated DESC, held, count_url
WITH of, o, shared, investors, led_both, disputed, possible, urls, of_peer, rounds, rounds_named,
  collect({stated: stated, held: held, url: count_url})[0] AS count_
UNWIND urls + [count_.url] AS url
WITH of, o, shared, investors, led_both, disputed, possible, of_peer, rounds, rounds_named, count_, url
ORDER BY url
WITH of, o, shared, investors, led_both, disputed, possible, of_peer, rounds, rounds_named, count_,
  collect(DISTINCT url) AS reports
RETURN o.id AS peer, o.name AS peer_name, o.cohort AS cohort, shared, investors, led_both,
  of, of_peer, rounds, rounds_named, count_.stated AS rounds_stated,
  CASE WHEN count_.stated IS NOT NULL THEN count_.held END AS rounds_held,
  disputed, possible, reports
ORDER BY shared DESC, peer
