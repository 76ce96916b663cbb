"""Pages as a reader without JavaScript has them: rows, messages, filters, and what pressing Apply asks for."""

import json
import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlencode
from xml.etree import ElementTree

# What is the same in every language: references, addresses, codes, the names of formats, licences and keys.
NEUTRAL = re.compile(
    r"Creative Commons Attribution 4\.0|[A-Z]{3}-\d{4}|[A-Z]{3}(-[A-Z]{3})?|https?://\S+|(?:[\w-]+\.)+[a-z]{2,}\S*|CSV|JSON|XLSX|English"
    r"|/?[a-z]+(-[a-z0-9]+)+/?"
)
LATIN = re.compile(r"[A-Za-zÀ-ɏ]{2,}")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class _Builder(HTMLParser):
    """Builds a tree; a tag that closes another than the last one opened is an error."""

    def __init__(self):
        super().__init__()
        self.tree = ElementTree.TreeBuilder()
        self.open = []

    def handle_starttag(self, tag, attrs):
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.tree.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tree.start(tag, {name: value or "" for name, value in attrs})
        self.tree.end(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, f"</{tag}> at {self.getpos()} closes something else"
        self.tree.end(tag)

    def handle_data(self, data):
        if self.open:
            self.tree.data(data)


def parse(html):
    builder = _Builder()
    builder.feed(html)
    builder.close()
    assert builder.open == []
    return builder.tree.close()


def words(element):
    """The text of an element with single spaces; empty where there is none."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def exported(client, register, query=""):
    """The rows of a list taken away as JSON."""
    return json.loads(b"".join(client.get(f"/{register}.json?{query}").streaming_content))["records"]


def texts(element, language=""):
    """``(text, the language it is said to be in)`` of each text node."""
    language = element.get("lang", language)
    yield from ((text, language) for text in [element.text or ""] if text.strip())
    for child in element:
        if child.tag != "title":  # of a drawing: plain text, which the table beside it says again
            yield from texts(child, language)
        yield from ((text, language) for text in [child.tail or ""] if text.strip())


def unmarked(root, language):
    """The texts in Latin letters that are said to be in the language of the page."""
    body = root.find("body")
    for text, said in texts(body, language):
        if said == language and LATIN.search(NEUTRAL.sub("", text)):
            yield " ".join(text.split())


class ListPage:
    """The page of a register."""

    def __init__(self, response):
        self.address = response.request["PATH_INFO"]
        self.root = parse(response.content.decode())

    def all(self, path):
        return self.root.findall(path)

    @property
    def table(self):
        return self.root.find(".//table[@class='data-table stack']")

    @property
    def rows(self):
        """The permanent names of the records listed, in order."""
        links = self.all(".//th[@class='row-title']/a")
        return [link.get("href").strip("/").split("/")[-1] for link in links]

    @property
    def titles(self):
        return [words(link) for link in self.all(".//th[@class='row-title']/a")]

    @property
    def count(self):
        return words(self.root.find(".//p[@id='results-count']"))

    @property
    def alerts(self):
        return [words(element) for element in self.all(".//*[@role='alert']")]

    def error_of(self, name):
        """What stands beside a filter."""
        return words(self.root.find(f".//*[@id='{name}-error']"))

    @property
    def chips(self):
        """``{(label, value): address that removes it}``"""
        found = {}
        for chip in self.all(".//a[@class='chip']"):
            name, value = (words(chip.find(f"span[@class='chip-{part}']")) for part in ("name", "value"))
            found[name, value] = chip.get("href")
        return found

    @property
    def facets(self):
        """``{parameter: {value: (label, count)}}``"""
        facets = {}
        for label in self.all(".//ul[@class='facet-options']/li/label"):
            box = label.find("input")
            shown = (
                words(label.find("span[@class='facet-label']")),
                int(words(label.find("span[@class='facet-count']"))),
            )
            facets.setdefault(box.get("name"), {})[box.get("value")] = shown
        return facets

    @property
    def fields(self):
        """The names of what a reader can fill in or tick."""
        inputs = self.root.find(".//form[@class='filters']").iter("input")
        return {field.get("name") for field in inputs if field.get("type") != "hidden"}

    @property
    def heads(self):
        """``{label: (address a click leads to, present direction)}`` of the columns that sort."""
        return {
            words(head): (head.find("a").get("href"), head.get("aria-sort"))
            for head in self.all(".//th[@scope='col']")
            if head.find("a") is not None
        }

    def link(self, rel):
        found = self.root.find(f".//a[@rel='{rel}']")
        return found.get("href") if found is not None else None

    def apply(self, *ticks, **typed):
        """The query string that the form sends after ticking ``(name, value)`` boxes and typing into fields."""
        form = self.root.find(".//form[@class='filters']")
        fields = []
        for field in form.iter("input"):
            name, value = field.get("name"), field.get("value", "")
            if field.get("type") == "checkbox":
                if (field.get("checked") is not None) != ((name, value) in ticks):
                    fields.append((name, value))
            else:
                fields.append((name, typed.get(name, value)))
        return urlencode(fields)


def filled(query):
    """The filters that a query string sets, in any order."""
    return sorted((name, value) for name, value in parse_qsl(query.lstrip("?")) if value)
