// title = "Investors of unknown kind"
// question = "Of which investors is the kind of capital not known, those in the most rounds first?"
// tags = ["checks", "quality"]
// columns.kind = {meaning = "what it is about: investor"}
// columns.id = {meaning = "its id"}
// columns.name = {meaning = "its name"}
// columns.detail = {meaning = "how many rounds the investor is in"}
// columns.reports = {meaning = "addresses of the reports that name the investor in a round"}
MATCH (i:Investor)
OPTIONAL MATCH (i)-[:IS_A]->(s:CapitalSource)
WITH i, collect(s.id) AS kinds
WHERE size(kinds) = 0 OR 'unknown' IN kinds
OPTIONAL MATCH (i)-[v:INVESTED_IN]->(r:FundingRound)
UNWIND CASE WHEN size(coalesce(v.reports, [])) = 0 THEN [null] ELSE v.reports END AS url
WITH i, r, url
ORDER BY url
WITH i, count(DISTINCT r.id) AS rounds, collect(DISTINCT url) AS reports
RETURN 'investor' AS kind, i.id AS id, i.name AS name,
  'in ' + toString(rounds) + CASE rounds WHEN 1 THEN ' round' ELSE ' rounds' END AS detail,
  reports
ORDER BY rounds DESC, id
