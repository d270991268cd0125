"""Links that change one thing of a search and keep the rest. The whole query stands in the URL. Pure."""

from collections.abc import Mapping, Sequence

from django.http import QueryDict
from django.urls import reverse

PRESENTATION = ("view", "column")  # how the page of results shows a search: nothing that another address takes


class QueryLinks:
    """path is the page that answers the query; every link starts at the first page again unless it is a page link.

    What a form sent blank is left out.
    """

    def __init__(self, path: str, query: QueryDict) -> None:
        self._path = path
        self._query = query

    def _url(self, query: QueryDict) -> str:
        return f"{self._path}?{query.urlencode()}" if query else self._path

    def kept(self, *left_out: str) -> QueryDict:
        """The search without these parameters, the page's number and blanks."""
        query = QueryDict(mutable=True)
        for name, values in self._query.lists():
            if name not in left_out and name != "page" and any(value.strip() for value in values):
                query.setlist(name, values)
        return query

    def changing(self, parameters: Mapping[str, Sequence[str]]) -> str:
        """The search with these values for the parameters, none to leave one out."""
        query = self.kept()
        for name, values in parameters.items():
            if values:
                query.setlist(name, list(values))
            else:
                query.pop(name, None)
        return self._url(query)

    def setting(self, name: str, *values: str) -> str:
        """The search with these values for the parameter, none to leave it out."""
        return self.changing({name: values})

    def without(self, name: str, value: str) -> str:
        """The search without one of the parameter's values."""
        return self.setting(name, *(other for other in self._query.getlist(name) if other != value))

    def page(self, number: int) -> str:
        query = self.kept()
        if number > 1:
            query["page"] = str(number)
        return self._url(query)

    def feed(self) -> str:
        """What changes in this search, which has no pages and an order of its own."""
        return self.elsewhere(reverse("trial-feed"), "page_size", "sort")

    def follow(self) -> str:
        """Where this search can be followed by e-mail."""
        return self.elsewhere(reverse("follow"), "page_size", "sort", "changed_since")

    def shown_as(self, view: str) -> str:
        """The same page of the same results, shown in another way."""
        query = self.kept()
        for name, value in (("page", self._query.get("page", "").strip()), ("view", view)):
            if value:
                query[name] = value
            else:
                query.pop(name, None)
        return self._url(query)

    def afresh(self) -> str:
        """A search for everything, shown in the same way."""
        return self._url(self.kept(*(name for name in self._query if name not in PRESENTATION)))

    def fields(self, *left_out: str) -> list[tuple[str, str]]:
        """The search without these parameters as fields of a form."""
        return [(name, value) for name, values in self.kept(*left_out).lists() for value in dict.fromkeys(values)]

    def elsewhere(self, path: str, *left_out: str) -> str:
        """The same search at another address, without these parameters and how it is shown here."""
        query = self.kept(*left_out, *PRESENTATION)
        return f"{path}?{query.urlencode()}" if query else path
