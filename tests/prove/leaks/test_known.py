"""What is known in one piece: whatever is left out of a file because of it, the file looks the same as when it is read whole."""

from __future__ import annotations

import json
import random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bulletin.model.artifact import Artifact
from bulletin.prove.leaks.decoding import NOTHING_KNOWN, Known, guises, tags_in
from bulletin.prove.leaks.letters import BETWEEN, SHINGLE, letters_text, normalise, shingles
from bulletin.prove.leaks.lookup import Lookup
from bulletin.prove.leaks.passages import ends_of
from bulletin.prove.leaks.reading import read_texts
from bulletin.prove.leaks.sights import Told, look, look_at_all

_HAN = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
_PIECES = ["，", "。", "7.7%", "024-8601234", "A-3", "“", "”", "3600份", "No.", "编号：", "1997年", "APP", " "]


@st.composite
def passages(draw: st.DrawFn) -> str:
    """A paragraph, mostly Han, of any length that matters."""
    chance = random.Random(draw(st.integers(0, 1 << 30)))
    length = draw(st.integers(1, 220))
    return "".join(chance.choice(_PIECES) if chance.random() < 0.1 else chance.choice(_HAN) for _ in range(length))


def _told(said: list[str], known: Known) -> Told:
    reading = read_texts([BETWEEN.join(said)])
    return Told((Lookup(shingles(reading.letters)),), reading.names, reading.numbers, reading.traces, (), known=known)


def _in_html(chance: random.Random, parts: list[str]) -> str:
    tags = ["<p>", "</p>", "</p>\n<p>", "<b>", "</b>", "\n", "", "<br>", '<a href="../x/">', "<!-- 附记 -->", "&amp;"]
    return "".join(chance.choice(tags) + part for part in parts) + "</p>"


@settings(max_examples=150)
@given(st.lists(passages(), min_size=1, max_size=6), st.lists(passages(), max_size=4), st.integers(0, 1 << 30))
def test_a_file_looks_the_same_as_when_it_is_read_whole(said: list[str], foreign: list[str], seed: int) -> None:
    chance = random.Random(seed)
    known = Known({each: ends for each in said if (ends := ends_of(each))})
    pieces = [*said, *said, *foreign, *(each[chance.randrange(len(each)) :] for each in said)]
    chance.shuffle(pieces)
    files = [
        Artifact("a.html", "text/html", _in_html(chance, pieces).encode()),
        Artifact("a.js", "text/javascript", f"deliver({json.dumps(pieces, ensure_ascii=False)})".encode()),
        Artifact("a.txt", "text/plain", "\n".join(pieces).encode()),
        Artifact("a.bin", "", chance.randbytes(40)),
        Artifact("empty.txt", "text/plain", b""),
    ]
    whole = [look(file, _told(said, NOTHING_KNOWN)) for file in files]
    assert [look(file, _told(said, known)) for file in files] == whole
    assert list(look_at_all(files, _told(said, known))) == whole


def test_much_of_a_passage_is_left_out() -> None:
    chance = random.Random(1)
    text = "".join(chance.choice(_HAN) for _ in range(300))
    ends = ends_of(text)
    assert ends
    assert len(ends) < 70
    assert ends.startswith(text[:24])
    assert ends.endswith(text[-24:])


def test_a_passage_that_is_not_plain_is_read_everywhere() -> None:
    chance = random.Random(2)
    text = "".join(chance.choice(_HAN) for _ in range(200))
    for odd in ("<", "&", "\\", "/", '"', "%u4e00", "%41", "\n", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo"):
        assert not ends_of(f"{text[:100]}{odd}{text[100:]}"), odd
    assert ends_of(f"{text[:100]}7.7%{text[100:]}")


def test_a_tag_that_is_known_says_nothing_more() -> None:
    """But the same words in another tag do."""
    known = Known(tags=tags_in('<p title="阅读工具：字号">'))
    shown = '<p title="阅读工具：字号"><p  title="阅读工具：字号">'
    assert sum("阅读工具" in each for each in guises(shown, known)) == 1
    assert not any("阅读工具" in each for each in guises('<p title="阅读工具：字号">', known))


@example("编", "号：0012")
@given(st.sampled_from(["编", "份", "第", "号", "No."]), st.sampled_from(["号：0012", "0012", "：0012号"]))
def test_no_trace_comes_about_where_the_middle_is_left_out(before: str, after: str) -> None:
    """Whatever stands at the two places that are brought together."""
    chance = random.Random(3)
    filled = "".join(chance.choice(_HAN) for _ in range(60))
    text = f"{filled}{before}{filled}{after}{filled}"
    ends = ends_of(text)
    told = read_texts([text])
    assert not ends or read_texts([ends]).traces <= told.traces
    assert len(letters_text(normalise(ends))) > 2 * SHINGLE or not ends
