// title = "Rounds without a date"
// question = "Of which rounds does no report say when, those that no dated report tells of first, then the largest figure as printed, in whatever currency?"
// tags = ["checks", "quality"]
// columns.kind = {meaning = "what it is about: round"}
// columns.id = {meaning = "its id"}
// columns.name = {meaning = "its name"}
// columns.detail = {meaning = "its status and stage, and the day by which a report tells of it"}
// columns.reports = {meaning = "addresses of the reports that state it"}
MATCH (r:FundingRound)
WHERE r.announced_first IS NULL
OPTIONAL MATCH (r)<-[:STATES]-(p:Report)
WITH r, p
ORDER BY p.url
WITH r, collect(DISTINCT p.url) AS reports, min(p.published_on) AS told,
  coalesce(r.amount_stated, r.amount_min, r.amount_max, 0) AS figure
RETURN 'round' AS kind, r.id AS id, r.name AS name,
  r.status + ', ' + coalesce(r.stage, r.instrument) + '; '
    + CASE WHEN told IS NULL THEN 'no report is dated' ELSE 'told of on ' + told END AS detail,
  reports
ORDER BY coalesce(told, '') <> '', figure DESC, id
