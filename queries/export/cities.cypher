// title = "All cities, with all that starts at them"
// question = "Which cities are held?"
// tags = ["export"]
// params.after = {type = "text", default = "", help = "only those whose id comes after this one"}
// params.page = {type = "integer", default = 20000, help = "how many at most"}
// columns.id = {meaning = "id"}
// columns.node = {meaning = "the node with its properties"}
// columns.relationships = {meaning = "the relationships that start at it, one at most"}
MATCH (n:City)
WHERE n.id > $after
WITH n
ORDER BY n.id
LIMIT $page
OPTIONAL MATCH (n)-[r]->()
WITH n, collect(r) AS relationships
RETURN n.id AS id, n AS node, relationships
ORDER BY id
