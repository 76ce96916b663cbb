"""A work as templates show it: in the styles that people read, and the files for programs."""

from django import template

from tracker.records.languages import written
from tracker.registers.citing import CITATION_FORMATS, Work
from tracker.registers.citing.styles import apa, chicago
from tracker.registers.export import LICENCE

register = template.Library()
ZOTERO_TYPE = "dataset"
# Names, the same in every language.
STYLES = (("APA", apa), ("Chicago", chicago))


@register.filter
def in_styles(work: Work):
    return [{"name": name, "text": style(work)} for name, style in STYLES]


@register.filter
def in_files(work: Work):
    return [_file(work, each) for each in CITATION_FORMATS]


def _file(work, format):
    return {"label": written(format.label), "url": work.file(format.extension), "type": format.media_type}


@register.filter
def in_metadata(work: Work):
    """What Zotero reads in the head of a page (its translator “Embedded Metadata”): its own name of the type, Dublin
    Core, and PRISM for the version. Title and publisher are those of the citation: all ways lead to the same item."""
    found = {
        "z:itemType": ZOTERO_TYPE,
        "dcterms.title": work.title,
        "dcterms.publisher": work.publisher,
        "dcterms.issued": work.issued,
        "dcterms.identifier": work.number,
        "dcterms.language": work.language,
        "dcterms.rights": LICENCE,
        "prism.edition": work.version,
    }
    return [(name, content) for name, content in found.items() if content]
