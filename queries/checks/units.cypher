// title = "Sums that look like a slip of units"
// question = "In which rounds do accounts differ by about a power of ten, is an amount doubted, above the valuation, or below a single cheque, the greatest factor first?"
// tags = ["checks", "quality"]
// columns.kind = {meaning = "what it is about: round"}
// columns.id = {meaning = "its id"}
// columns.name = {meaning = "its name"}
// columns.detail = {meaning = "what does not fit, and by which factor"}
// columns.reports = {meaning = "addresses of the reports that state it"}
// # Accounts in two currencies are compared at the round's own rate. A sum may exceed a pre-money
// # valuation, so only twice that is listed; 5 % are left to rounding.
MATCH (r:FundingRound)<-[s:STATES]-(p:Report)
WITH r, s, p
ORDER BY p.url, s.account
WITH r, collect(DISTINCT p.url) AS reports,
  count(CASE WHEN 'amount' IN coalesce(s.doubt, []) THEN 1 END) AS doubted,
  collect(CASE WHEN coalesce(s.amount_stated, s.amount_min, s.amount_max) IS NOT NULL THEN {
    figure: toFloat(coalesce(s.amount_stated, s.amount_min, s.amount_max)),
    currency: coalesce(s.currency, ''),
    usd: CASE s.currency WHEN 'USD' THEN 1.0
      WHEN 'CNY' THEN toFloat(coalesce(r.amount_min_usd, r.amount_max_usd)) / coalesce(r.amount_min_cny, r.amount_max_cny)
      WHEN 'EUR' THEN toFloat(coalesce(r.amount_min_usd, r.amount_max_usd)) / coalesce(r.amount_min_eur, r.amount_max_eur)
      END
  } END) AS told
OPTIONAL MATCH (r)<-[v:INVESTED_IN]-(:Investor)
WITH r, reports, doubted, told,
  [x IN told | CASE WHEN x.figure < 1000000 THEN toString(toInteger(x.figure))
    WHEN x.figure < 1000000000 THEN replace(toString(round(x.figure / 10000) / 100) + 'm', '.0m', 'm')
    ELSE replace(toString(round(x.figure / 10000000) / 100) + 'bn', '.0bn', 'bn') END
    + CASE x.currency WHEN '' THEN '' ELSE ' ' + x.currency END] AS words,
  max(CASE WHEN v.currency = r.currency THEN toFloat(v.amount_min) / r.amount_max
    ELSE toFloat(v.amount_min_usd) / r.amount_max_usd END) AS cheque
UNWIND CASE WHEN size(told) = 0 THEN [null] ELSE told END AS a
UNWIND CASE WHEN size(told) = 0 THEN [null] ELSE told END AS b
WITH r, reports, doubted, words, cheque,
  CASE WHEN a.currency = b.currency OR a.currency = '' OR b.currency = '' THEN a.figure / b.figure
    ELSE a.figure * a.usd / (b.figure * b.usd) END AS apart
WITH r, reports, doubted, words, cheque,
  max([t IN [10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000]
    WHERE apart > 0.95 * t AND apart < 1.05 * t][0]) AS tens
WITH r, reports, doubted, words, cheque, tens,
  CASE WHEN r.instrument <> 'equity' THEN null
    WHEN r.currency = r.valuation_currency THEN toFloat(r.amount_min) / r.valuation_max
    ELSE toFloat(r.amount_min_usd) / r.valuation_max_usd END AS dear,
  CASE r.valuation_basis WHEN 'pre' THEN 2 ELSE 1.05 END AS most
WITH r, reports, words, coalesce(tens, 0) AS tens, doubted,
  CASE WHEN dear > most THEN round(dear * 10) / 10 ELSE 0.0 END AS dear,
  CASE WHEN cheque > 1.05 THEN round(cheque * 10) / 10 ELSE 0.0 END AS cheque
WHERE tens > 0 OR doubted > 0 OR dear > 0 OR cheque > 0
WITH r, reports, words, CASE WHEN tens >= dear AND tens >= cheque THEN toFloat(tens)
    WHEN dear >= cheque THEN dear ELSE cheque END AS factor,
  CASE WHEN tens = 0 THEN [] ELSE ['accounts differ ' + toString(tens) + ' times'] END
  + CASE WHEN doubted = 0 THEN [] ELSE ['amount doubted in ' + toString(doubted)
    + CASE doubted WHEN 1 THEN ' account' ELSE ' accounts' END] END
  + CASE WHEN dear = 0 THEN [] ELSE ['sum ' + toString(dear) + ' times the valuation'] END
  + CASE WHEN cheque = 0 THEN [] ELSE ['a cheque ' + toString(cheque) + ' times the round'] END AS why
RETURN 'round' AS kind, r.id AS id, r.name AS name,
  reduce(text = why[0], w IN why[1..] | text + '; ' + w)
    + reduce(text = '', n IN range(0, size(words) - 1) |
      text + CASE WHEN words[n] IN words[0..n] THEN '' WHEN n = 0 THEN ': ' + words[0] ELSE ', ' + words[n] END) AS detail, reports
ORDER BY factor DESC, id
