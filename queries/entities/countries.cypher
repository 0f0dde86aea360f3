// title = "All countries"
// question = "Of which countries are the companies and investors that are held?"
// tags = ["entities"]
// columns.id = {meaning = "country, by ISO code"}
MATCH (n:Startup|Investor)
WHERE n.country <> ''
RETURN DISTINCT n.country AS id
ORDER BY id
