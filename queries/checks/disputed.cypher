// title = "Rounds whose accounts differ"
// question = "On which rounds do reports disagree, those with the most disputed fields first, then the largest sum?"
// tags = ["checks", "quality"]
// columns.kind = {meaning = "what it is about: round"}
// columns.id = {meaning = "its id"}
// columns.name = {meaning = "its name"}
// columns.detail = {meaning = "the disputed fields, and how many accounts there are"}
// columns.reports = {meaning = "addresses of the reports that state it"}
MATCH (r:FundingRound)
WHERE size(r.disputed) > 0
OPTIONAL MATCH (r)<-[:STATES]-(p:Report)
WITH r, p
ORDER BY p.url
WITH r, collect(DISTINCT p.url) AS reports, size(r.disputed) AS fields,
  coalesce(r.amount_min_usd, r.amount_stated_usd, r.amount_max_usd, 0) AS sum_usd
RETURN 'round' AS kind, r.id AS id, r.name AS name,
  reduce(text = r.disputed[0], f IN r.disputed[1..] | text + ', ' + f)
    + '; ' + toString(size(r.accounts)) + CASE size(r.accounts) WHEN 1 THEN ' account' ELSE ' accounts' END AS detail,
  reports
ORDER BY fields DESC, sum_usd DESC, id
