"""The description of the API as a page."""

from drf_spectacular.views import SpectacularSwaggerSplitView


class Docs(SpectacularSwaggerSplitView):
    """The page on which the API can be read and tried; its script is an answer of its own, as the page policy wants."""

    url_name = "api:schema"
    template_name = "rest/docs.html"
    http_method_names = ["get", "head"]
