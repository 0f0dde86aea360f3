// title = "Rounds that investors and groups took part in"
// question = "In which rounds did each investor take part, itself or through what was part of it at the round's date?"
// tags = ["views"]
// columns.investor = {meaning = "the investor or group"}
// columns.investor_name = {meaning = "its name"}
// columns.member = {meaning = "who took part: itself, or what was part of it, directly or through others"}
// columns.round = {meaning = "the round"}
MATCH (i:Investor)-[:INVESTED_IN]->(r:FundingRound)
MATCH path = (i)-[:PART_OF*0..8]->(o:Investor)
WHERE all(x IN relationships(path) WHERE
  coalesce(x.since, '') <= coalesce(r.announced_last, '9999-12-31')
  AND coalesce(x.until, '9999-12-31') >= coalesce(r.announced_first, ''))
RETURN DISTINCT o.id AS investor, o.name AS investor_name, i.id AS member, r.id AS round
ORDER BY investor, round, member
