// title = "Companies and talks that no newer report tells of"
// question = "Which companies' newest report is long before the newest of all, and which talks were never followed by a closed round, the oldest first?"
// tags = ["checks", "quality"]
// params.months = {type = "integer", default = 12, help = "months by which a company's newest report is older than the newest of all"}
// params.talks_months = {type = "integer", default = 6, help = "months by which talks are older than the newest report of all"}
// columns.kind = {meaning = "what it is about: company, or round for talks"}
// columns.id = {meaning = "its id"}
// columns.name = {meaning = "its name"}
// columns.detail = {meaning = "the day that is long ago"}
// columns.reports = {meaning = "addresses of the company's newest report, or of those on the talks"}
CALL () {
  MATCH (p:Report)
  WITH max(p.published_on) AS newest
  MATCH (c:Startup)
  OPTIONAL MATCH (c)<-[:FUNDS]-(:FundingRound)<-[:STATES]-(p:Report)
  WITH newest, c, max(p.published_on + ' ' + p.url) AS stated
  OPTIONAL MATCH (c)<-[:STATES_TOTAL]-(p:Report)
  WITH newest, c, coalesce(stated, '') AS stated, coalesce(max(p.published_on + ' ' + p.url), '') AS summed
  WITH newest, c, CASE WHEN stated > summed THEN stated WHEN summed <> '' THEN summed END AS last
  WHERE date(substring(last, 0, 10)) + duration({months: $months}) < date(newest)
  RETURN substring(last, 0, 10) AS day, 'company' AS kind, c.id AS id, c.name AS name,
    'newest report ' + substring(last, 0, 10) AS detail, [substring(last, 11)] AS reports
  UNION
  MATCH (p:Report)
  WITH max(p.published_on) AS newest
  MATCH (c:Startup)<-[:FUNDS]-(r:FundingRound)
  WHERE r.status = 'talks'
    AND date(r.announced_last) + duration({months: $talks_months}) < date(newest)
    AND COUNT { (c)<-[:FUNDS]-(l:FundingRound)
      WHERE l.status = 'closed' AND l.announced_last >= r.announced_first } = 0
  OPTIONAL MATCH (r)<-[:STATES]-(p:Report)
  WITH r, p
  ORDER BY p.url
  RETURN r.announced_last AS day, 'round' AS kind, r.id AS id, r.name AS name,
    'talks of ' + r.announced + ', no closed round since' AS detail, collect(DISTINCT p.url) AS reports
}
RETURN kind, id, name, detail, reports
ORDER BY day, kind, id
