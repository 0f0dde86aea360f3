// title = "What is held"
// question = "How much does the store hold, and as of when are its facts?"
// tags = ["entities"]
// columns.companies = {meaning = "companies"}
// columns.investors = {meaning = "investors"}
// columns.cities = {meaning = "cities"}
// columns.rounds = {meaning = "rounds, each from one account or several"}
// columns.accounts = {meaning = "reports' accounts of rounds"}
// columns.reports = {meaning = "reports"}
// columns.newest_report = {meaning = "date of the newest report", unit = "date"}
MATCH (r:Report)
WITH count(r) AS reports, max(r.published_on) AS newest_report
OPTIONAL MATCH (s:Startup)
WITH reports, newest_report, count(s) AS companies
OPTIONAL MATCH (i:Investor)
WITH reports, newest_report, companies, count(i) AS investors
OPTIONAL MATCH (c:City)
WITH reports, newest_report, companies, investors, count(c) AS cities
OPTIONAL MATCH (f:FundingRound)
WITH reports, newest_report, companies, investors, cities, count(f) AS rounds, sum(size(f.accounts)) AS accounts
RETURN companies, investors, cities, rounds, accounts, reports, newest_report
ORDER BY companies, reports
