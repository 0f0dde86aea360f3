// title = "Ties that views draw"
// question = "Who is part of whom, who acts for whom, and who set conditions for which company?"
// tags = ["views"]
// columns.investor = {meaning = "investor"}
// columns.type = {meaning = "PART_OF, ACTS_FOR or SET_CONDITION"}
// columns.other = {meaning = "what it is part of, the city it acts for, or the company"}
// columns.since = {meaning = "since when, as far as that is known", unit = "day"}
// columns.until = {meaning = "until when, as far as that is known", unit = "day"}
// columns.share_min = {meaning = "share, at least", unit = "percent"}
// columns.share_max = {meaning = "share, at most", unit = "percent"}
// columns.text = {meaning = "the condition, as reported"}
// columns.report = {meaning = "address of the report on it"}
MATCH (a:Investor)-[x:PART_OF|ACTS_FOR|SET_CONDITION]->(b:Investor|City|Startup)
RETURN a.id AS investor, type(x) AS type, b.id AS other, x.since AS since, x.until AS until,
  x.share_min AS share_min, x.share_max AS share_max, x.text AS text, x.report AS report
ORDER BY investor, type, other, since, report, text
