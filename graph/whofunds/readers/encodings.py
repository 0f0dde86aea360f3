"""In which encoding a file is written: by its byte order mark, as UTF-8, or by how it reads."""

import codecs
import re
from collections.abc import Sequence
from contextlib import suppress
from typing import BinaryIO

from whofunds.errors import InputError
from whofunds.readers.members import BREAKS, Member

HEAD = 1 << 18
_FURTHEST = 64 << 20
_SAMPLE = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = ["gb18030", "cp1252", "latin_1", "big5", "shift_jis", "euc_kr", "cp1251", "cp1250"]
_WESTERN = ("cp1252", "latin_1")
_NOT_CP1252 = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
_MARGIN = 0.02
_MISREAD = re.compile(
    r"[a-zA-Z][а-яА-Я]|[а-яА-Я][a-zA-Z]|[^\W\d_][³¹¿£¯¼¾][^\W\d_]|[£¯][^\W\d_]{3}"
)
_HALF_KANA = re.compile("[｡-ﾟ]")


def encoding_of(member: Member, given: str = "") -> tuple[str, str]:
    """The encoding of a text file, and the text of its beginning.

    A file that is nearly all UTF-8 is UTF-8: what isn't is rejected where it stands. Raises
    InputError where two encodings would both give a plausible text, each another.
    """
    with member.opened(counted=False) as file:
        head = _read(file)
        if given:
            try:
                codecs.lookup(given)
            except LookupError:
                raise InputError(
                    f"{member.label}: no encoding is called {given!r}; utf-8 or gb18030 is one"
                ) from None
            return given, _decoded(head, given)
        sample, read = head, len(head)
        while sample.isascii() and read < _FURTHEST and (more := _read(file)):
            sample, read = more, read + len(more)
    encoding = next((e for mark, e in _MARKS if head.startswith(mark)), "") or _wide(head)
    encoding = encoding or _judged(member.label, sample)
    return encoding, _decoded(head, encoding)


def begin(member: Member) -> bytes:
    """The first bytes of a file, as far as they can be read."""
    with member.opened(counted=False) as file:
        return _read(file)


def _read(file: BinaryIO) -> bytes:
    """The next bytes: what stands before a break is to be read."""
    read = bytearray()
    with suppress(*BREAKS):
        while len(read) < HEAD and (more := file.read1(HEAD - len(read))):  # type: ignore[attr-defined]
            read += more
    return bytes(read)


def _decoded(head: bytes, encoding: str) -> str:
    return codecs.getincrementaldecoder(encoding)("surrogateescape").decode(head)


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: every other byte of ASCII is NUL."""
    pairs = len(head) // 2
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if pairs and zeros.count(0) > pairs * 0.3 and head.count(0) < pairs * 1.1:
            return encoding
    return ""


def _judged(label: str, sample: bytes) -> str:
    text = codecs.getincrementaldecoder("utf-8")("surrogateescape").decode(sample)
    if text.isascii():
        return "utf-8"
    bad = sum("\udc80" <= c <= "\udcff" for c in text)
    if 3 * bad <= sum(c > "\x7f" for c in text) - bad:
        return "utf-8"
    from charset_normalizer import from_bytes

    whole = sample.splitlines()
    whole = whole[:-1] if len(sample) >= HEAD and len(whole) > 1 else whole
    lines = b"\n".join(line for line in whole if not line.isascii())[:_SAMPLE]
    found = from_bytes(lines, cp_isolation=_OTHERS, threshold=0.5)
    likely = sorted(
        (m.chaos - m.coherence / 5, _widest(m.could_be_from_charset, sample), str(m))
        for m in found
        if _likely(str(m))
    )
    if not likely:
        raise InputError(f"{label}: its encoding can't be told; say which with encoding=")
    if any(one[1] in _WESTERN for one in likely):  # Czech letters look like French ones
        likely = [one for one in likely if one[1] != "cp1250"]
    best = likely[0]
    for other in likely[1:]:
        if other[0] - best[0] < _MARGIN and other[2] != best[2]:
            raise InputError(
                f"{label}: {best[1]} ({_shown(best[2])}) or {other[1]} ({_shown(other[2])})? "
                "Say which with encoding="
            )
    return best[1]


def _widest(encodings: Sequence[str], sample: bytes) -> str:
    """The one in widest use of encodings that read a sample alike."""
    if any(e in _WESTERN for e in encodings):
        return "latin_1" if _NOT_CP1252 & {*sample} else "cp1252"
    return encodings[0]


def _likely(text: str) -> bool:
    """Whether no word mixes scripts or holds a sign, and few kana are of half width."""
    if _MISREAD.search(text):
        return False
    return 3 * len(_HALF_KANA.findall(text)) <= sum(c > "\x7f" for c in text)


def _shown(text: str) -> str:
    words = re.findall(r"[^\x00-\x7f]\S*|\S*[^\x00-\x7f]\S*", text)
    return repr(words[0][:20]) if words else ""
