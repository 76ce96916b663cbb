"""The page of a search as a reader has it."""

from tests.registers.reading import parse, words


class Results:
    """The page of a search."""

    def __init__(self, client, query, language=""):
        self.response = client.get(f"{language}/search/?{query}")
        assert self.response.status_code == 200, self.response
        self.root = parse(self.response.content.decode())
        self.entries = self.root.findall(".//li[@class='search-result']")
        self.titles = [words(entry.find("p[@class='entry-title']/a")) for entry in self.entries]
        self.addresses = [entry.find("p[@class='entry-title']/a").get("href") for entry in self.entries]
        self.reasons = [[words(line) for line in entry.findall("p[@class='search-reason']")] for entry in self.entries]
        self.marked = [[words(mark) for mark in entry.iter("mark")] for entry in self.entries]
        self.count = words(self.root.find(".//p[@id='results-count']"))
        self.alerts = [words(element) for element in self.root.findall(".//*[@role='alert']")]

    @property
    def facets(self):
        """``{title: {label: number}}``"""
        found = {}
        for facet in self.root.findall(".//details[@class='facet']"):
            links = facet.findall(".//a[@class='facet-link']")
            found[words(facet.find("summary"))] = {
                words(link.find("span[@class='facet-label']")): int(words(link.find("span[@class='facet-count']")))
                for link in links
            }
        return found

    def link(self, label):
        return next(a.get("href") for a in self.root.find(".//main").iter("a") if words(a).startswith(label))
