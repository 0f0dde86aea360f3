// title = "Entities and reports that nothing rests on"
// question = "Which companies have no round, which investors are in no round and nobody's parent, which cities hold nothing, which reports state nothing, in this order?"
// tags = ["checks", "quality"]
// columns.kind = {meaning = "what it is about: company, investor, city or report"}
// columns.id = {meaning = "its id"}
// columns.name = {meaning = "its name"}
// columns.detail = {meaning = "what is missing"}
// columns.reports = {meaning = "the report itself; empty for others"}
// # What set a condition, or is the vehicle of another's part, is tied to a company or round too.
CALL () {
  MATCH (n:Startup)
  WHERE COUNT { (n)<-[:FUNDS]-(:FundingRound) } = 0
  RETURN collect({place: 1, kind: 'company', id: n.id, name: n.name, detail: 'no round', reports: []}) AS companies
}
CALL () {
  MATCH (n:Investor)
  WHERE COUNT { (n)-[:INVESTED_IN]->(:FundingRound) } = 0 AND COUNT { (n)<-[:PART_OF]-(:Investor) } = 0
    AND COUNT { (n)-[:SET_CONDITION]->(:Startup) } = 0
  RETURN collect({place: 2, kind: 'investor', id: n.id, name: n.name,
    detail: "in no round, and nobody's parent", reports: []}) AS investors
}
CALL () {
  MATCH (n:City)
  WHERE COUNT { (n)<-[:BASED_IN]-(:Startup|Investor) } = 0 AND COUNT { (n)<-[:ACTS_FOR]-(:Investor) } = 0
  RETURN collect({place: 3, kind: 'city', id: n.id, name: n.name,
    detail: 'nobody is based there or acts for it', reports: []}) AS cities
}
CALL () {
  MATCH (n:Report)
  WHERE COUNT { (n)-[:STATES]->(:FundingRound) } = 0 AND COUNT { (n)-[:STATES_TOTAL]->(:Startup) } = 0
  RETURN collect({place: 4, kind: 'report', id: n.id, name: n.name,
    detail: 'states no round, total or link', reports: [n.url]}) AS texts
}
CALL () {
  MATCH (:Investor)-[v:INVESTED_IN]->(:FundingRound)
  RETURN collect(DISTINCT v.via) AS vehicles
}
CALL () {
  MATCH (:Investor)-[v:INVESTED_IN]->(:FundingRound)
  UNWIND coalesce(v.reports, []) AS url
  RETURN collect(DISTINCT url) AS naming
}
CALL () {
  MATCH (:Startup|Investor)-[k:IS_A|PART_OF|ACTS_FOR|BASED_IN|SET_CONDITION]->(:CapitalSource|Investor|City|Startup)
  RETURN collect(DISTINCT k.report) AS linking, collect(DISTINCT k.city) AS towns
}
WITH companies + [x IN investors WHERE NOT x.id IN vehicles] + [x IN cities WHERE NOT x.id IN towns]
  + [x IN texts WHERE NOT x.id IN naming AND NOT x.id IN linking] AS found
UNWIND found AS x
RETURN x.kind AS kind, x.id AS id, x.name AS name, x.detail AS detail, x.reports AS reports
ORDER BY x.place, id
