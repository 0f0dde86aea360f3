// title = "Investors of unknown kind that look state-linked"
// question = "Which investors of unknown kind may be a government's, by a word in a name or because they are state-controlled, those in the most rounds first?"
// tags = ["checks", "quality"]
// columns.kind = {meaning = "what it is about: investor"}
// columns.id = {meaning = "its id"}
// columns.name = {meaning = "its name"}
// columns.detail = {meaning = "the name that looks so, and how many rounds the investor is in"}
// columns.reports = {meaning = "addresses of the reports that name the investor in a round"}
// # The words are those for governments, their parts and their vehicles, never anybody's own name.
// # The first list is of whole words; the second of scripts that put no spaces between words, or
// # whose words take endings. 市 is a city, but not in 上市 (listed) or 市场 (market); 国资 is a state's
// # assets, but not in 英国资本 (a country's capital).
MATCH (s:CapitalSource {id: 'unknown'})<-[:IS_A]-(i:Investor)
WHERE i.state_controlled <> 'no'
WITH DISTINCT i, [n IN [i.name] + coalesce(i.names, []) WHERE
  ' ' + toLower(n) + ' ' =~ ('.*[^a-z]('
    + 'government|govt|sovereign|ministry|treasury|sasac|municipal|municipality|provinc[a-z]+|prefecture'
    + '|state[ -](owned|run|backed|fund|capital|assets?|invest[a-z]+|develop[a-z]+)|(state|republic|kingdom|emirate|canton|county) of'
    + '|(national|public) (fund|wealth|reserve|council|invest[a-z]+|develop[a-z]+)|development bank'
    + '|(city|town|district) (of|fund|council|gov[a-z]*|invest[a-z]+|construct[a-z]+|develop[a-z]+)'
    + '|(hi(gh)?-?tech|development|economic|new) (zone|area|district)|guidance fund|fund of funds'
    + '|industr(y|ial) ([a-z]+ )?fund|industr(y|ial) invest[a-z]+'
    + '|guo[a-z]+ (capital|funds?|innovation|invest[a-z]+|ventures?|holdings?|group|assets?)'
    + '|guozi|guotou|guokong|chengtou|chantou|yindao|zhengfu'
    + '|[ée]tat|gouvernement|r[ée]gion|ville de|m[ée]tropole|minist[èe]re'
    + '|(frei)?staat|staatlich[a-z]*|staatsfonds|bundes[a-z]+|landes[a-z]+|kommunal[a-z]*|stadtwerke|f[öo]rderbank'
    + '|gobierno|estado|ayuntamiento|ministerio|governo|regione|comune di|prefeitura'
    + ')[^a-z].*')
  OR toLower(n) =~ ('.*('
    + '城投|城建|[产產](投|业投资|業投資|业基金|業基金)|引[导導]|母基金|政府|[财財]政|央企|主[权權]基金'
    + '|管委[会會]|[开開][发發][区區]|高新[区區]|新[区區]|自[贸貿][区區]|[经經][开開]|社保|社会保障'
    + '|[省市州县縣区區][级級属屬产產投基国國引发發科创創城政财財]'
    + '|公庫|公社|官民|정부|공사|국부|국책|지방자치'
    + '|государств|правительств|муниципал|министерств|حكومة|حكومي|سيادي|وزارة|सरकार|nhà nước|chính phủ'
    + ').*')
  OR toLower(n) =~ '(.*[^中美英法德韩韓泰俄外各多爱愛])?[国國][资資投有家控库庫].*'
  OR toLower(n) =~ '[国國].*(投资|投資|资本|資本|基金|[创創]|控股|集[团團]).*'] AS marks
WITH i, [n IN marks WHERE NOT n =~ '.*上市[产產投基发發科].*'] AS marks
WHERE size(marks) > 0 OR i.state_controlled = 'yes'
OPTIONAL MATCH (i)-[v:INVESTED_IN]->(r:FundingRound)
UNWIND CASE WHEN size(coalesce(v.reports, [])) = 0 THEN [null] ELSE v.reports END AS url
WITH i, marks, r, url
ORDER BY url
WITH i, marks, count(DISTINCT r.id) AS rounds, collect(DISTINCT url) AS reports
RETURN 'investor' AS kind, i.id AS id, i.name AS name,
  CASE WHEN size(marks) > 0 THEN 'called ' + marks[0] ELSE 'state-controlled' END
    + '; in ' + toString(rounds) + CASE rounds WHEN 1 THEN ' round' ELSE ' rounds' END AS detail,
  reports
ORDER BY rounds DESC, id
