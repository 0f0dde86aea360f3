// title = "All cohorts"
// question = "Of which cohorts are the companies that are held?"
// tags = ["entities"]
// columns.id = {meaning = "cohort"}
MATCH (n:Startup)
WHERE n.cohort <> ''
RETURN DISTINCT n.cohort AS id
ORDER BY id
