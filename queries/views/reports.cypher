// title = "Reports"
// question = "Which reports are held, whose are they and of when?"
// tags = ["views"]
// columns.url = {meaning = "address"}
// columns.name = {meaning = "its title"}
// columns.publisher = {meaning = "publisher"}
// columns.published_on = {meaning = "day of publication", unit = "day"}
MATCH (p:Report)
RETURN p.url AS url, p.name AS name, p.publisher AS publisher, p.published_on AS published_on
ORDER BY url
