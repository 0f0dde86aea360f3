// title = "Capital behind a company"
// question = "Who stands behind a company, kind by kind: through which group, how often, with which published cheques?"
// tags = ["capital", "company", "groups"]
// related = ["companies/rounds", "paths/state-money", "capital/sources-by-company"]
// examples = ["whofunds query capital/behind-company company=月之暗面", "whofunds query capital/behind-company company=zhipu-ai currency=CNY"]
// params.company = {type = "startup", help = "the company, by id or any name"}
// params.as_of = {type = "date", default = "9999-12-31", help = "count what had certainly happened by this day"}
// params.currency = {type = "currency", default = "USD", help = "currency of the cheques"}
// columns.kind = {meaning = "kind of capital at the round's date; an investor of two kinds stands in both; 'not named' where no report names an investor", table = "never"}
// columns.kind_name = {meaning = "the kind in words"}
// columns.investor = {meaning = "investor", table = "never"}
// columns.investor_name = {meaning = "its name"}
// columns.groups = {meaning = "who controlled it at the top at these rounds' dates, by name; empty where nobody is known to", table = "filled"}
// columns.rounds = {meaning = "closed rounds with money to the company that it took part in", unit = "rounds"}
// columns.as_lead = {meaning = "of the rounds, those that it led", unit = "rounds", table = "filled"}
// columns.announced = {meaning = "when these rounds were announced, as far as that is known"}
// columns.first = {meaning = "first day on which the earliest may have been announced", unit = "day", table = "never"}
// columns.last = {meaning = "last day on which the latest may have been announced", unit = "day", table = "never"}
// columns.cheques = {meaning = "of the rounds, those whose own cheque is published; a round's amount is not a cheque", unit = "rounds", table = "never"}
// columns.cheque_min = {meaning = "sum of the published cheques, at least; empty where no minimum is known", unit = "currency", table = "filled"}
// columns.cheque_max = {meaning = "sum of the published cheques, at most; empty where one of them has no upper bound", unit = "currency", table = "filled"}
// columns.cheque_stated = {meaning = "sum of the published cheques, as printed", unit = "currency", table = "never"}
// columns.unconverted = {meaning = "published cheques that can't be converted", unit = "rounds", table = "filled"}
// columns.apart = {meaning = "closed deals that do not count as raised: commitments, in-kind, secondary, acquisitions, licences, a parent's money", unit = "deals", table = "filled"}
// columns.disputed = {meaning = "of the rounds, those where its own part is disputed or whose accounts differ", unit = "rounds", table = "filled"}
// columns.possible = {meaning = "rounds left out: they may have closed only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "addresses of the reports"}
MATCH (c:Startup {id: $company})<-[:FUNDS]-(r:FundingRound)
WHERE r.status = 'closed' AND coalesce(r.announced_first, '') <= $as_of
WITH r,
  coalesce(r.announced_first, '') AS first,
  coalesce(r.announced_last, '9999-12-31') AS last,
  r.instrument IN ['equity', 'debt', 'mixed', 'grant'] AS money
OPTIONAL MATCH (r)<-[v:INVESTED_IN]-(i:Investor)
OPTIONAL MATCH (i)-[k:IS_A]->(s:CapitalSource)
WHERE coalesce(k.since, '') <= last AND coalesce(k.until, '9999-12-31') >= first
WITH DISTINCT r, v, i, first, last, money,
  CASE WHEN i IS NULL THEN 'not named' ELSE coalesce(s.id, 'unknown') END AS kind,
  CASE WHEN i IS NULL THEN 'No investor named' ELSE coalesce(s.name, 'Unknown') END AS kind_name
OPTIONAL MATCH up = (i)-[:PART_OF*1..8]->(g:Investor)
WHERE all(x IN relationships(up) WHERE
    coalesce(x.since, '') <= last AND coalesce(x.until, '9999-12-31') >= first)
  AND COUNT { (g)-[x:PART_OF]->(:Investor)
    WHERE coalesce(x.since, '') <= last AND coalesce(x.until, '9999-12-31') >= first } = 0
WITH r, v, i, last, money, kind, kind_name, g
ORDER BY g.id
WITH r, v, i, last, money, kind, kind_name, collect(DISTINCT g.name) AS tops
WITH r, v, i, kind, kind_name, tops,
  money AND last <= $as_of AS counts,
  NOT money AND last <= $as_of AS aside,
  money AND last > $as_of AS maybe,
  v['amount_min_' + toLower($currency)] AS low,
  v['amount_stated_' + toLower($currency)] AS said,
  coalesce(v.amount_min, v.amount_max, v.amount_stated) AS own,
  v['amount_max_' + toLower($currency)] AS high,
  CASE WHEN i IS NULL THEN [(r)<-[:STATES]-(p:Report) | p.url] ELSE coalesce(v.reports, []) END AS urls
ORDER BY last, r.id
WITH i, kind, kind_name,
  count(DISTINCT CASE WHEN counts THEN r.id END) AS rounds,
  count(DISTINCT CASE WHEN counts AND v.lead THEN r.id END) AS as_lead,
  min(CASE WHEN counts THEN r.announced_first END) AS first,
  max(CASE WHEN counts THEN r.announced_last END) AS last,
  count(DISTINCT CASE WHEN counts AND own IS NOT NULL THEN r.id END) AS cheques,
  count(CASE WHEN counts THEN low END) AS lows,
  sum(CASE WHEN counts THEN low END) AS floor,
  count(CASE WHEN counts AND own IS NOT NULL THEN 1 END) AS owns,
  count(CASE WHEN counts THEN high END) AS highs,
  sum(CASE WHEN counts THEN high END) AS ceiling,
  count(CASE WHEN counts THEN said END) AS saids,
  sum(CASE WHEN counts THEN said END) AS stated,
  count(DISTINCT CASE WHEN counts AND own IS NOT NULL AND coalesce(low, high, said) IS NULL THEN r.id END) AS unconverted,
  count(DISTINCT CASE WHEN aside THEN r.id END) AS apart,
  count(DISTINCT CASE WHEN counts AND (v.disputed OR size(coalesce(r.disputed, [])) > 0) THEN r.id END) AS disputed,
  count(DISTINCT CASE WHEN maybe THEN r.id END) AS possible,
  collect(DISTINCT CASE WHEN counts THEN r.announced END) AS announced,
  collect(CASE WHEN counts OR aside THEN tops ELSE [] END) AS sets,
  collect(urls) AS lists
WHERE rounds + apart + possible > 0
WITH i, kind, kind_name, rounds, as_lead, first, last, announced, cheques, lows, floor,
  owns, highs, ceiling, saids, stated,
  unconverted, apart, disputed, possible, reduce(found = [], one IN lists | found + one) AS urls,
  reduce(found = [], one IN sets | found + [x IN one WHERE NOT x IN found]) AS groups
UNWIND CASE WHEN size(urls) = 0 THEN [null] ELSE urls END AS url
WITH i, kind, kind_name, rounds, as_lead, first, last, announced, cheques, lows, floor,
  owns, highs, ceiling, saids, stated,
  unconverted, apart, disputed, possible, groups, url
ORDER BY url
WITH i, kind, kind_name, rounds, as_lead, first, last, announced, cheques, lows, floor,
  owns, highs, ceiling, saids, stated,
  unconverted, apart, disputed, possible, groups, collect(DISTINCT url) AS reports
RETURN kind, kind_name, i.id AS investor, i.name AS investor_name, groups, rounds, as_lead,
  announced, first, last, cheques,
  CASE WHEN lows > 0 THEN floor END AS cheque_min,
  CASE WHEN highs > 0 AND highs = owns THEN ceiling END AS cheque_max,
  CASE WHEN saids > 0 THEN stated END AS cheque_stated,
  unconverted, apart, disputed, possible, reports
ORDER BY kind, rounds DESC, investor
