// title = "Rounds that groups took part in"
// question = "Which investors took part in which rounds as part of which groups, by the round's date?"
// tags = ["views"]
// columns.investor = {meaning = "the group"}
// columns.member = {meaning = "investor that was part of it, directly or through others"}
// columns.round = {meaning = "round that the member took part in"}
MATCH (i:Investor)-[:INVESTED_IN]->(r:FundingRound)
MATCH path = (i)-[:PART_OF*1..8]->(o:Investor)
WHERE all(x IN relationships(path) WHERE
  coalesce(x.since, '') <= coalesce(r.announced_last, '9999-12-31')
  AND coalesce(x.until, '9999-12-31') >= coalesce(r.announced_first, ''))
RETURN DISTINCT o.id AS investor, i.id AS member, r.id AS round
ORDER BY investor, round, member
