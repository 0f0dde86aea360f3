"""What each convention makes of a text about money."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from whofunds.money import Money, parse_money
from whofunds.schema import QUALIFIERS


def cases(table: str) -> list[tuple[str, ...]]:
    """Cases of `text | expected ...`, parted by `  ;  ` or lines."""
    parts = (part for line in table.strip().splitlines() for part in line.split("  ;  "))
    return [tuple(cell.strip() for cell in part.split("|")) for part in parts]


def read(text: str) -> tuple[object, ...]:
    m = parse_money(text)
    return m.min, m.max, m.stated, m.currency, m.qualifier


def n(text: str) -> int | float:
    value = Decimal(text.replace("_", ""))
    return int(value) if value == int(value) else float(value)


EXACT = """
    a $1,234 million round | 1_234_000_000 | USD  ;  Rs. 2,000 crore | 20_000_000_000 | INR
    12,3 Mio. $ | 12_300_000 | USD  ;  一百二十亿元 | 12_000_000_000 | CNY
    $1.2bn | 1_200_000_000 | USD  ;  US$ 300 million | 300_000_000 | USD
    1,5 Md€ | 1_500_000_000 | EUR  ;  ¥1,000,000 | 1_000_000 |  ;  ￥10亿 | 1_000_000_000 |
    ¥10亿元 | 1_000_000_000 | CNY  ;  100億円 | 10_000_000_000 | JPY
    1,000万日元 | 10_000_000 | JPY  ;  ₹50 crore | 500_000_000 | INR
    Rs 1,50,00,000 | 15_000_000 | INR  ;  Rs. 5 lakh | 500_000 | INR
    1.5E+09 | 1_500_000_000 |  ;  1e9 | 1_000_000_000 |  ;  1 000 000 € | 1_000_000 | EUR
    1 000 000 USD | 1_000_000 | USD  ;  １０亿元 | 1_000_000_000 | CNY
    $10 million (about 70 million yuan) | 10_000_000 | USD
    10亿元人民币（约合1.4亿美元） | 1_000_000_000 | CNY  ;  €600M (~$640M) | 600_000_000 | EUR
    total $5 million | 5_000_000 | USD  ;  NT$3 billion | 3_000_000_000 | TWD
    C$20M | 20_000_000 | CAD  ;  A$15m | 15_000_000 | AUD  ;  S$3.5m | 3_500_000 | SGD
    HK$ 1.2 billion | 1_200_000_000 | HKD  ;  港元5亿 | 500_000_000 | HKD
    新台币3亿元 | 300_000_000 | TWD  ;  1亿2000万元 | 120_000_000 | CNY
    1万亿元 | 1_000_000_000_000 | CNY  ;  2兆 | 2_000_000_000_000 |
    一亿五千万元 | 150_000_000 | CNY  ;  $ 12.5 million Series B | 12_500_000 | USD
    A轮融资1亿元 | 100_000_000 | CNY  ;  10.000.000 € | 10_000_000 | EUR
    1.234 billion | 1_234_000_000 |  ;  5 MUSD | 5_000_000 | USD  ;  EUR 5m | 5_000_000 | EUR
    5m eur | 5_000_000 | EUR  ;  $1 trillion | 1_000_000_000_000 | USD
    a million dollars | 1_000_000 | USD  ;  half a billion dollars | 500_000_000 | USD
    two hundred million | 200_000_000 |  ;  twenty-five million euros | 25_000_000 | EUR
    $5 | 5 | USD  ;  500 (万元) | 5_000_000 | CNY  ;  10亿(美元) | 1_000_000_000 | USD
    1.5个亿 | 150_000_000 |  ;  10亿元,约合1.4亿美元 | 1_000_000_000 | CNY
    10亿元人民币，折合1.4亿美元 | 1_000_000_000 | CNY  ;  €900M / $1bn | 900_000_000 | EUR
    $1bn or €900m | 1_000_000_000 | USD  ;  10亿元约1.4亿美元 | 1_000_000_000 | CNY
    1.2亿 | 120_000_000 |  ;  3000万人民币 | 30_000_000 | CNY
    人民币3000万元 | 30_000_000 | CNY  ;  RMB 300 million | 300_000_000 | CNY
    CNY 2.5bn | 2_500_000_000 | CNY  ;  500 million RMB | 500_000_000 | CNY
    300M yuan | 300_000_000 | CNY  ;  3亿港币 | 300_000_000 | HKD
    两亿美元 | 200_000_000 | USD  ;  一亿两千万元 | 120_000_000 | CNY
    five million dollars | 5_000_000 | USD  ;  three hundred thousand dollars | 300_000 | USD
    ten million | 10_000_000 |  ;  1,2 million d'euros | 1_200_000 | EUR
    12,5 M€ | 12_500_000 | EUR  ;  2 Mds€ | 2_000_000_000 | EUR  ;  1 Md € | 1_000_000_000 | EUR
    300 k€ | 300_000 | EUR  ;  450 K€ | 450_000 | EUR  ;  2,5 Mrd. Euro | 2_500_000_000 | EUR
    eine Milliarde Euro | 1_000_000_000 | EUR  ;  2 Billionen Euro | 2_000_000_000_000 | EUR
    1.500.000 € | 1_500_000 | EUR  ;  1.500.000,00 EUR | 1_500_000 | EUR
    1'500'000 CHF | 1_500_000 | CHF  ;  CHF 1'500'000 | 1_500_000 | CHF
    1 500 000,50 € | 1500000.5 | EUR  ;  US$1,234,567.89 | 1234567.89 | USD
    1,23,45,678 | 12_345_678 |  ;  ₹1,00,00,000 | 10_000_000 | INR
    Rs 1 crore | 10_000_000 | INR  ;  100 Cr | 1_000_000_000 |
    INR 500 lakhs | 50_000_000 | INR  ;  1 lakh crore | 1_000_000_000_000 |
    $10K | 10_000 | USD  ;  $10k | 10_000 | USD  ;  10MM USD | 10_000_000 | USD
    10mn | 10_000_000 |  ;  10 mln euros | 10_000_000 | EUR  ;  $2tn | 2_000_000_000_000 | USD
    1e15 | 1_000_000_000_000_000 |  ;  5E6 USD | 5_000_000 | USD  ;  1.00E+06 | 1_000_000 |
    １，０００，０００ | 1_000_000 |  ;  ５千万 | 50_000_000 |  ;  ￥５０００万 | 50_000_000 |
    ¥500万人民币 | 5_000_000 | CNY  ;  ¥5 billion | 5_000_000_000 |  ;  $ 5 | 5 | USD
    $5-million | 5_000_000 | USD  ;  a $10-million round | 10_000_000 | USD
    a $10 million investment | 10_000_000 | USD  ;  raised $12 million | 12_000_000 | USD
    $12m in Series A funding | 12_000_000 | USD  ;  total of $3.5 billion | 3_500_000_000 | USD
    合计10亿元 | 1_000_000_000 | CNY  ;  共计3亿元 | 300_000_000 | CNY
    累计融资10亿元 | 1_000_000_000 | CNY  ;  获1亿元投资 | 100_000_000 | CNY
    完成2亿元A轮融资 | 200_000_000 | CNY  ;  €10m (approx. $11m) | 10_000_000 | EUR
    $5m (CNY 35m) | 5_000_000 | USD  ;  $10m (Series A) | 10_000_000 | USD
    10亿元（人民币） | 1_000_000_000 | CNY  ;  1000 (thousand) | 1_000_000 |
    1,500 (in thousands) | 1_500_000 |  ;  $500 (millions) | 500_000_000 | USD
    '1000000 | 1_000_000 |  ;  "$5,000,000" | 5_000_000 | USD
    $5,000,000.00 | 5_000_000 | USD  ;  1.0E7 CNY | 10_000_000 | CNY
    100 MILLION DOLLARS | 100_000_000 | USD  ;  US $5m | 5_000_000 | USD
    U.S. $5 million | 5_000_000 | USD  ;  US Dollars 5 million | 5_000_000 | USD
    5 million US dollars | 5_000_000 | USD  ;  AU$5m | 5_000_000 | AUD
    20 million Australian dollars | 20_000_000 | AUD  ;  NZ$3m | 3_000_000 | NZD
    五億圓 | 500_000_000 | CNY  ;  參仟萬元 | 30_000_000 | CNY  ;  3000萬美元 | 30_000_000 | USD
    20億台幣 | 2_000_000_000 | TWD  ;  美金1000万元 | 10_000_000 | USD
    日币10亿元 | 1_000_000_000 | JPY  ;  20000000 | 20_000_000 |  ;  2000 USD | 2_000 | USD
    1 million | 1_000_000 |  ;  1million | 1_000_000 |  ;  1 M | 1_000_000 |
    10b | 10_000_000_000 |  ;  10B | 10_000_000_000 |  ;  10 bn. | 10_000_000_000 |
    5 $ | 5 | USD  ;  $5 m | 5_000_000 | USD  ;  10 億円 | 1_000_000_000 | JPY
    5,50 € | 5.5 | EUR  ;  0.5 million | 500_000 |  ;  .5 million | 500_000 |
    0,5 Mio. € | 500_000 | EUR  ;  1.125亿元 | 112_500_000 | CNY  ;  1.125 bn | 1_125_000_000 |
    1,125 million | 1_125_000_000 |  ;  1亿零500万 | 105_000_000 |
    12亿3456万 | 1_234_560_000 |  ;  3个亿 | 300_000_000 |
    deux cents millions d'euros | 200_000_000 | EUR  ;  Total: $5m | 5_000_000 | USD
    人民币壹亿元整 | 100_000_000 | CNY  ;  5 500 | 5_500 |
    2,5 milliards de dollars | 2_500_000_000 | USD  ;  10 M$ US | 10_000_000 | USD
    10 000 000 000 € | 10_000_000_000 | EUR
"""

ABOUT = """
    une dizaine de millions d'euros | 10_000_000 | EUR  ;  environ 105 M€ | 105_000_000 | EUR
    rund 500 Mio. Euro | 500_000_000 | EUR  ;  3亿元左右 | 300_000_000 | CNY
    ~$5m | 5_000_000 | USD  ;  c. £3m | 3_000_000 | GBP
    une centaine de millions de dollars | 100_000_000 | USD
    $100 million (est.) | 100_000_000 | USD  ;  約100億円 | 10_000_000_000 | JPY
    ca. $5m | 5_000_000 | USD
"""

AT_LEAST = """
    over $1bn | 1_000_000_000 | USD  ;  more than 500 million yuan | 500_000_000 | CNY
    超10亿元 | 1_000_000_000 | CNY  ;  逾3亿美元 | 300_000_000 | USD
    过亿元 | 100_000_000 | CNY  ;  上亿元 | 100_000_000 | CNY  ;  10余亿元 | 1_000_000_000 | CNY
    20多亿 | 2_000_000_000 |  ;  plus de 1,2 milliard d'euros | 1_200_000_000 | EUR
    mehr als 1,5 Mrd. € | 1_500_000_000 | EUR  ;  $5M+ | 5_000_000 | USD
    $100M-plus | 100_000_000 | USD  ;  $100 million plus | 100_000_000 | USD
    100+ million dollars | 100_000_000 | USD  ;  10亿元以上 | 1_000_000_000 | CNY
    累计超100亿元 | 10_000_000_000 | CNY  ;  >€10m | 10_000_000 | EUR
    上百万美元 | 1_000_000 | USD  ;  超千万元 | 10_000_000 | CNY  ;  上千万元 | 10_000_000 | CNY
    超过10亿美元 | 1_000_000_000 | USD  ;  不少于1亿元 | 100_000_000 | CNY
    至少3000万美元 | 30_000_000 | USD  ;  1亿多元 | 100_000_000 | CNY
    1亿余元 | 100_000_000 | CNY  ;  3000余万元 | 30_000_000 | CNY  ;  一百多万 | 1_000_000 |
    au moins 50 M€ | 50_000_000 | EUR  ;  über 200 Millionen Euro | 200_000_000 | EUR
    融资额超1亿元 | 100_000_000 | CNY
    亿元以上 | 100_000_000 | CNY  ;  十多亿 | 1_000_000_000 |
    三十多亿元 | 3_000_000_000 | CNY  ;  上10亿元 | 1_000_000_000 | CNY  ;  >=5m | 5_000_000 |
    ≥ 1亿元 | 100_000_000 | CNY  ;  1亿元+ | 100_000_000 | CNY
    10+亿元 | 1_000_000_000 | CNY  ;  100k+ | 100_000 |  ;  $1M-plus round | 1_000_000 | USD
    $100 million or more | 100_000_000 | USD  ;  逾3億港元 | 300_000_000 | HKD
    100億円超 | 10_000_000_000 | JPY  ;  over a hundred million | 100_000_000 |
"""

AT_MOST = """
    最高可达10亿元 | 1_000_000_000 | CNY  ;  fast 10 Millionen Euro | 10_000_000 | EUR
    近10亿元 | 1_000_000_000 | CNY  ;  近亿元 | 100_000_000 | CNY
    près de 2 milliards d'euros | 2_000_000_000 | EUR
    jusqu'à 300 millions d’euros | 300_000_000 | EUR  ;  5亿元以内 | 500_000_000 | CNY
    不超过2亿元 | 200_000_000 | CNY  ;  最高5000万美元 | 50_000_000 | USD
    up to $40bn | 40_000_000_000 | USD  ;  as much as US$1 billion | 1_000_000_000 | USD
    nearly 100 million | 100_000_000 |  ;  近千万美元 | 10_000_000 | USD
    近百亿元 | 10_000_000_000 | CNY  ;  近十亿元 | 1_000_000_000 | CNY
    不到5亿元 | 500_000_000 | CNY  ;  将近2亿元 | 200_000_000 | CNY
    接近5亿美元 | 500_000_000 | USD  ;  moins de 10 M€ | 10_000_000 | EUR
    knapp 1 Mrd. Euro | 1_000_000_000 | EUR  ;  bis zu 50 Mio. € | 50_000_000 | EUR
    weniger als 5 Mio EUR | 5_000_000 | EUR  ;  <$10M | 10_000_000 | USD
    近亿元Pre-A轮融资 | 100_000_000 | CNY
"""

RANGE = """
    好几亿元 | 200_000_000 | 999_999_999 | CNY  ;  一到两亿元 | 100_000_000 | 200_000_000 | CNY
    数亿元人民币 | 200_000_000 | 999_999_999 | CNY  ;  千万元级 | 10_000_000 | 99_999_999 | CNY
    亿级 | 100_000_000 | 999_999_999 |  ;  数千万元 | 20_000_000 | 99_999_999 | CNY
    十几亿元 | 1_100_000_000 | 1_999_999_999 | CNY
    两三亿元 | 200_000_000 | 300_000_000 | CNY  ;  七八千万美元 | 70_000_000 | 80_000_000 | USD
    1.5亿-2亿元 | 150_000_000 | 200_000_000 | CNY
    5000万-1亿元 | 50_000_000 | 100_000_000 | CNY  ;  1-2亿元 | 100_000_000 | 200_000_000 | CNY
    $10-15 million | 10_000_000 | 15_000_000 | USD  ;  $1m to $2m | 1_000_000 | 2_000_000 | USD
    between $1 and $2 billion | 1_000_000_000 | 2_000_000_000 | USD
    several million dollars | 2_000_000 | 9_999_999 | USD
    tens of millions of dollars | 20_000_000 | 99_999_999 | USD
    hundreds of millions of yuan | 200_000_000 | 999_999_999 | CNY
    plusieurs millions d'euros | 2_000_000 | 9_999_999 | EUR
    quelques centaines de millions d'euros | 200_000_000 | 999_999_999 | EUR
    zweistelliger Millionenbetrag | 10_000_000 | 99_999_999 |
    eight-figure sum | 10_000_000 | 99_999_999 |  ;  九位数 | 100_000_000 | 999_999_999 |
    $200 million-$300 million | 200_000_000 | 300_000_000 | USD
    百万级 | 1_000_000 | 9_999_999 |  ;  数百亿元 | 20_000_000_000 | 99_999_999_999 | CNY
    数百万元 | 2_000_000 | 9_999_999 | CNY  ;  几千万元 | 20_000_000 | 99_999_999 | CNY
    几亿元 | 200_000_000 | 999_999_999 | CNY  ;  数十万美元 | 200_000 | 999_999 | USD
    a few million euros | 2_000_000 | 9_999_999 | EUR
    several hundred million dollars | 200_000_000 | 999_999_999 | USD
    hundreds of thousands of dollars | 200_000 | 999_999 | USD
    tens of thousands | 20_000 | 99_999 |  ;  thousands of dollars | 2_000 | 9_999 | USD
    seven-figure | 1_000_000 | 9_999_999 |  ;  six figure sum | 100_000 | 999_999 |
    9-figure | 100_000_000 | 999_999_999 |  ;  siebenstelliger Betrag | 1_000_000 | 9_999_999 |
    achtstellige Summe | 10_000_000 | 99_999_999 |
    dreistelliger Millionenbetrag | 100_000_000 | 999_999_999 |
    une somme à sept chiffres | 1_000_000 | 9_999_999 |
    des dizaines de millions d'euros | 20_000_000 | 99_999_999 | EUR
    plusieurs milliards de dollars | 2_000_000_000 | 9_999_999_999 | USD
    around $10-20 million | 10_000_000 | 20_000_000 | USD
    between $500,000 and $1 million | 500_000 | 1_000_000 | USD
    $500,000 - $1 million | 500_000 | 1_000_000 | USD
    500-600 million | 500_000_000 | 600_000_000 |
    1 billion to 1.5 billion yuan | 1_000_000_000 | 1_500_000_000 | CNY
    $1m-2 | 1_000_000 | 2_000_000 | USD
    three to five million dollars | 3_000_000 | 5_000_000 | USD
    3至5亿元 | 300_000_000 | 500_000_000 | CNY  ;  三到五千万元 | 30_000_000 | 50_000_000 | CNY
    5-8千万 | 50_000_000 | 80_000_000 |  ;  十到十五亿元 | 1_000_000_000 | 1_500_000_000 | CNY
    3亿元至5亿元 | 300_000_000 | 500_000_000 | CNY  ;  3~5亿元 | 300_000_000 | 500_000_000 | CNY
    从3亿到5亿元 | 300_000_000 | 500_000_000 | CNY
    介于3亿和5亿元之间 | 300_000_000 | 500_000_000 | CNY
    entre 10 et 20 millions d'euros | 10_000_000 | 20_000_000 | EUR
    de 10 à 20 millions d'euros | 10_000_000 | 20_000_000 | EUR
    zwischen 10 und 20 Mio. Euro | 10_000_000 | 20_000_000 | EUR
    10 bis 20 Millionen Euro | 10_000_000 | 20_000_000 | EUR
    10 à 15 M€ | 10_000_000 | 15_000_000 | EUR  ;  约数亿元 | 200_000_000 | 999_999_999 | CNY
    数亿元级 | 200_000_000 | 999_999_999 | CNY
    10亿元级 | 1_000_000_000 | 9_999_999_999 | CNY
    亿元级别 | 100_000_000 | 999_999_999 | CNY
    十亿美元级 | 1_000_000_000 | 9_999_999_999 | USD
    五六百万元 | 5_000_000 | 6_000_000 | CNY  ;  一两千万 | 10_000_000 | 20_000_000 |
    十七八亿 | 1_700_000_000 | 1_800_000_000 |  ;  二十几亿 | 2_100_000_000 | 2_999_999_999 |
    几个亿 | 200_000_000 | 999_999_999 |  ;  one to two million | 1_000_000 | 2_000_000 |
    5000万到1亿 | 50_000_000 | 100_000_000 |  ;  约1-2亿元 | 100_000_000 | 200_000_000 | CNY
    B+轮数千万元 | 20_000_000 | 99_999_999 | CNY  ;  US$10-15M | 10_000_000 | 15_000_000 | USD
"""

UNDISCLOSED = """
    undisclosed  ;  n/a  ;  —  ;  未披露  ;  non communiqué  ;  nicht bekannt
    (undisclosed)  ;  undisclosed amount  ;  金额未披露  ;  未披露金额  ;  Amount not disclosed
    montant non communiqué  ;  keine Angabe  ;  n.a.  ;  N.A.  ;  ?  ;  --
"""

ERRORS = {
    "a unit without a number": """
        亿元  ;  千万元  ;  million  ;  亿美元  ;  约亿元  ;  亿元左右  ;  million 5""",
    "no number": """
        円  ;  $  ;  USD  ;  €  ;  5-  ;  1-""",
    "a percentage, not a sum": """
        20%  ;  5 %  ;  10 percent""",
    "a multiple, not a sum": """
        3x  ;  5倍  ;  12倍""",
    "a count, not a sum": """
        1000 shares  ;  500 people  ;  100万股  ;  5000人  ;  3个月  ;  10 deals  ;  5m shares
        10个""",
    "a stage, not a sum": """
        Series A  ;  A轮  ;  Series B  ;  种子轮  ;  天使轮  ;  Pre-A轮  ;  IPO""",
    "may be a date, not a sum": """
        2024-05-01  ;  2024  ;  10.5.2024  ;  12/05/24  ;  2019-2021  ;  20240501  ;  over 2000
        2024.05""",
    "a date, not a sum": """
        May 2024  ;  2024年5月  ;  Q1 2024  ;  5 years  ;  May""",
    "a negative sum": """
        -5 million  ;  $-5  ;  -$5m  ;  −5  ;  -1""",
    "in brackets": """
        ($5m)  ;  (1,000,000)  ;  $(5m)""",
    "a malformed number": """
        1,00  ;  1.2.3  ;  10,000,00 USD  ;  $1,5 million  ;  1,2,3  ;  1,0000  ;  12,34  ;  1.2.3.4
        5,5  ;  €5,5m  ;  5亿5  ;  一亿五  ;  1.2亿3000万""",
    "ambiguous": """
        1.234 Mio. €  ;  三五亿元  ;  €1.125  ;  $1.125  ;  1,125 M€  ;  1,234 Milliarden Euro
        ca $5m  ;  1 billion d'euros  ;  rund 1 Billion Euro  ;  3000万-5000""",
    "not understood": """
        MUSD 5  ;  zero  ;  10 million or 9 million euros  ;  $5m, $6m  ;  low seven-figure sum
        $1.5T  ;  1..5  ;  1/2 million  ;  $-  ;  $ -  ;  $5m (20%)  ;  XYZ 500  ;  $5m per year
        $5m annually  ;  R$ 10 milhões  ;  5 млн  ;  kr 5m  ;  5 francs  ;  $m 5  ;  5$m
        50 cents""",
    "zero": """
        0""",
    "larger than any sum": """
        1e17""",
    "the range runs backwards": """
        10-5 million  ;  $10m-$5m  ;  $500 to 1bn""",
    "a qualifier inside a range": """
        more than $10-20 million""",
    "neither a currency nor a unit": """
        1 to 2  ;  five""",
    "undisclosed, and a figure": """
        undisclosed (over $10m)""",
    "a vague number with an upper end": """
        近数亿元""",
    "a class word that fits no power of ten": """
        5亿级""",
    "a spreadsheet": """
        =SUM(A1)  ;  #VALUE!""",
    "two currencies": """
        USD 5m EUR  ;  $10亿元  ;  €10亿元""",
    "two numbers": """
        $5m €4m  ;  5 2024  ;  5亿元5000万""",
    "a price of one share, not a sum": """
        $17 per share""",
    "a sign that is no plain figure": """
        10²  ;  ½ million  ;  ①亿""",
}


@pytest.mark.parametrize(("text", "figure", "currency"), cases(EXACT))
def test_exact(text: str, figure: str, currency: str) -> None:
    assert read(text) == (n(figure), n(figure), n(figure), currency, "exact")


@pytest.mark.parametrize(("text", "figure", "currency"), cases(ABOUT))
def test_about(text: str, figure: str, currency: str) -> None:
    assert read(text) == (n(figure), n(figure), n(figure), currency, "about")


@pytest.mark.parametrize(("text", "figure", "currency"), cases(AT_LEAST))
def test_at_least(text: str, figure: str, currency: str) -> None:
    assert read(text) == (n(figure), None, n(figure), currency, "at_least")


def test_at_least_a_vague_numeral_states_no_figure() -> None:
    assert read("超数亿元") == (200_000_000, None, None, "CNY", "at_least")


@pytest.mark.parametrize(("text", "figure", "currency"), cases(AT_MOST))
def test_at_most(text: str, figure: str, currency: str) -> None:
    assert read(text) == (None, n(figure), n(figure), currency, "at_most")


@pytest.mark.parametrize(("text", "low", "high", "currency"), cases(RANGE))
def test_range(text: str, low: str, high: str, currency: str) -> None:
    assert read(text) == (n(low), n(high), None, currency, "range")


@pytest.mark.parametrize("text", ["", " ", *(t for (t,) in cases(UNDISCLOSED))])
def test_undisclosed(text: str) -> None:
    assert read(text) == (None, None, None, "", "undisclosed")


@pytest.mark.parametrize(
    ("text", "reason"), [(t, reason) for reason, table in ERRORS.items() for (t,) in cases(table)]
)
def test_error(text: str, reason: str) -> None:
    with pytest.raises(ValueError) as error:
        parse_money(text)
    assert reason in str(error.value)


def test_json_has_one_key_a_field() -> None:
    dumped = TypeAdapter(Money).dump_json(parse_money("over $1bn"))
    assert dumped == (
        b'{"min":1000000000,"max":null,"stated":1000000000,"currency":"USD",'
        b'"qualifier":"at_least","text":"over $1bn"}'
    )


def test_text_is_what_was_printed() -> None:
    assert parse_money(" over $1bn (€0.9bn) ").text == "over $1bn (€0.9bn)"


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (("1000000000", "USD"), (10**9, 10**9, 10**9, "USD", "exact")),
        (("1.5e9", "CNY", "over"), (1_500_000_000, None, 1_500_000_000, "CNY", "at_least")),
        (("1000000", "eur", "nearly"), (None, 10**6, 10**6, "EUR", "at_most")),
        (("1000000", "EUR", "up to"), (None, 10**6, 10**6, "EUR", "at_most")),
        (("1000000", "EUR", "about"), (10**6, 10**6, 10**6, "EUR", "about")),
        (("1000000.5", "EUR", ""), (1000000.5, 1000000.5, 1000000.5, "EUR", "exact")),
        (("200000000..999999999", "CNY"), (200_000_000, 999_999_999, None, "CNY", "range")),
        (("5", "", "at_least"), (5, None, 5, "", "at_least")),
        (("", "USD"), (None, None, None, "", "undisclosed")),
        (("", "USD", "over"), (None, None, None, "", "undisclosed")),
        (("", "", "undisclosed"), (None, None, None, "", "undisclosed")),
    ],
)
def test_columns(columns: tuple[str, ...], expected: tuple[object, ...]) -> None:
    m = Money.of(*columns)
    assert (m.min, m.max, m.stated, m.currency, m.qualifier) == expected


@pytest.mark.parametrize(
    ("columns", "reason"),
    [
        (("5", "XXX"), "unknown currency 'XXX'"),
        (("5", "USD", "maybe"), "unknown qualifier 'maybe'"),
        (("-5", "USD"), "negative"),
        (("0", "USD"), "zero"),
        (("five", "USD"), "not a plain number"),
        (("1,000", "USD"), "not a plain number"),
        (("nan", "USD"), "not a plain number"),
        (("9..1", "USD"), "backwards"),
        (("5", "USD", "range"), "two ends"),
        (("1..2", "USD", "over"), "qualifier on a range"),
        (("5", "USD", "undisclosed"), "and a figure"),
        (("1e30", "USD"), "larger"),
    ],
)
def test_columns_that_are_no_sum(columns: tuple[str, ...], reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Money.of(*columns)


LETTERS = st.sampled_from(
    [*"0123456789.,-+~ $€¥%()亿万千百十两数几余多元级年约近超kmb", "over ", "to "]
)


@given(st.text() | st.lists(LETTERS, max_size=12).map("".join))
def test_any_text_is_a_sum_or_a_value_error(text: str) -> None:
    try:
        m = parse_money(text)
    except ValueError as error:
        assert str(error)
        return
    assert m.qualifier in QUALIFIERS
    assert len(m.currency) in (0, 3)
    assert (m.qualifier == "undisclosed") == (m.min is None and m.max is None)
    if m.min is not None and m.max is not None:
        assert 0 < m.min <= m.max


UNITS = {
    "k": 10**3, " thousand": 10**3, "m": 10**6, " million": 10**6, "bn": 10**9, " billion": 10**9,
    "万": 10**4, "百万": 10**6, "亿": 10**8, "万亿": 10**12,
}  # fmt: skip
WRITTEN = {"$": "USD", "€": "EUR", "HK$": "HKD", "RMB ": "CNY", "£": "GBP", "SGD ": "SGD", "¥": ""}
WORDS = {
    "": "exact", "about ": "about", "over ": "at_least", "at least ": "at_least",
    "nearly ": "at_most", "超": "at_least", "不到": "at_most", "约": "about",
}  # fmt: skip


@given(
    st.decimals("0.1", "999", places=1),
    st.sampled_from(sorted(UNITS)),
    st.sampled_from(sorted(WRITTEN)),
    st.sampled_from(sorted(WORDS)),
)
def test_a_written_sum_reads_back(figure: Decimal, unit: str, sign: str, word: str) -> None:
    value = n(str(figure * UNITS[unit]))
    least = None if WORDS[word] == "at_most" else value
    most = None if WORDS[word] == "at_least" else value
    expected = (least, most, value, WRITTEN[sign], WORDS[word])
    assert read(f"{word}{sign}{figure}{unit}") == expected


@given(st.integers(10_000, 10**15), st.sampled_from(["USD", "CNY", "JPY"]))
def test_separators_do_not_change_a_sum(value: int, currency: str) -> None:
    texts = (
        f"{value} {currency}",
        f"{value:,} {currency}",
        f"{currency} {value:_}".replace("_", " "),
    )
    assert {read(t) for t in texts} == {(value, value, value, currency, "exact")}


@given(st.integers(1, 99), st.integers(1, 99))
def test_bounds_of_a_range_are_ordered(a: int, b: int) -> None:
    if a <= b:
        assert read(f"${a}-{b} million")[:2] == (a * 10**6, b * 10**6)
    else:
        with pytest.raises(ValueError, match="backwards"):
            parse_money(f"${a}-{b} million")
