"""Put the house's font into a Word document, so that it looks the same where the font is not installed."""

from typing import Any

from whatworks.pictures.drawing import FONT, FONTS

GUID = "{6F2A3C1E-5B7D-4E90-8A1C-2D3E4F506172}"
"""The key by which ECMA-376 (part 4, section 4.2.5) hides an embedded font; it is no secret."""
OBFUSCATED = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
TABLE = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:fonts xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><w:font w:name="{font}">'
    '<w:altName w:val="Arial"/><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
    "{embedded}</w:font></w:fonts>"
)
KINDS = {"embedRegular": "OpenSans-Regular.ttf", "embedBold": "OpenSans-Bold.ttf"}


def embed_fonts(document: Any) -> None:
    """Embed the regular and the bold font; where Word may not use them, Arial stands in."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml import OxmlElement

    table = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    embedded = ""
    for number, (kind, file) in enumerate(KINDS.items(), start=1):
        name = PackURI(f"/word/fonts/font{number}.odttf")
        part = Part(name, OBFUSCATED, obfuscated((FONTS / file).read_bytes()), document.part.package)
        embedded += f'<w:{kind} r:id="{table.relate_to(part, RELATION)}" w:fontKey="{GUID}"/>'
    table._blob = TABLE.format(font=FONT, embedded=embedded).encode()
    document.settings.element.insert(0, OxmlElement("w:embedTrueTypeFonts"))


def obfuscated(font: bytes) -> bytes:
    """Return a font as Word embeds it: its first 32 bytes crossed with the key, twice over.

    >>> obfuscated(obfuscated(bytes(range(40)))) == bytes(range(40))
    True
    """
    key = bytes.fromhex(GUID.strip("{}").replace("-", ""))[::-1]
    return bytes(one ^ other for one, other in zip(font[:32], key * 2, strict=True)) + font[32:]
