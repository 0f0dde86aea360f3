// title = "Who followed on: group by company"
// question = "When did each group of a kind of capital first fund each company, when last, and did it follow on, in our data, at least?"
// tags = ["investors", "groups", "follow-on"]
// related = ["investors/early-and-after", "investors/newcomers", "capital/companies-of-kind"]
// examples = ["whofunds query investors/follow-on", "whofunds query investors/follow-on kind=city-fund as_of=2025"]
// params.kind = {type = "kind", default = "internet-giant", help = "kind of capital of the member that came first, at that round's date"}
// params.as_of = {type = "date", default = "9999-12-31", help = "rounds certainly closed by this day"}
// columns.group = {meaning = "who controlled the investor at the top when it first came; itself where nobody is known to; a row each where there are two", table = "never"}
// columns.group_name = {meaning = "its name"}
// columns.company = {meaning = "company", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.members = {meaning = "who of the group took part, by name"}
// columns.round = {meaning = "the first round that it was in, by its last possible day", table = "never"}
// columns.stage = {meaning = "its stage, as reports call it"}
// columns.announced = {meaning = "when it was announced, as far as that is known"}
// columns.first = {meaning = "first day on which it may have been announced", unit = "day", table = "never"}
// columns.last = {meaning = "last day on which it may have been announced", unit = "day", table = "never"}
// columns.rounds = {meaning = "closed rounds with money to the company in which a member is named, whatever its own kind, in our data, at least", unit = "rounds"}
// columns.last_round = {meaning = "when the last of them was announced, as far as that is known"}
// columns.later_rounds = {meaning = "closed rounds with money to the company, certainly 30 days or more after the first, and not inside the same stated total of a single round", unit = "rounds"}
// columns.later_listed = {meaning = "of these, rounds for which a report lists investors", unit = "rounds"}
// columns.later_in = {meaning = "of these, rounds in which a member is named", unit = "rounds"}
// columns.after = {meaning = "followed, at the listing only, on a disputed account only, no later round (for certain, where one may be later), or not named in N later rounds, which doesn't say that it refused"}
// columns.rounds_stated = {meaning = "coverage: the most private rounds that any report counts by as_of; empty where none counts them", unit = "rounds", table = "filled"}
// columns.rounds_held = {meaning = "coverage: of the span of that count, the private rounds that we hold", unit = "rounds", table = "filled"}
// columns.cut = {meaning = "the first round that we hold, where it is after Series A: it may have come before", table = "filled"}
// columns.part_disputed = {meaning = "whether reports differ on its taking part in the first round", table = "filled"}
// columns.possible = {meaning = "further rounds, perhaps but not certainly later or closed by as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on its taking part, and of the count of rounds"}
// # A group is all that is part of its top at a round's date: what it sold by then is no member.
MATCH (c:Startup)<-[:FUNDS]-(q:FundingRound)
WHERE q.status = 'closed' AND q.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(q.announced_last, '9999-12-31') <= $as_of
WITH c, q
ORDER BY coalesce(q.announced_last, '9999-12-31'), coalesce(q.announced_first, '9999-12-31'), q.id
WITH c, collect(CASE WHEN q.listing = 'private' THEN coalesce(q.stage, '') END)[0] AS start,
  collect(CASE WHEN q.listing = 'private' THEN {first: coalesce(q.announced_first, ''),
    last: coalesce(q.announced_last, '9999-12-31')} END) AS own
OPTIONAL MATCH (c)<-[t:STATES_TOTAL]-(p:Report)
WHERE t.rounds IS NOT NULL AND coalesce(t.until_last, '9999-12-31') <= $as_of
WITH c, start, p.url AS count_url, t.rounds AS stated,
  size([x IN own WHERE x.first <= coalesce(t.until_last, '9999-12-31')
    AND x.last >= coalesce(t.since_first, '')]) AS held
ORDER BY stated DESC, held, count_url
WITH c, start, collect({stated: stated, held: held, url: count_url})[0] AS count_
MATCH (c)<-[:FUNDS]-(e:FundingRound)
WHERE e.status = 'closed' AND coalesce(e.announced_last, '9999-12-31') <= $as_of
  AND e.instrument IN ['equity', 'debt', 'mixed', 'grant']
MATCH (e)<-[v:INVESTED_IN]-(i:Investor)
OPTIONAL MATCH (i)-[k:IS_A]->(s:CapitalSource)
WHERE coalesce(k.since, '') <= coalesce(e.announced_last, '9999-12-31')
  AND coalesce(k.until, '9999-12-31') >= coalesce(e.announced_first, '')
WITH DISTINCT c, start, count_, e, v, i, coalesce(s.id, 'unknown') AS kind
WHERE kind = $kind
OPTIONAL MATCH up = (i)-[:PART_OF*1..8]->(g:Investor)
WHERE all(x IN relationships(up) WHERE
    coalesce(x.since, '') <= coalesce(e.announced_last, '9999-12-31')
    AND coalesce(x.until, '9999-12-31') >= coalesce(e.announced_first, ''))
  AND COUNT { (g)-[x:PART_OF]->(:Investor)
    WHERE coalesce(x.since, '') <= coalesce(e.announced_last, '9999-12-31')
      AND coalesce(x.until, '9999-12-31') >= coalesce(e.announced_first, '') } = 0
WITH c, start, count_, e, v, coalesce(g.id, i.id) AS group_, coalesce(g.name, i.name) AS group_name
ORDER BY c.id, group_, coalesce(e.announced_last, '9999-12-31'), coalesce(e.announced_first, '9999-12-31'), e.id
WITH c, start, count_, group_, group_name, collect(e)[0] AS e,
  collect({round: e.id, disputed: coalesce(v.disputed, false)}) AS parts
WITH c, start, count_, group_, group_name, e, size([x IN parts WHERE x.round = e.id AND NOT x.disputed]) = 0 AS part_disputed
MATCH (c)<-[:FUNDS]-(l:FundingRound)
WHERE l.status = 'closed' AND l.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(l.announced_first, '') <= $as_of
WITH c, start, count_, group_, group_name, e, part_disputed, l,
  coalesce(l.announced_last, '9999-12-31') <= $as_of AS counts,
  l.id <> e.id
    AND date(coalesce(l.announced_last, '9999-12-31'))
      >= date(coalesce(e.announced_first, '1900-01-01')) + duration({days: 30})
    AND COUNT { (c)<-[t:STATES_TOTAL]-(:Report)
      WHERE t.rounds = 1
        AND t.since_first <= e.announced_first AND e.announced_last <= t.until_last
        AND t.since_first <= l.announced_first AND l.announced_last <= t.until_last } = 0 AS after,
  coalesce(date(l.announced_first) >= date(e.announced_last) + duration({days: 30}), false) AS sure,
  COUNT { (:Report)-[a:STATES]->(l) WHERE size(a.members) > 0 } AS lists
OPTIONAL MATCH down = (l)<-[w:INVESTED_IN]-(j:Investor)-[:PART_OF*0..8]->(h:Investor)
WHERE h.id = group_ AND all(x IN relationships(down) WHERE
  coalesce(x.since, '') <= coalesce(l.announced_last, '9999-12-31')
  AND coalesce(x.until, '9999-12-31') >= coalesce(l.announced_first, ''))
WITH DISTINCT c, start, count_, group_, group_name, e, part_disputed, l, counts, lists, w, j,
  after AND counts AND sure AS later, after AND NOT (counts AND sure) AS maybe
ORDER BY j.name, j.id
WITH c, start, count_, group_, group_name, e, part_disputed,
  collect(DISTINCT CASE WHEN counts THEN j.name END) AS members,
  count(DISTINCT CASE WHEN counts AND w IS NOT NULL THEN l.id END) AS rounds,
  max(CASE WHEN counts AND w IS NOT NULL THEN coalesce(l.announced_last, '') + ' ' + coalesce(l.announced, 'undated') END) AS last_round,
  count(DISTINCT CASE WHEN later THEN l.id END) AS later_rounds,
  count(DISTINCT CASE WHEN later AND lists > 0 THEN l.id END) AS later_listed,
  count(DISTINCT CASE WHEN later AND w IS NOT NULL THEN l.id END) AS later_in,
  count(DISTINCT CASE WHEN maybe THEN l.id END) AS possible,
  count(CASE WHEN later AND w IS NOT NULL AND NOT coalesce(w.disputed, false) AND l.listing <> 'ipo' THEN 1 END) AS followed,
  count(CASE WHEN later AND w IS NOT NULL AND NOT coalesce(w.disputed, false) AND l.listing = 'ipo' THEN 1 END) AS listed,
  collect(CASE WHEN counts THEN coalesce(w.reports, []) ELSE [] END) AS lists
WITH c, group_, group_name, e, part_disputed, members, rounds, last_round, later_rounds,
  later_listed, later_in, possible, followed, listed, start, count_,
  reduce(found = [], one IN lists | found + one) AS urls
UNWIND urls + [count_.url] AS url
WITH c, group_, group_name, e, part_disputed, members, rounds, last_round, later_rounds,
  later_listed, later_in, possible, followed, listed, start, count_, url
ORDER BY url
WITH c, group_, group_name, e, part_disputed, members, rounds, last_round, later_rounds,
  later_listed, later_in, possible, followed, listed, start, count_, collect(DISTINCT url) AS reports
RETURN group_ AS group, group_name, c.id AS company, c.name AS company_name, members,
  e.id AS round, e.stage AS stage, e.announced AS announced, e.announced_first AS first,
  e.announced_last AS last, rounds, split(last_round, ' ')[1] AS last_round,
  later_rounds, later_listed, later_in,
  CASE
    WHEN followed > 0 THEN 'followed'
    WHEN listed > 0 THEN 'at the listing only'
    WHEN later_in > 0 THEN 'on a disputed account only'
    WHEN later_rounds = 0 AND possible > 0 THEN 'no later round for certain'
    WHEN later_rounds = 0 THEN 'no later round'
    WHEN later_rounds = 1 THEN 'not named in 1 later round ('
      + CASE WHEN later_listed = 1 THEN 'with' ELSE 'without' END + ' a list of investors)'
    ELSE 'not named in ' + toString(later_rounds) + ' later rounds (' + toString(later_listed)
      + CASE WHEN later_listed = 1 THEN ' of which has' ELSE ' of which have' END + ' a list of investors)'
  END AS after,
  count_.stated AS rounds_stated,
  CASE WHEN count_.stated IS NOT NULL THEN count_.held END AS rounds_held,
  CASE WHEN start =~ '(?i)(series )?((pre-)?[b-k]([0-9+-].*)?|pre-ipo|ipo.*)'
    THEN 'first round held: ' + start ELSE '' END AS cut,
  part_disputed, possible, reports
ORDER BY group, company
