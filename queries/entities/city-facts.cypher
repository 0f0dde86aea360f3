// title = "Cities with what tells them apart"
// question = "In which country and at which place is each city?"
// tags = ["entities"]
// columns.id = {meaning = "id"}
// columns.name = {meaning = "name"}
// columns.names = {meaning = "every name it is known by"}
// columns.country = {meaning = "country"}
// columns.latitude = {meaning = "latitude", unit = "degrees"}
// columns.longitude = {meaning = "longitude", unit = "degrees"}
// columns.used = {meaning = "whether anybody is based there or acts for it, or its id is one of all sources"}
MATCH (n:City)
RETURN n.id AS id, n.name AS name, coalesce(n.names, []) AS names, n.country AS country,
  n.latitude AS latitude, n.longitude AS longitude,
  NOT n.id CONTAINS ':' OR COUNT { (n)<-[:BASED_IN]-(:Startup|Investor) } > 0
    OR COUNT { (n)<-[:ACTS_FOR]-(:Investor) } > 0 AS used
ORDER BY id
