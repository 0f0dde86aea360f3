// title = "Companies with what tells them apart"
// question = "When was each company founded, and where is it?"
// tags = ["entities"]
// columns.id = {meaning = "id"}
// columns.name = {meaning = "name"}
// columns.names = {meaning = "every name it is known by"}
// columns.ids = {meaning = "identifiers by which sources know it"}
// columns.country = {meaning = "country"}
// columns.founded_first = {meaning = "first day on which it may have been founded", unit = "day"}
// columns.founded_last = {meaning = "last day on which it may have been founded", unit = "day"}
// columns.seats = {meaning = "cities of its seats, at any time"}
MATCH (n:Startup)
OPTIONAL MATCH (n)-[:BASED_IN]->(c:City)
WITH n, c.id AS seat
ORDER BY seat
WITH n, collect(DISTINCT seat) AS seats
RETURN n.id AS id, n.name AS name, coalesce(n.names, []) AS names, coalesce(n.ids, []) AS ids,
  n.country AS country, n.founded_first AS founded_first, n.founded_last AS founded_last, seats
ORDER BY id
