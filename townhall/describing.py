"""How the description of the API (OpenAPI) reads our views; named in the settings."""

import inspect

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter


class Schema(AutoSchema):
    """A view says in `input_class` or `asks` what it reads, in `gives` what it answers: {method: serializer}.

    An APIView names its parameters in `questions`; lists have them from their FilterSet.
    What it does stands in its docstring, in Dutch, or in `words`: {method: sentences}.
    """

    def get_description(self):
        words = getattr(self.view, "words", {})
        return str(words.get(self.method, "")) or inspect.getdoc(type(self.view))

    def get_override_parameters(self):
        names = getattr(self.view, "questions", ()) if self.method == "GET" else ()
        return [OpenApiParameter(name, str, description="Zoals op de pagina.") for name in names]

    def get_request_serializer(self):
        if self.method == "GET":
            return super().get_request_serializer()
        return getattr(self.view, "input_class", None) or getattr(self.view, "asks", None)

    def get_response_serializers(self):
        gives = getattr(self.view, "gives", {})
        if self.method in gives or self.method == "DELETE":
            return gives.get(self.method)
        return super().get_response_serializers()
