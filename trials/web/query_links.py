"""Links that change one thing of a search and keep the rest. The whole query stands in the URL. Pure."""

from django.http import QueryDict


class QueryLinks:
    """path is the page that answers the query; every link starts at the first page again unless it is a page link."""

    def __init__(self, path: str, query: QueryDict) -> None:
        self._path = path
        self._query = query

    def _url(self, query: QueryDict) -> str:
        return f"{self._path}?{query.urlencode()}" if query else self._path

    def _first_page(self) -> QueryDict:
        query = self._query.copy()
        query.pop("page", None)
        return query

    def setting(self, name: str, *values: str) -> str:
        """The search with these values for the parameter, none to leave it out."""
        query = self._first_page()
        if values:
            query.setlist(name, list(values))
        else:
            query.pop(name, None)
        return self._url(query)

    def without(self, name: str, value: str) -> str:
        """The search without one of the parameter's values."""
        return self.setting(name, *(other for other in self._query.getlist(name) if other != value))

    def page(self, number: int) -> str:
        query = self._first_page()
        if number > 1:
            query["page"] = str(number)
        return self._url(query)
