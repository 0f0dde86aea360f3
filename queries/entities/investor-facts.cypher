// title = "Investors with what tells them apart"
// question = "Of which kinds is each investor, who controls it, and where is it?"
// tags = ["entities"]
// columns.id = {meaning = "id"}
// columns.name = {meaning = "name"}
// columns.names = {meaning = "every name it is known by"}
// columns.ids = {meaning = "identifiers by which sources know it"}
// columns.country = {meaning = "country from which it is controlled"}
// columns.state_controlled = {meaning = "yes, no or unknown"}
// columns.level = {meaning = "central, provincial, municipal or district"}
// columns.kinds = {meaning = "kinds of capital, at any time"}
// columns.seats = {meaning = "cities of its seats, at any time"}
// columns.acts_for = {meaning = "cities for which it acts"}
MATCH (n:Investor)
OPTIONAL MATCH (n)-[:IS_A]->(k:CapitalSource)
WITH n, k.id AS kind
ORDER BY kind
WITH n, collect(DISTINCT kind) AS kinds
OPTIONAL MATCH (n)-[:BASED_IN]->(c:City)
WITH n, kinds, c.id AS seat
ORDER BY seat
WITH n, kinds, collect(DISTINCT seat) AS seats
OPTIONAL MATCH (n)-[:ACTS_FOR]->(f:City)
WITH n, kinds, seats, f.id AS city
ORDER BY city
WITH n, kinds, seats, collect(DISTINCT city) AS acts_for
RETURN n.id AS id, n.name AS name, coalesce(n.names, []) AS names, coalesce(n.ids, []) AS ids,
  n.country AS country, n.state_controlled AS state_controlled, n.level AS level, kinds, seats, acts_for
ORDER BY id
