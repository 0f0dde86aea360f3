// title = "Rounds that one report alone tells of"
// question = "Which rounds rest on a single report, closed ones first, then the largest sum?"
// tags = ["checks", "quality"]
// columns.kind = {meaning = "what it is about: round"}
// columns.id = {meaning = "its id"}
// columns.name = {meaning = "its name"}
// columns.detail = {meaning = "its status and stage, and whose report it is"}
// columns.reports = {meaning = "address of the report"}
MATCH (r:FundingRound)<-[:STATES]-(p:Report)
WITH r, count(DISTINCT p.url) AS told, min(p.url) AS url, min(p.publisher) AS publisher
WHERE told = 1
WITH r, url, publisher,
  coalesce(r.amount_min_usd, r.amount_stated_usd, r.amount_max_usd, 0) AS sum_usd
RETURN 'round' AS kind, r.id AS id, r.name AS name,
  r.status + ', ' + coalesce(r.stage, r.instrument) + '; ' + coalesce(publisher, 'publisher not known') AS detail,
  [url] AS reports
ORDER BY r.status <> 'closed', sum_usd DESC, id
