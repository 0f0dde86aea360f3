// title = "Rounds whose amount nobody states"
// question = "Of which rounds is the amount not known, closed ones first, then those with the most investors?"
// tags = ["checks", "quality"]
// columns.kind = {meaning = "what it is about: round"}
// columns.id = {meaning = "its id"}
// columns.name = {meaning = "its name"}
// columns.detail = {meaning = "its status and stage, and how many investors are named"}
// columns.reports = {meaning = "addresses of the reports that state it"}
MATCH (r:FundingRound)
WHERE r.amount_min IS NULL AND r.amount_max IS NULL
OPTIONAL MATCH (r)<-[:INVESTED_IN]-(i:Investor)
WITH r, count(DISTINCT i.id) AS investors
OPTIONAL MATCH (r)<-[:STATES]-(p:Report)
WITH r, investors, p
ORDER BY p.url
WITH r, investors, collect(DISTINCT p.url) AS reports
RETURN 'round' AS kind, r.id AS id, r.name AS name,
  r.status + ', ' + coalesce(r.stage, r.instrument) + '; ' + toString(investors)
    + CASE investors WHEN 1 THEN ' investor named' ELSE ' investors named' END AS detail,
  reports
ORDER BY r.status <> 'closed', investors DESC, id
