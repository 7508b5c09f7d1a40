"""A web page gives its paper in order: what leads through the site is taken out and listed."""

from pathlib import Path

from whatworks.records.documents import PARAGRAPH, Document, read_document

MODERNGOV = """<!DOCTYPE html><html lang="en"><head><title>Agenda and minutes</title></head><body>
<a href="#main">Skip to content</a>
<div class="siteHeader"><ul><li><a href="/">Home</a></li><li><a href="/c">Your council</a></li></ul></div>
<div id="breadcrumbTrail">You are here: <a href="/">Home</a> &gt; <a href="/m">Meetings</a></div>
<div class="mgContent"><h1>Agenda and minutes</h1>
<h2 class="mgSubTitleTxt">Anytown Crime Board<br/>Monday, 12th May, 2025 2.00 pm</h2>
<p><span class="mgLabel">Venue: </span>Town Hall</p>
<table class="mgItemTable" summary="Agenda items"><caption>Items</caption><tr><th>No.</th><th>Item</th></tr>
<tr><td class="mgItemNumberCell"><p class="mgAiTitleTxt">1.</p></td><td><p class="mgAiTitleTxt">Apologies</p>
<div class="mgWordPara"><p>To receive apologies.</p></div><p class="mgSubItemTitleTxt">Minutes:</p>
<div class="mgWordPara"><p>Bo Day sent apologies.</p><p>&nbsp;</p></div></td></tr>
<tr><td class="mgItemNumberCell"><p class="mgAiTitleTxt">2.</p></td><td>
<p class="mgAiTitleTxt"><a class="mgAiTitleLnk" href="documents/s1/a.pdf">Knife crime PDF 154 KB</a></p>
<ul class="mgBulletList"><li><a href="documents/s2/b.pdf">Appendix A , item 2. PDF 1.5 MB</a></li></ul>
<p class="mgSubItemTitleTxt">Minutes:</p><div class="mgWordPara"><p>The Board heard from:</p>
<ul><li><a href="mgUserInfo.aspx?UID=3">Ann Lee</a></li><li><a href="mgUserInfo.aspx?UID=4">Cy Fox</a></li></ul>
<p><b>RESOLVED</b> that the pilot go on.</p></div></td></tr></table></div>
<div class="shareLinks"><a href="f">Facebook</a> <a href="t">Twitter</a></div>
<footer>Anytown Council 2025</footer></body>"""

ESCRIBE = """<html><body><div role="banner">Anytown <a href="/">Home</a></div>
<header class="AgendaHeader"><div class="AgendaHeaderTitle">Anytown Police Committee</div>
<div>May 12, 2025</div></header>
<div class="AgendaItems"><div class="AgendaItem"><div class="AgendaItemCounter">1.</div>
<div class="AgendaItemTitle"><a href="#1">Call to order</a></div></div>
<div class="AgendaItem"><div class="AgendaItemCounter">1.1</div><div class="AgendaItemTitle">Minutes</div>
<div class="AgendaItemMotions"><div>Moved by Ann Lee</div><div>That the minutes be adopted.</div>
<div>CARRIED</div></div>
</div></div></body></html>"""

CMIS = """<html><body><form id="aspnetForm">
<div id="dnn_menu"><ul><li><a href="1">Home</a><li><a href="2">CMIS</a></ul></div>
<h1>Meeting details</h1><table role="presentation"><tr><td>Committee</td><td>Anytown Crime Board</td></tr>
<tr><td>Date</td><td>12 May 2025</td></tr></table><table><tr><th>Owner</th><th>Action</th></tr>
<tr><td>Bo Day</td><td>To write<br>to the bank</td></tr></table></form></body></html>"""


def page(path: Path, text: str) -> Document:
    path.write_text(text, encoding="utf-8")
    return read_document(path)


def test_agenda_and_minutes_of_moderngov(tmp_path: Path) -> None:
    document = page(tmp_path / "a.html", MODERNGOV)
    assert [line.text.replace(PARAGRAPH, " ") for line in document.lines] == [
        "Agenda and minutes", "Anytown Crime Board", "Monday, 12th May, 2025 2.00 pm", "Venue: Town Hall",
        "1. Apologies", "To receive apologies.", "Minutes:", "Bo Day sent apologies.",
        "2. Knife crime", "Minutes:", "The Board heard from:", "- Ann Lee", "- Cy Fox",
        "RESOLVED that the pilot go on.",
    ]  # fmt: skip
    assert [one.text for one in document.asides if one.kind == "navigation"] == [
        "Skip to content", "Home Your council", "You are here: Home > Meetings", "Items", "No. Item", "PDF 154 KB",
        "Appendix A , item 2. PDF 1.5 MB", "Facebook Twitter", "Anytown Council 2025",
    ]  # fmt: skip
    assert document.partial is None


def test_minutes_of_escribe(tmp_path: Path) -> None:
    document = page(tmp_path / "a.html", ESCRIBE)
    assert [line.text.replace(PARAGRAPH, " ") for line in document.lines] == [
        "Anytown Police Committee", "May 12, 2025", "1. Call to order", "1.1 Minutes", "Moved by Ann Lee",
        "That the minutes be adopted.", "CARRIED",
    ]  # fmt: skip
    assert [one.text for one in document.asides] == ["Anytown Home"]


def test_page_of_cmis_lies_within_a_form(tmp_path: Path) -> None:
    document = page(tmp_path / "a.html", CMIS)
    assert [line.text.replace(PARAGRAPH, " ") for line in document.lines] == [
        "Meeting details", "Committee", "Anytown Crime Board", "Date", "12 May 2025", "Owner\tAction",
        "Bo Day\tTo write to the bank",
    ]  # fmt: skip
    assert [table.texts() for table in document.tables] == [(("Owner", "Action"), ("Bo Day", "To write to the bank"))]


def test_a_paper_is_kept_whatever_its_elements_are_called(tmp_path: Path) -> None:
    text = (
        '<body class="has-nav"><div id="search-links"><h1>Minutes</h1><p>Ann Lee welcomed all.</p></div><p>End.</body>'
    )
    assert [line.text for line in page(tmp_path / "a.html", text).lines] == ["Minutes", "Ann Lee welcomed all.", "End."]


AGENDA = """<body><form><div class="Banner"><a href="/">CMIS</a></div>
<table><tr><td class="leftnav"><a href="1">Home</a><br>
<a href="2">News</a></td><td><h2>Anytown Crime Board</h2><table><tr><th>Item</th><th>Title</th><th>Papers</th></tr>
<tr><td>1</td><td><p>Van</p><p>The Board agreed to buy one.</p></td>
<td><a href="Document.ashx?x=1">Report.pdf</a></td></tr>
<tr><td>2</td><td><p>Bus</p><p>It was sold.</p></td><td></td></tr></table>
<table><tr><td><table><tr><th>No.</th><th>Action</th><th>Owner</th></tr>
<tr><td>1</td><td><p>Call the bank</p><p>and write to it</p></td><td>Bo Day</td></tr></table></td></tr></table>
</td></tr></table></form></body>"""


def test_items_in_a_table_are_the_page_and_actions_in_one_are_data(tmp_path: Path) -> None:
    document = page(tmp_path / "a.html", AGENDA)
    assert [line.text.replace(PARAGRAPH, " ") for line in document.lines] == [
        "Anytown Crime Board", "1 Van", "The Board agreed to buy one.", "2 Bus", "It was sold.",
        "No.\tAction\tOwner", "1\tCall the bank and write to it\tBo Day",
    ]  # fmt: skip
    assert [one.text for one in document.asides] == ["CMIS", "Home News", "Item Title Papers", "Report.pdf"]
    assert len(document.tables) == 1
