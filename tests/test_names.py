"""Spellings of one name meet; names of different firms stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from whofunds.names import fold, spellings, words
from whofunds.pinyin import is_pinyin, without_tones

SAME = [
    (
        "Moonshot AI",
        "moonshot ai",
        "MOONSHOT-AI",
        "MoonshotAI",
        "Moonshot A.I., Inc.",
        "Ｍoonshot AI",
    ),
    ("Mistral AI", "Mistral AI S.A.S.", "Mistral AI SAS", "Ｍistral-ai, sas"),
    ("Société Générale", "Societe Generale S.A.", "SOCIÉTÉ GÉNÉRALE SA"),
    ("Bain", "Bain & Company", "Bain and Company", "Bain & Co."),
    ("Exor", "Exor N.V.", "Exor NV"),
    ("Aleph Alpha", "Aleph Alpha GmbH", "aleph alpha gmbh & co. kg"),
    ("Foo", "Foo Pte. Ltd.", "Foo Private Limited Co", "Foo Sdn. Bhd.", "Foo K.K.", "Foo S.p.A."),
    ("O'Neil Partners", "O’Neil Partners LLP", "ONeil Partners L.L.P."),
    ("智谱", "智譜", "智 谱", "智谱有限公司", "智譜有限責任公司", "智谱股份有限公司"),
    ("北京智谱华章科技", "北京智谱华章科技股份有限公司", "北京智譜華章科技有限公司"),
    ("ソフトバンク", "株式会社ソフトバンク", "ソフトバンク株式会社", "ｿﾌﾄﾊﾞﾝｸ"),
    ("上海某基金", "上海某基金合伙企业(有限合伙)", "上海某基金（有限合伙）"),
    ("AT&T", "ATT", "at & t"),
    ("Canal+", "Canal Plus"),
    ("Straße", "STRASSE"),
]
DIFFERENT = [
    ("智谱科技", "智谱"),
    ("Ant Group", "Ant"),
    ("Sequoia Capital", "Sequoia"),
    ("Fidelity International", "Fidelity"),
    ("Canal+", "Canal"),
    ("ハ", "バ"),
]


@pytest.mark.parametrize("names", SAME, ids=lambda names: names[0])
def test_spellings_of_one_name_fold_alike(names: tuple[str, ...]) -> None:
    assert len({fold(name) for name in names}) == 1


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_different_names_stay_apart(a: str, b: str) -> None:
    assert fold(a) != fold(b)


@pytest.mark.parametrize("name", ["S.A.S.", "Co Ltd", "有限公司", "Limited", "AG"])
def test_a_name_that_is_only_a_legal_form_is_kept(name: str) -> None:
    assert fold(name)


def test_folded_words() -> None:
    assert words("Müller-Lüdenscheidt GmbH & Co. KG") == ("muller", "ludenscheidt")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("智譜AI", {"智谱ai", "zhipuai"}),
        ("重庆", {"重庆", "chongqing", "zhongqing"}),
        ("长鑫存储", {"长鑫存储", "changxincunchu", "zhangxincunchu"}),
        ("吕布", {"吕布", "lvbu", "lubu"}),
        ("Müller", {"muller", "mueller"}),
        ("Moonshot AI", {"moonshotai"}),
        ("!?", set()),
        ("", set()),
    ],
)
def test_spellings(name: str, expected: set[str]) -> None:
    assert spellings(name) == expected


def test_pinyin_meets_a_chinese_name() -> None:
    assert fold("Yue Zhi An Mian") in spellings("月之暗面")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("shanghai", True), ("xian", True), ("beijng", False), ("hill", False), ("bei", False)],
)
def test_what_can_be_pinyin(text: str, expected: bool) -> None:
    assert is_pinyin(text) is expected


def test_in_one_word_a_syllable_in_the_middle_begins_with_a_consonant() -> None:
    assert is_pinyin("tiajin")
    assert not is_pinyin("tiajin", joined=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("yue4 zhi1 an4 mian4", "yue zhi an mian"),
        ("Yue4zhi1", "yue zhi"),
        ("lü4", "lü"),
        ("P7", "P7"),
        ("yue6", "yue6"),
        ("yue4 zhi", "yue4 zhi"),
        ("", ""),
    ],
)
def test_tones_written_as_numbers(text: str, expected: str) -> None:
    assert without_tones(text) == expected


NAMES = st.text() | st.lists(
    st.sampled_from([*"aB é智譜乾公司限有 .&'", "株式会社", "有限公司", " GmbH", " Co.", " S.A."])
).map("".join)


@given(NAMES)
def test_folding_twice_changes_nothing(name: str) -> None:
    assert fold(fold(name)) == fold(name)


@given(NAMES)
def test_case_does_not_matter(name: str) -> None:
    assert fold(name.upper().lower()) == fold(name.upper())


@given(NAMES)
def test_the_folded_name_is_among_its_spellings(name: str) -> None:
    assert spellings(name) >= ({fold(name)} - {""})
