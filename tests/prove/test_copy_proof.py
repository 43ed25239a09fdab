"""The proof of numbered copies: true ones pass, and each way to spoil a run or a single copy is seen."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace

import pikepdf
import pytest

from bulletin.model.copies import CodeKind, CopyMarks
from bulletin.model.press import Colour
from bulletin.model.problem import Span
from bulletin.model.sheets import lay_out, outer_order, page_order
from bulletin.model.stamp import CopyStamp, NumberPlace, PageKind, Stamping
from bulletin.prove.copies import RunFile, SingleFile, prove_alike, prove_single
from bulletin.prove.imposition import prove_parts
from bulletin.prove.stamps import find_number_room, prove_room
from bulletin.render.copies import DigitFace, Stamper, render_run, render_single
from bulletin.render.imposition import impose
from tests.copies import (
    EVERYTHING,
    PLAIN,
    SADDLE,
    Spoiled,
    copy_pages,
    faults_of,
    print_issue,
    references,
    six_pages,
)
from tests.sheets import print_pdf

WHERE = Span("issues/2026-01/issue.yaml")
SIDE_STITCH = replace(SADDLE, name="平订", imposition=SADDLE.imposition.__class__.SIDE, signature_sheets=1)
PRESS = replace(PLAIN, name="印刷厂", colour=Colour.CMYK, crop_marks=True)
MARKS = [
    CopyMarks(),
    CopyMarks(code=CodeKind.QR),
    CopyMarks(code=CodeKind.DATAMATRIX),
    CopyMarks(every_page=True),
    CopyMarks(tracing=True),
    EVERYTHING,
]


@pytest.mark.parametrize("profile", [PLAIN, SADDLE, SIDE_STITCH, PRESS], ids=lambda profile: profile.name)
@pytest.mark.parametrize("marks", MARKS, ids=lambda marks: marks.names() or "number")
def test_true_runs_pass(profile: object, marks: CopyMarks) -> None:
    assert faults_of(six_pages().run(4, marks, profile)) == []  # type: ignore[arg-type]


@pytest.mark.parametrize("copies", [1, 65, 501])
def test_long_runs_pass(copies: int) -> None:
    """Over a branch of the page tree, and over a slice of what is in memory at a time."""
    assert faults_of(six_pages().run(copies)) == []


Spoil = Callable[[Spoiled, list[list[pikepdf.Object]]], None]


def spoiled(run: RunFile, spoil: Spoil) -> RunFile:
    """The run with objects replaced where they stand."""
    file = Spoiled(run.content)
    sides = len(run.order) // 2 if run.profile.folded else len(run.order)
    spoil(file, copy_pages(file.pdf, sides))
    return replace(run, content=file.finished())


def all_numbers_on_every_copy(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    """What the obvious recipe of a well-known library does (safety, 5.2)."""
    stamps = [copy[0].Contents[3] for copy in copies]
    for copy in copies:
        save, drawn, place, _own, restore = copy[0].Contents
        file.replace(copy[0], Contents=references(save, drawn, place, *stamps, restore))


def a_number_twice(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    save, drawn, place, own, restore = copies[2][0].Contents
    file.replace(copies[2][0], Contents=references(save, drawn, place, own, own, restore))


def every_number_twice(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    """One over the other, which PDFium reads as one."""
    for copy in copies:
        save, drawn, place, own, restore = copy[0].Contents
        file.replace(copy[0], Contents=references(save, drawn, place, own, own, restore))


def no_number(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    file.replace(copies[2][0], Contents=references(copies[2][0].Contents[1]))


def two_copies_changed_over(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    one, other = copies[1][0], copies[2][0]
    ones, others = references(*one.Contents), references(*other.Contents)
    file.replace(one, Contents=others)
    file.replace(other, Contents=ones)


def the_same_number_on_two(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    file.replace(copies[2][0], Contents=references(*copies[1][0].Contents))


def a_page_lost(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    parent = copies[1][0].Parent
    file.replace(parent, Kids=references(*parent.Kids[:-1]))


def a_page_fewer(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    node = copies[1][0].Parent
    file.replace(node, Kids=references(*node.Kids[:-1]), Count=b"5")
    for above in (node.Parent, node.Parent.Parent):
        file.replace(above, Count=b"23")


def a_page_in_place_of_another(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    parent = copies[1][0].Parent
    file.replace(parent, Kids=references(*parent.Kids[:-1], parent.Kids[1]))


def pages_of_two_copies_mixed(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    """A first page that has gone into the copy before it: the number of pages is right."""
    parent = copies[1][0].Parent
    file.replace(parent, Kids=references(copies[2][0], *parent.Kids[1:]))


def other_content_on_a_page(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    file.replace(copies[3][2], Contents=references(*copies[3][4].Contents))


def something_more_on_a_page(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    """Unseen text (rendering mode 3) on the third page of the fourth copy."""
    number = file.reserve()
    file.add_stream(b"q 0 0 0 rg 9 9 9 9 re f Q", number=number)
    file.replace(copies[3][2], Contents=b"[%d 0 R %d 0 R]" % (copies[3][2].Contents[0].objgen[0], number))


def the_sheets_changed(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    """For all copies alike, in what they share."""
    form = next(iter(copies[0][2].Resources.XObject.values()))
    entries = b"".join(
        pikepdf.Name(name).unparse() + b" " + pikepdf.Array([form[name]]).unparse()[2:-2]
        for name in ("/BBox", "/Matrix", "/Resources", "/Subtype", "/Type")
    )
    file.add_stream(form.read_bytes().replace(b" Tj", b" Tj", 1) + b" ", entries, form.objgen[0])


def a_page_of_other_size(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    file.replace(copies[1][3], MediaBox=b"[0 0 595.2756 840]")


def a_remark_on_a_page(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    file.replace(copies[1][3], Annots=b"[<</Type/Annot/Subtype/Text/Rect[0 0 9 9]>>]")


def other_fonts_on_a_page(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    resources = file.add(b"<</XObject<<>>/Font<<>>>>")
    file.replace(copies[1][3], Resources=resources)


def a_label_of_another(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    (leaf,) = file.pdf.Root.PageLabels.Kids
    leaf_body = leaf.unparse(resolved=True).replace(b"(000003-)", b"(000004-)")
    file.add(leaf_body, leaf.objgen[0])


FAULTS: list[tuple[Spoil, str]] = [
    (all_numbers_on_every_copy, "份号 000002 的第 1 页：份号处是“"),
    (a_number_twice, "份号 000003 与第一份不是同样的内容"),
    (every_number_twice, "第一份的第 1 面打了 2 次，应是 1 次"),
    (no_number, "份号 000003 与第一份不是同样的内容"),
    (two_copies_changed_over, "份号 000002 的第 1 页：份号处是“000003”"),
    (the_same_number_on_two, "份号 000003 与第一份不是同样的内容"),
    (a_page_lost, "份号 000002 与第一份不是同样的内容"),
    (a_page_fewer, "打了份号的文件有 23 面，应有 24 面"),
    (a_page_in_place_of_another, "份号 000002 与第一份不是同样的内容"),
    (pages_of_two_copies_mixed, "份号 000002 的第 1 页：份号处是“000003”"),
    (other_content_on_a_page, "份号 000004 与第一份不是同样的内容"),
    (something_more_on_a_page, "份号 000004 与第一份不是同样的内容"),
    (the_sheets_changed, "对象被改动"),
    (a_page_of_other_size, "份号 000002 与第一份不是同样的内容"),
    (a_remark_on_a_page, "份号 000002 与第一份不是同样的内容"),
    (other_fonts_on_a_page, "份号 000002 与第一份不是同样的内容"),
    (a_label_of_another, "份号 000003 的页面标签是“000004-1”"),
]


@pytest.mark.parametrize(("spoil", "said"), FAULTS, ids=lambda each: getattr(each, "__name__", ""))
def test_spoiled_runs_do_not(spoil: Spoil, said: str) -> None:
    found = faults_of(spoiled(six_pages().run(4), spoil))
    assert any(said in each for each in found), found


def odd_pages_of_another(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    """With a number on every page, those of the third copy have that of the first."""
    for page in (2, 4):
        own, first = list(copies[2][page].Contents), list(copies[0][page].Contents)
        file.replace(copies[2][page], Contents=references(*own[:3], first[3], own[4]))


def one_page_of_another(file: Spoiled, copies: list[list[pikepdf.Object]]) -> None:
    own, other = list(copies[2][4].Contents), list(copies[1][4].Contents)
    file.replace(copies[2][4], Contents=references(*own[:3], other[3], own[4]))


@pytest.mark.parametrize("spoil", [odd_pages_of_another, one_page_of_another])
def test_numbers_of_later_pages_that_are_another_copys(spoil: Spoil) -> None:
    found = faults_of(spoiled(six_pages().run(4, CopyMarks(every_page=True)), spoil))
    assert any("份号 000003 与第一份不是同样的内容" in each for each in found), found


class Mistaken(Stamper):
    """A stamper that makes a mistake in one copy."""

    copy = "000003"

    def contents(self, stamp: CopyStamp) -> dict[PageKind, bytes]:
        right = Stamper.contents(self, stamp)
        return self.mistaken(stamp, right) if stamp.number == self.copy else right

    def mistaken(self, stamp: CopyStamp, right: dict[PageKind, bytes]) -> dict[PageKind, bytes]:
        raise NotImplementedError


class Shifted(Mistaken):
    """A tenth of a millimetre to the right."""

    def mistaken(self, stamp: CopyStamp, right: dict[PageKind, bytes]) -> dict[PageKind, bytes]:
        return {kind: b"1 0 0 1 0.28 0 cm\n" + content for kind, content in right.items()}


class FirstShifted(Shifted):
    """All copies alike: it is not enough to compare them with each other."""

    copy = "000001"


class Raised(Mistaken):
    def mistaken(self, stamp: CopyStamp, right: dict[PageKind, bytes]) -> dict[PageKind, bytes]:
        return {kind: b"1 0 0 1 0 0.2 cm\n" + content for kind, content in right.items()}


class Small(Mistaken):
    def mistaken(self, stamp: CopyStamp, right: dict[PageKind, bytes]) -> dict[PageKind, bytes]:
        return {kind: content.replace(b"15.75 Tf", b"15 Tf") for kind, content in right.items()}


class Spaced(Mistaken):
    def mistaken(self, stamp: CopyStamp, right: dict[PageKind, bytes]) -> dict[PageKind, bytes]:
        return {kind: content.replace(b"BT ", b"BT 0.5 Tc ") for kind, content in right.items()}


class NeighboursCode(Mistaken):
    def mistaken(self, stamp: CopyStamp, right: dict[PageKind, bytes]) -> dict[PageKind, bytes]:
        assert stamp.code
        code = replace(stamp.code, number="000004")
        return Stamper.contents(self, replace(stamp, code=code))


class ForgedCode(Mistaken):
    def mistaken(self, stamp: CopyStamp, right: dict[PageKind, bytes]) -> dict[PageKind, bytes]:
        assert stamp.code
        return Stamper.contents(self, replace(stamp, code=replace(stamp.code, check="00000000")))


class TooFaint(Mistaken):
    def mistaken(self, stamp: CopyStamp, right: dict[PageKind, bytes]) -> dict[PageKind, bytes]:
        return {kind: content.replace(b"0.88 0.88 0.88 rg", b"1 1 1 rg") for kind, content in right.items()}


class CodeElsewhere(Mistaken):
    def mistaken(self, stamp: CopyStamp, right: dict[PageKind, bytes]) -> dict[PageKind, bytes]:
        return {kind: content.replace(b" cm\n", b" cm 1 0 0 1 20 0 cm\n") for kind, content in right.items()}


@pytest.mark.parametrize(
    ("stamper", "said"),
    [
        (Shifted, "份号 000003 的第 1 页：份号不在它的位置上"),
        (FirstShifted, "份号 000001 的第 1 页：份号不在它的位置上"),
        (Raised, "份号 000003 的第 1 页：份号不在它的位置上"),
        (Small, "份号 000003 的第 1 页：份号不在它的位置上"),
        (Spaced, "份号 000003 的第 1 页：份号不在它的位置上"),
        (NeighboursCode, "码读出“测试动态 2026-01 000004"),
        (ForgedCode, "2026-01 000003 00000000”，应是“测试动态"),
        (TooFaint, "份号 000003 的第 3 页：码读出“”"),
        (CodeElsewhere, "份号 000003 的第 1 页：码读出"),
    ],
)
@pytest.mark.parametrize("profile", [PLAIN, SADDLE], ids=lambda profile: profile.name)
def test_a_stamp_that_is_wrong_in_one_copy(profile: object, stamper: Callable[..., Stamper], said: str) -> None:
    found = faults_of(six_pages().run(4, EVERYTHING, profile, stamper))  # type: ignore[arg-type]
    assert any(said in each for each in found), found


def test_digits_that_say_others() -> None:
    """A font whose 1 and 2 are changed over, in every copy."""

    def changed_over(stamping: Stamping, digits: DigitFace) -> Stamper:
        codes = list(digits.codes)
        codes[1], codes[2] = codes[2], codes[1]
        return Stamper(stamping, replace(digits, codes=tuple(codes)))

    found = faults_of(six_pages().run(2, stamper=changed_over))
    assert found == ["份号 000001 的第 1 页：份号处是“000002”", "份号 000002 的第 1 页：份号处是“000001”"]


def test_sheets_that_are_not_the_print_pdfs() -> None:
    """A run of sheets that were made of another print PDF, or read in another order, does not pass for one of this."""
    run = six_pages().run(2)
    other = print_issue(body="---\nkind: report\ntitle: 题\norganization: 某县\n---\n\n另一段。\n")
    assert faults_of(replace(run, printed=other.content))
    assert faults_of(replace(run, order=(2, 1, *run.order[2:])))


def test_numbers_in_another_order() -> None:
    run = six_pages().run([1, 2, 3])
    assert faults_of(replace(run, stamps=run.stamps[::-1]))
    assert faults_of(replace(run, stamps=run.stamps[:2])) == ["打了份号的文件有 18 面，应有 12 面"]


@pytest.mark.parametrize("marks", MARKS, ids=lambda marks: marks.names() or "number")
def test_true_single_copies_pass(marks: CopyMarks) -> None:
    one, other = single(7, marks), single(8, marks)
    assert [prove_single(each, WHERE) for each in (one, other)] == [(), ()]
    assert prove_alike(one, other, WHERE) == ()


def single(number: int, marks: CopyMarks = CopyMarks(), stamper: type[Stamper] = Stamper) -> SingleFile:  # noqa: B008
    printed = six_pages()
    (stamp,) = printed.stamps([number])
    stamping = printed.stamping(marks)
    return SingleFile(
        render_single(printed.content, stamp, stamper(stamping, printed.digits)), printed.content, stamp, stamping
    )


def said_of(file: SingleFile) -> list[str]:
    return [str(problem.message) for problem in prove_single(file, WHERE)]


def test_spoiled_single_copies_do_not() -> None:
    right = single(3)
    neighbour = replace(right, content=single(4).content)
    assert said_of(neighbour) == ["份号 000003 的第 1 页：份号处是“000004”"]
    assert said_of(single(3, stamper=Shifted)) == ["份号 000003 的第 1 页：份号不在它的位置上"]
    assert said_of(replace(right, content=right.printed)) == ["份号 000003 的第 1 页：份号处是“”"]
    with pikepdf.open(io.BytesIO(right.content)) as pdf:
        rewritten = io.BytesIO()
        pdf.save(rewritten)
    assert said_of(replace(right, content=rewritten.getvalue())) == ["份号 000003 那一份不是以签发的 print.pdf 开头的"]


def test_single_copies_in_which_more_was_touched() -> None:
    right = single(3)
    file = Spoiled(right.content)
    file.replace(file.pdf.pages[3].obj, Rotate=b"180")
    assert any("对象被改动" in each for each in said_of(replace(right, content=file.finished())))
    file = Spoiled(right.content)
    file.replace(file.pdf.pages[0].obj, Rotate=b"180")
    assert any("打份号时改动了页面" in each for each in said_of(replace(right, content=file.finished())))
    file = Spoiled(right.content)
    page = file.pdf.pages[0].obj
    file.replace(page, Contents=references(*list(page.Contents)[2:]))
    assert any("打份号时改动了页面" in each for each in said_of(replace(right, content=file.finished())))


def test_single_copies_that_differ_in_what_is_read_aloud() -> None:
    """What an artifact shows may differ from copy to copy, and nothing else."""
    one, other = single(1), single(2)
    file = Spoiled(other.content)
    stamp = file.pdf.pages[0].Contents[3]
    file.add_stream(b"BT /Number 9 Tf <0011> Tj ET", number=stamp.objgen[0])
    said = [str(problem.message) for problem in prove_alike(one, replace(other, content=file.finished()), WHERE)]
    assert said
    assert prove_alike(one, other, WHERE) == ()


def test_parts_of_a_package_are_the_whole() -> None:
    printed = six_pages().content
    for profile in (PLAIN, SADDLE, SIDE_STITCH):
        order = page_order(profile, 6, 0)
        sides = lay_out(profile, order)
        outer = impose(printed, lay_out(profile, outer_order(profile, order)), profile)
        inner = impose(printed, sides[2:], profile)
        whole = impose(printed, sides, profile)
        assert prove_parts(whole, [outer, inner], WHERE) == ()
        assert prove_parts(whole, [inner, outer], WHERE)
        assert prove_parts(whole, [outer], WHERE)


def test_where_the_number_goes() -> None:
    text = "BT /F 12 Tf 1 0 0 1 100 700 Tm (No: ) Tj ET BT /F 12 Tf 1 0 0 1 200 700 Tm (next) Tj ET BT /F 9 Tf 1 0 0 1 90 500 Tm (No: 7) Tj ET"
    room = find_number_room(print_pdf([text]), "No:")
    assert room is not None
    assert (room.place.y_pt, room.place.size_pt, room.place.right) == (700, 12, False)
    assert 115 < room.place.x_pt < 125
    assert room.width_pt == pytest.approx(200 - room.place.x_pt, abs=1)
    assert find_number_room(print_pdf([text]), "编号：") is None


def test_room_for_codes_is_room() -> None:
    """A running head over the type area leaves room; a coloured band of the bureau's own template does not."""
    printed = six_pages()
    stamping = printed.stamping(EVERYTHING)
    assert prove_room(printed.content, stamping, WHERE) == ()
    band = "0.9 0.9 0.9 rg 0 0 596 60 re 0 740 596 102 re f"
    said = [
        str(problem.message)
        for problem in prove_room(print_pdf([band, band]), replace(stamping, place=NumberPlace(1, 1, 9)), WHERE)
    ]
    assert said == [
        "第 1 页要印二维码的地方已有内容",
        "第 1 页要印追溯码的地方已有内容",
        "第 2 页要印追溯码的地方已有内容",
    ]


def test_a_run_of_outer_sheets() -> None:
    printed = six_pages()
    for profile in (PLAIN, SADDLE, SIDE_STITCH):
        order = outer_order(profile, page_order(profile, 6, 0))
        sides = lay_out(profile, order)
        sheets, stamping, stamps = (
            impose(printed.content, sides, profile),
            printed.stamping(),
            printed.stamps(range(1, 4)),
        )
        content = render_run(sheets, sides, profile, stamps, Stamper(stamping, printed.digits))
        run = RunFile(content, sheets, printed.content, profile, order, stamps, stamping, complete=False)
        assert faults_of(run) == []
        assert faults_of(replace(run, complete=True))
