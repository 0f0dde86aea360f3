// title = "Which investor is a part of which"
// question = "To whom does each investor belong, and which report says so?"
// tags = ["entities", "groups"]
// columns.part = {meaning = "investor that belongs to another"}
// columns.whole = {meaning = "whom it belongs to"}
// columns.report = {meaning = "address of the report; empty where none is given"}
MATCH (a:Investor)-[p:PART_OF]->(b:Investor)
WITH a.id AS part, b.id AS whole, coalesce(p.report, '') AS url
RETURN part, whole, max(url) AS report
ORDER BY part, whole
