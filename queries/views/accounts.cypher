// title = "Accounts of rounds, side by side"
// question = "What does each report say of a round of which there are several accounts, and does it carry another's story?"
// tags = ["views"]
// columns.round = {meaning = "round"}
// columns.report = {meaning = "address of the report"}
// columns.account = {meaning = "key of the account"}
// columns.first = {meaning = "first day on which it may have been announced, as the account has it", unit = "day"}
// columns.last = {meaning = "last day on which it may have been announced", unit = "day"}
// columns.precision = {meaning = "day, month, quarter, half or year"}
// columns.stage = {meaning = "stage"}
// columns.status = {meaning = "closed, talks, planned, filed or withdrawn"}
// columns.amount_min = {meaning = "the round's amount, at least", unit = "own currency"}
// columns.amount_max = {meaning = "the round's amount, at most", unit = "own currency"}
// columns.amount_stated = {meaning = "the round's amount as printed", unit = "own currency"}
// columns.amount_qualifier = {meaning = "what was printed with the amount"}
// columns.currency = {meaning = "currency of the amount"}
// columns.valuation_min = {meaning = "the valuation, at least", unit = "valuation currency"}
// columns.valuation_max = {meaning = "the valuation, at most", unit = "valuation currency"}
// columns.valuation_stated = {meaning = "the valuation as printed", unit = "valuation currency"}
// columns.valuation_currency = {meaning = "currency of the valuation"}
// columns.valuation_basis = {meaning = "post- or pre-money"}
// columns.members = {meaning = "investors that it names", unit = "investors"}
// columns.leads = {meaning = "of these, those that it says led"}
// columns.doubt = {meaning = "fields in which it is known to be wrong"}
// columns.note = {meaning = "what a reader should know"}
// columns.copy = {meaning = "copy: its publisher's name says that the story is another's (via, copy); original: that other's own; empty where nothing tells"}
MATCH (r:FundingRound)<-[s:STATES]-(p:Report)
WHERE size(coalesce(r.accounts, [])) > 1
WITH r, s, p, CASE WHEN p.publisher =~ '(?i)(.*[ (])?(via|copy)([ )].*)?' THEN 'copy'
    WHEN any(other IN [(r)<-[:STATES]-(q:Report) | q.publisher]
      WHERE other STARTS WITH p.publisher + ' via ' OR other = p.publisher + ' copy') THEN 'original'
    ELSE '' END AS copy
RETURN r.id AS round, p.url AS report, s.account AS account,
  s.announced_first AS first, s.announced_last AS last, s.precision AS precision,
  s.stage AS stage, s.status AS status,
  s.amount_min AS amount_min, s.amount_max AS amount_max, s.amount_stated AS amount_stated,
  s.amount_qualifier AS amount_qualifier, s.currency AS currency,
  s.valuation_min AS valuation_min, s.valuation_max AS valuation_max,
  s.valuation_stated AS valuation_stated, s.valuation_currency AS valuation_currency,
  s.valuation_basis AS valuation_basis, size(coalesce(s.members, [])) AS members,
  coalesce(s.leads, []) AS leads, coalesce(s.doubt, []) AS doubt, s.note AS note, copy
ORDER BY round, report, account
