// title = "Whom each account of a round names"
// question = "Which investors does each account of each round name?"
// tags = ["entities", "rounds"]
// columns.company = {meaning = "company"}
// columns.round = {meaning = "round"}
// columns.account = {meaning = "the account's key"}
// columns.members = {meaning = "investors that it names"}
MATCH (c:Startup)<-[:FUNDS]-(r:FundingRound)<-[s:STATES]-(:Report)
WHERE size(s.members) > 0
RETURN c.id AS company, r.id AS round, s.account AS account, s.members AS members
ORDER BY round, account
