"""Links that change one thing of a search and keep the rest. The whole query stands in the URL. Pure."""

from collections.abc import Mapping, Sequence

from django.http import QueryDict


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

    def elsewhere(self, path: str, *left_out: str) -> str:
        """The same search at another address, without these parameters."""
        query = self.kept(*left_out)
        return f"{path}?{query.urlencode()}" if query else path
