// title = "City funds: same city, another, or can't be told"
// question = "When each city's funds took part in rounds, was the company's seat in the fund's city, in another, or can't that be told, and why?"
// tags = ["cities", "funds", "coverage"]
// related = ["cities/city-funds", "cities/local-conditions", "cities/capital"]
// examples = ["whofunds query cities/same-city", "whofunds query cities/same-city cohort=llm-2023"]
// params.cohort = {type = "cohort", default = "", help = "companies of one cohort only, such as llm-2023; all when empty"}
// params.as_of = {type = "date", default = "9999-12-31", help = "count what had certainly happened by this day"}
// columns.city = {meaning = "the city that the funds act for, themselves or through what they are part of; empty where no report says", table = "never"}
// columns.city_name = {meaning = "its name"}
// columns.funds = {meaning = "its city funds that took part, in our data, at least", unit = "funds"}
// columns.companies = {meaning = "companies in whose rounds they took part", unit = "companies"}
// columns.rounds = {meaning = "closed rounds with money to these companies (equity, debt, mixed, grants) that we hold and in which one of the funds took part", unit = "rounds"}
// columns.parts = {meaning = "participations: a fund in a round; no money, and the base of the next four", unit = "participations"}
// columns.same_city = {meaning = "of these, with the company's seat in the fund's city at the round's date; says nothing of a condition", unit = "participations"}
// columns.other_city = {meaning = "of these, with the seat in another city", unit = "participations"}
// columns.no_city = {meaning = "of these, can't be told: the fund's city is not known", unit = "participations", table = "filled"}
// columns.no_seat = {meaning = "of these, can't be told: the company's seat at the date is not known, or it had several of which one is in the city", unit = "participations", table = "filled"}
// columns.local = {meaning = "companies with the seat in the city, by name", table = "filled"}
// columns.elsewhere = {meaning = "companies with the seat in another city, by name"}
// columns.of_rounds = {meaning = "coverage: all closed rounds with money to companies (of the cohort) that we hold", unit = "rounds", table = "never"}
// columns.rounds_named = {meaning = "coverage: of these, rounds that name any investor", unit = "rounds", table = "never"}
// columns.disputed = {meaning = "of the participations, those that are disputed or whose round's accounts differ", unit = "participations", table = "filled"}
// columns.possible = {meaning = "participations left out: the round may have closed only after as_of", unit = "participations", table = "filled"}
// columns.reports = {meaning = "addresses of the reports on the participations"}
OPTIONAL MATCH (c:Startup)<-[:FUNDS]-(q:FundingRound)
WHERE q.status = 'closed' AND q.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND coalesce(q.announced_last, '9999-12-31') <= $as_of AND ($cohort = '' OR c.cohort = $cohort)
OPTIONAL MATCH (q)<-[:INVESTED_IN]-(j:Investor)
WITH count(DISTINCT q.id) AS of_rounds, count(DISTINCT CASE WHEN j IS NOT NULL THEN q.id END) AS rounds_named
MATCH (s:CapitalSource {id: 'city-fund'})<-[k:IS_A]-(i:Investor)-[v:INVESTED_IN]->(r:FundingRound)-[:FUNDS]->(c:Startup)
WHERE r.status = 'closed' AND r.instrument IN ['equity', 'debt', 'mixed', 'grant']
  AND ($cohort = '' OR c.cohort = $cohort)
  AND coalesce(r.announced_first, '') <= $as_of
  AND coalesce(k.since, '') <= coalesce(r.announced_last, '9999-12-31')
  AND coalesce(k.until, '9999-12-31') >= coalesce(r.announced_first, '')
WITH DISTINCT of_rounds, rounds_named, i, v, r, c,
  coalesce(r.announced_first, '') AS first, coalesce(r.announced_last, '9999-12-31') AS last
OPTIONAL MATCH up = (i)-[:PART_OF*0..8]->(:Investor)-[:ACTS_FOR]->(t:City)
WHERE all(x IN relationships(up) WHERE
  coalesce(x.since, '') <= last AND coalesce(x.until, '9999-12-31') >= first)
WITH of_rounds, rounds_named, i, v, r, c, first, last, t, min(length(up)) AS steps
ORDER BY steps, t.id
WITH of_rounds, rounds_named, i, v, r, c, first, last, collect(t)[0] AS t
OPTIONAL MATCH (c)-[b:BASED_IN]->(h:City)
WHERE coalesce(b.since, '') <= last AND coalesce(b.until, '9999-12-31') >= first
WITH of_rounds, rounds_named, i, v, r, c, t, last <= $as_of AS counts,
  count(DISTINCT h.id) AS seats, count(DISTINCT CASE WHEN h.id = t.id THEN h.id END) AS here
WITH of_rounds, rounds_named, i, v, r, c, t, counts,
  CASE WHEN t IS NULL THEN 'no city' WHEN seats = 0 THEN 'no seat' WHEN here = seats THEN 'same'
    WHEN here = 0 THEN 'other' ELSE 'no seat' END AS place
ORDER BY c.name, c.id
WITH of_rounds, rounds_named, t,
  count(DISTINCT CASE WHEN counts THEN i.id END) AS funds,
  count(DISTINCT CASE WHEN counts THEN c.id END) AS companies,
  count(DISTINCT CASE WHEN counts THEN r.id END) AS rounds,
  count(CASE WHEN counts THEN 1 END) AS parts,
  count(CASE WHEN counts AND place = 'same' THEN 1 END) AS same_city,
  count(CASE WHEN counts AND place = 'other' THEN 1 END) AS other_city,
  count(CASE WHEN counts AND place = 'no city' THEN 1 END) AS no_city,
  count(CASE WHEN counts AND place = 'no seat' THEN 1 END) AS no_seat,
  collect(DISTINCT CASE WHEN counts AND place = 'same' THEN c.name END) AS local,
  collect(DISTINCT CASE WHEN counts AND place = 'other' THEN c.name END) AS elsewhere,
  count(CASE WHEN counts AND (v.disputed OR size(coalesce(r.disputed, [])) > 0) THEN 1 END) AS disputed,
  count(CASE WHEN NOT counts THEN 1 END) AS possible,
  collect(CASE WHEN counts THEN coalesce(v.reports, []) ELSE [] END) AS lists
WITH *, reduce(found = [], one IN lists | found + one) AS urls
UNWIND CASE WHEN size(urls) = 0 THEN [null] ELSE urls END AS url
WITH of_rounds, rounds_named, t, funds, companies, rounds, parts, same_city, other_city, no_city, no_seat,
  local, elsewhere, disputed, possible, url
ORDER BY url
WITH of_rounds, rounds_named, t, funds, companies, rounds, parts, same_city, other_city, no_city, no_seat,
  local, elsewhere, disputed, possible, collect(DISTINCT url) AS reports
RETURN t.id AS city, t.name AS city_name, funds, companies, rounds, parts, same_city, other_city,
  no_city, no_seat, local, elsewhere, of_rounds, rounds_named, disputed, possible, reports
ORDER BY parts DESC, coalesce(t.id, '')
