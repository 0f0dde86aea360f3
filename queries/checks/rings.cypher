// title = "Investors that are a part of themselves"
// question = "Which investors belong to themselves through the parents that are stated, the shortest ring first?"
// tags = ["checks", "quality"]
// columns.kind = {meaning = "what it is about: investor"}
// columns.id = {meaning = "its id"}
// columns.name = {meaning = "its name"}
// columns.detail = {meaning = "the ring"}
// columns.reports = {meaning = "addresses of the reports that state it"}
MATCH path = (i:Investor)-[:PART_OF*1..8]->(other:Investor)
WHERE other.id = i.id
WITH i, [n IN nodes(path) | n.name] AS names, [x IN relationships(path) | x.report] AS urls,
  reduce(text = '', n IN nodes(path) | text + n.id + ' ') AS ids,
  reduce(text = '', x IN relationships(path) | text + coalesce(x.report, '') + ' ') AS marks
ORDER BY size(names), ids, marks
WITH i, collect(names)[0] AS names, collect(urls)[0] AS urls
RETURN 'investor' AS kind, i.id AS id, i.name AS name,
  reduce(text = names[0], n IN names[1..] | text + ' is a part of ' + n) AS detail,
  [u IN urls WHERE u IS NOT NULL] AS reports
ORDER BY size(names), id
