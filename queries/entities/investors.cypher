// title = "All investors"
// question = "Which investors are held, and by which names can each be found?"
// tags = ["entities"]
// columns.id = {meaning = "id"}
// columns.name = {meaning = "name"}
// columns.names = {meaning = "every name it is known by"}
MATCH (n:Investor)
RETURN n.id AS id, n.name AS name, n.names AS names
ORDER BY id
