// title = "All investors"
// question = "Which investors are held, and by which names can each be found?"
// tags = ["entities"]
// params.after = {type = "text", default = "", help = "only those whose id comes after this one"}
// columns.id = {meaning = "id"}
// columns.name = {meaning = "name"}
// columns.names = {meaning = "every name it is known by"}
// columns.former = {meaning = "ids of what was merged into it"}
// columns.ids = {meaning = "identifiers by which sources know it"}
MATCH (n:Investor)
WHERE n.id > $after
RETURN n.id AS id, n.name AS name, n.names AS names, n.former AS former, n.ids AS ids
ORDER BY id
