// title = "All investors, with all that starts at them"
// question = "Which investors are held, what did each fund, and what belongs to each?"
// tags = ["export"]
// params.after = {type = "text", default = "", help = "only those whose id comes after this one"}
// params.page = {type = "integer", default = 20000, help = "how many at most"}
// columns.id = {meaning = "id"}
// columns.node = {meaning = "the node with its properties"}
// columns.relationships = {meaning = "the relationships that start at it, by type and end"}
MATCH (n:Investor)
WHERE n.id > $after
WITH n
ORDER BY n.id
LIMIT $page
OPTIONAL MATCH (n)-[r]->(m)
WITH n, r, m
ORDER BY type(r), m.id, r.since, r.until, r.basis, r.report, r.kind, r.text
WITH n, collect(r) AS relationships
RETURN n.id AS id, n AS node, relationships
ORDER BY id
