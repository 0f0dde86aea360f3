// title = "A round by its id or by an account's key"
// question = "Which round has this id, or rests on an account with this key?"
// tags = ["entities", "rounds"]
// params.round = {type = "text", help = "a round's id, or an account's key with or without its source"}
// columns.id = {meaning = "round"}
// columns.company = {meaning = "company"}
// columns.name = {meaning = "company, stage and date"}
MATCH (c:Startup)<-[:FUNDS]-(r:FundingRound)
WHERE any(a IN r.accounts WHERE a = $round OR a ENDS WITH ':' + $round)
RETURN r.id AS id, c.id AS company, r.name AS name
ORDER BY id
