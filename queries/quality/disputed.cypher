// title = "Rounds whose accounts differ"
// question = "On which rounds do reports disagree, in what, and what does each say?"
// tags = ["quality", "disputes", "accounts"]
// related = ["companies/all-rounds", "checks/units", "quality/sensitivity"]
// examples = ["whofunds query quality/disputed", "whofunds query quality/disputed as_of=2023"]
// params.as_of = {type = "date", default = "9999-12-31", help = "rounds certainly announced by this day"}
// columns.company = {meaning = "company", table = "never"}
// columns.company_name = {meaning = "its name"}
// columns.round = {meaning = "round"}
// columns.fields = {meaning = "fields in which its accounts differ"}
// columns.members_disputed = {meaning = "investors whose taking part is disputed, by id", table = "never"}
// columns.account = {meaning = "one report's account of the round"}
// columns.status = {meaning = "status that it gives", table = "never"}
// columns.stage = {meaning = "stage that it gives"}
// columns.announced = {meaning = "date that it gives"}
// columns.first = {meaning = "first day of the date that it gives", unit = "day", table = "never"}
// columns.last = {meaning = "last day of the date that it gives", unit = "day", table = "never"}
// columns.amount_min = {meaning = "amount that it gives, at least", unit = "own currency", table = "never"}
// columns.amount_max = {meaning = "amount that it gives, at most", unit = "own currency", table = "never"}
// columns.amount_stated = {meaning = "amount as it prints it", unit = "own currency"}
// columns.qualifier = {meaning = "what it prints with the amount"}
// columns.own_currency = {meaning = "currency that it gives"}
// columns.valuation_stated = {meaning = "valuation as it prints it", unit = "valuation currency"}
// columns.valuation_currency = {meaning = "currency of the valuation", table = "never"}
// columns.members = {meaning = "investors that it names, by id; empty where it lists nobody", table = "never"}
// columns.leads = {meaning = "leads that it names, by id"}
// columns.doubt = {meaning = "fields that are known to be wrong in it", table = "filled"}
// columns.note = {meaning = "remark on it", table = "never"}
// columns.possible = {meaning = "disputed rounds left out: they may have been announced only after as_of", unit = "rounds", table = "filled"}
// columns.reports = {meaning = "address of the report that gives it"}
OPTIONAL MATCH (q:FundingRound)
WHERE size(q.disputed) > 0 AND coalesce(q.announced_first, '') <= $as_of
  AND coalesce(q.announced_last, '9999-12-31') > $as_of
WITH count(q) AS possible
MATCH (c:Startup)<-[:FUNDS]-(r:FundingRound)
WHERE size(r.disputed) > 0 AND coalesce(r.announced_last, '9999-12-31') <= $as_of
OPTIONAL MATCH (r)<-[v:INVESTED_IN]-(i:Investor)
WHERE v.disputed
WITH possible, c, r, i
ORDER BY i.id
WITH possible, c, r, collect(DISTINCT i.id) AS members_disputed
MATCH (r)<-[s:STATES]-(p:Report)
RETURN c.id AS company, c.name AS company_name, r.id AS round, r.disputed AS fields,
  members_disputed, s.account AS account, s.status AS status, s.stage AS stage,
  CASE s.precision WHEN 'day' THEN s.announced_first WHEN 'year' THEN substring(s.announced_first, 0, 4)
    WHEN 'month' THEN substring(s.announced_first, 0, 7)
    ELSE substring(s.announced_first, 0, 7) + '..' + substring(s.announced_last, 0, 7) END AS announced,
  s.announced_first AS first, s.announced_last AS last,
  s.amount_min AS amount_min, s.amount_max AS amount_max, s.amount_stated AS amount_stated,
  s.amount_qualifier AS qualifier, s.currency AS own_currency,
  s.valuation_stated AS valuation_stated, s.valuation_currency AS valuation_currency,
  coalesce(s.members, []) AS members, coalesce(s.leads, []) AS leads,
  coalesce(s.doubt, []) AS doubt, s.note AS note, possible, [p.url] AS reports
ORDER BY company, round, account, reports
