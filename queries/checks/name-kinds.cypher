// title = "Investors whose kind no report states"
// question = "Which investors' kinds of capital rest on their name alone, or on nothing, those in the most rounds first?"
// tags = ["checks", "quality"]
// columns.kind = {meaning = "what it is about: investor"}
// columns.id = {meaning = "its id"}
// columns.name = {meaning = "its name"}
// columns.detail = {meaning = "the kinds and what each rests on, and how many rounds the investor is in"}
// columns.reports = {meaning = "addresses of the reports that name the investor in a round"}
MATCH (i:Investor)-[k:IS_A]->(s:CapitalSource)
WHERE k.basis IN ['name-derived', 'unsourced'] AND s.id <> 'unknown'
WITH i, s.id + ' (' + k.basis + ')' AS kind
ORDER BY kind
WITH i, collect(DISTINCT kind) AS kinds
OPTIONAL MATCH (i)-[v:INVESTED_IN]->(r:FundingRound)
UNWIND CASE WHEN size(coalesce(v.reports, [])) = 0 THEN [null] ELSE v.reports END AS url
WITH i, kinds, r, url
ORDER BY url
WITH i, kinds, count(DISTINCT r.id) AS rounds, collect(DISTINCT url) AS reports
RETURN 'investor' AS kind, i.id AS id, i.name AS name,
  reduce(text = kinds[0], k IN kinds[1..] | text + ', ' + k) + '; in ' + toString(rounds)
    + CASE rounds WHEN 1 THEN ' round' ELSE ' rounds' END AS detail,
  reports
ORDER BY rounds DESC, id
