"""What a CSV file is, beside it: the metadata of CSV on the Web.

The file itself starts with its header line, as every program expects. Metadata Vocabulary for Tabular Data and Model
for Tabular Data and Metadata on the Web, W3C recommendations of 17 December 2015.
"""

from django.http import JsonResponse

from .formats import json_error
from .register import SEPARATOR, Datatype

CONTENT_TYPE = "application/csvm+json"
# After the address of the file, before its query: where programs look that do not read the header which names it.
ENDING = "-metadata.json"
# As Python writes them.
YES_OR_NO = {"base": "boolean", "format": "True|False"}

refuse = json_error


def link(request):
    """The header ``Link`` of the file, by which programs find the metadata."""
    path, question_mark, query = request.get_full_path().partition("?")
    address = request.build_absolute_uri(path + ENDING + question_mark + query)
    return f'<{address}>; rel="describedby"; type="{CONTENT_TYPE}"'


def described_address(request):
    """The address of the file that the metadata at the address of this request describe: programs pass over those that
    name another."""
    path, question_mark, query = request.get_full_path().partition("?")
    return request.build_absolute_uri(path.removesuffix(ENDING) + question_mark + query)


def answer(opening, licence, title, shape):
    """``opening`` is what JSON has at its head."""
    metadata = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": opening["language"]}],
        "@type": "Table",
        "url": opening["address"],
        "dc:title": str(title),
        "dc:language": opening["language"],
        "dc:license": {"@id": licence},
        "dc:date": {"@value": opening["exported_on"], "@type": "xsd:date"},
        "schema:version": str(opening["data_version"]),
        "schema:query": opening["query"],
        "dialect": {"encoding": "utf-8", "header": True, "delimiter": ",", "quoteChar": '"', "doubleQuote": True},
        "null": "",
        "tableSchema": {
            "columns": [_column(column) for column in shape.columns],
            "primaryKey": shape.key[0] if len(shape.key) == 1 else list(shape.key),
        },
    }
    if any(column.name == "address" for column in shape.columns):
        metadata["tableSchema"]["aboutUrl"] = "{+address}"
    return JsonResponse(metadata, content_type=CONTENT_TYPE, json_dumps_params={"ensure_ascii": False})


def _column(column):
    datatype = YES_OR_NO if column.datatype == Datatype.YES_OR_NO else column.datatype.value
    separator = {"separator": SEPARATOR} if column.is_list else {}
    # Titles are compared with the header line of the file.
    return {"name": column.name, "titles": column.name, "datatype": datatype} | separator
