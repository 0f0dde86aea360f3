// title = "Who came early, and what came after"
// question = "Which investors of a kind were in one of a company's first two closed rounds that we hold, and did their group follow on?"
// tags = ["investors", "early", "follow-on"]
// related = ["investors/follow-on", "ceiling/cohorts", "capital/companies-of-kind"]
// examples = ["whofunds query investors/early-and-after", "whofunds query investors/early-and-after kind=state-fund"]
// params.kind = {type = "kind", default = "internet-giant", help = "kind of capital at the early round's date"}
// params.as_of = {type = "date", default = "9999-12-31", help = "rounds certainly closed by this day"}
// columns.kind = {meaning = "kind of capital", table = "never"}
// columns.investor = {meaning = "who came early", table = "never"}
// columns.investor_name = {meaning = "its name"}
// columns.groups = {meaning = "who controlled it at the top then, by name; empty: nobody known to", table = "filled"}
// columns.company = {meaning = "company", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.round = {meaning = "the first round that it was in", table = "never"}
// columns.place = {meaning = "that round's place among the company's closed rounds that we hold, by their last possible day: 1 or 2", table = "never"}
// columns.stage = {meaning = "its stage, as reports call it"}
// columns.cut = {meaning = "the first round that we hold, where it is after Series A: 'early' is early in our data only", table = "filled"}
// columns.announced = {meaning = "when it was announced, as far as that is known"}
// columns.first = {meaning = "first day on which it may have been announced", unit = "day", table = "never"}
// columns.last = {meaning = "last day on which it may have been announced", unit = "day", table = "never"}
// columns.lead = {meaning = "whether the investor led it"}
// columns.part_disputed = {meaning = "whether reports differ on its taking part in it", table = "filled"}
// columns.after = {meaning = "what its group did after: followed, at the listing only, on a disputed account only, no later round (for certain, where one may be later), or not named in N later rounds, which doesn't say that it refused"}
// columns.followed = {meaning = "when the first round that the group followed in was announced, as far as that is known", table = "filled"}
// columns.followed_on = {meaning = "first day on which that round may have been announced", unit = "day", table = "never"}
// columns.later_rounds = {meaning = "closed rounds with money to the company, certainly 30 days or more after", unit = "rounds", table = "never"}
// columns.later_listed = {meaning = "of these, rounds for which a report lists investors", unit = "rounds", table = "never"}
// columns.possible = {meaning = "further rounds, perhaps but not certainly later or closed by as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the early part and on what followed"}
// # A deal that only changes holders (secondary, acquisition, licence) or a parent's money is not
// # among the first two, a promise of money (commitment) is; an undated round comes last. Only
// # money to the company is a later round. A group is all that is part of the top, or the
// # investor itself. Two rounds inside one stated total of a single round count as one event.
MATCH (c:Startup)<-[:FUNDS]-(e:FundingRound)
WHERE e.status = 'closed' AND coalesce(e.announced_last, '9999-12-31') <= $as_of
  AND NOT e.instrument IN ['secondary', 'acquisition', 'licence', 'parent']
WITH c, e
ORDER BY c.id, coalesce(e.announced_last, '9999-12-31'), coalesce(e.announced_first, '9999-12-31'), e.id
WITH c, collect(e.id) AS closed, collect(coalesce(e.stage, ''))[0] AS start
UNWIND range(0, CASE WHEN size(closed) < 2 THEN size(closed) ELSE 2 END - 1) AS nth
WITH c, start, closed, nth, closed[nth] AS early
MATCH (e:FundingRound {id: early})<-[:INVESTED_IN]-(i:Investor)
OPTIONAL MATCH (i)-[k:IS_A]->(s:CapitalSource)
WHERE coalesce(k.since, '') <= coalesce(e.announced_last, '9999-12-31')
  AND coalesce(k.until, '9999-12-31') >= coalesce(e.announced_first, '')
WITH c, start, closed, nth, i, coalesce(s.id, 'unknown') AS kind
WHERE kind = $kind
WITH c, start, closed, i, min(nth) AS nth
WITH c, start, i, nth, closed[nth] AS early
MATCH (e:FundingRound {id: early})<-[v:INVESTED_IN]-(i)
OPTIONAL MATCH up = (i)-[:PART_OF*1..8]->(g:Investor)
WHERE all(x IN relationships(up) WHERE
    coalesce(x.since, '') <= coalesce(e.announced_last, '9999-12-31')
    AND coalesce(x.until, '9999-12-31') >= coalesce(e.announced_first, ''))
  AND COUNT { (g)-[x:PART_OF]->(:Investor)
    WHERE coalesce(x.since, '') <= coalesce(e.announced_last, '9999-12-31')
      AND coalesce(x.until, '9999-12-31') >= coalesce(e.announced_first, '') } = 0
WITH c, start, i, nth, e, v, g
ORDER BY g.id
WITH c, start, i, nth, e, v, collect(DISTINCT g.id) AS tops, collect(DISTINCT g.name) AS groups
OPTIONAL MATCH (c)<-[:FUNDS]-(l:FundingRound)
WHERE l.status = 'closed' AND l.id <> e.id
  AND l.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(l.announced_first, '') <= $as_of
  AND date(coalesce(l.announced_last, '9999-12-31'))
    >= date(coalesce(e.announced_first, '1900-01-01')) + duration({days: 30})
  AND COUNT { (c)<-[t:STATES_TOTAL]-(:Report)
    WHERE t.rounds = 1
      AND t.since_first <= e.announced_first AND e.announced_last <= t.until_last
      AND t.since_first <= l.announced_first AND l.announced_last <= t.until_last } = 0
WITH c, start, i, nth, e, v, tops, groups, l,
  coalesce(l.announced_last, '9999-12-31') <= $as_of
    AND date(l.announced_first) >= date(e.announced_last) + duration({days: 30}) AS later,
  COUNT { (:Report)-[a:STATES]->(l) WHERE size(a.members) > 0 } AS lists
OPTIONAL MATCH down = (l)<-[w:INVESTED_IN]-(j:Investor)-[:PART_OF*0..8]->(h:Investor)
WHERE (j.id = i.id OR h.id IN tops)
  AND all(x IN relationships(down) WHERE
    coalesce(x.since, '') <= coalesce(l.announced_last, '9999-12-31')
    AND coalesce(x.until, '9999-12-31') >= coalesce(l.announced_first, ''))
WITH c, start, i, nth, e, v, tops, groups, l, later, lists, w,
  coalesce(v.reports, []) + CASE WHEN later THEN coalesce(w.reports, []) ELSE [] END AS urls
UNWIND CASE WHEN size(urls) = 0 THEN [null] ELSE urls END AS url
WITH c, start, i, nth, e, v, tops, groups, l, later, lists, w, url
ORDER BY url
WITH c, start, i, nth, e, v, groups,
  count(DISTINCT CASE WHEN later THEN l.id END) AS later_rounds,
  count(DISTINCT CASE WHEN later AND lists > 0 THEN l.id END) AS later_listed,
  count(DISTINCT CASE WHEN l IS NOT NULL AND NOT coalesce(later, false) THEN l.id END) AS possible,
  min(CASE WHEN later AND w IS NOT NULL AND NOT coalesce(w.disputed, false) AND l.listing <> 'ipo' THEN l.announced_first + ' ' + l.announced END) AS followed,
  min(CASE WHEN later AND w IS NOT NULL AND NOT coalesce(w.disputed, false) AND l.listing = 'ipo' THEN l.announced_first + ' ' + l.announced END) AS listed,
  min(CASE WHEN later AND w IS NOT NULL AND coalesce(w.disputed, false) THEN l.announced_first + ' ' + l.announced END) AS doubtful,
  collect(DISTINCT url) AS reports
RETURN $kind AS kind, i.id AS investor, i.name AS investor_name, groups,
  c.id AS company, c.name AS company_name, e.id AS round, nth + 1 AS place, e.stage AS stage,
  CASE WHEN start =~ '(?i)(series )?((pre-)?[b-k]([0-9+-].*)?|pre-ipo|ipo.*)'
    THEN 'first round held: ' + start ELSE '' END AS cut,
  e.announced AS announced, e.announced_first AS first, e.announced_last AS last, v.lead AS lead,
  v.disputed AS part_disputed,
  CASE
    WHEN followed IS NOT NULL THEN 'followed'
    WHEN listed IS NOT NULL THEN 'at the listing only'
    WHEN doubtful IS NOT NULL THEN 'on a disputed account only'
    WHEN later_rounds = 0 AND possible > 0 THEN 'no later round for certain'
    WHEN later_rounds = 0 THEN 'no later round'
    WHEN later_rounds = 1 THEN 'not named in 1 later round ('
      + CASE WHEN later_listed = 1 THEN 'with' ELSE 'without' END + ' a list of investors)'
    ELSE 'not named in ' + toString(later_rounds) + ' later rounds (' + toString(later_listed)
      + CASE WHEN later_listed = 1 THEN ' of which has' ELSE ' of which have' END + ' a list of investors)'
  END AS after,
  split(coalesce(followed, listed, doubtful), ' ')[1] AS followed,
  split(coalesce(followed, listed, doubtful), ' ')[0] AS followed_on,
  later_rounds, later_listed, possible, reports
ORDER BY company, place, investor
