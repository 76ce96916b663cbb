"""The description of the API at an address of its own: YAML, or JSON for who asks for it."""

from django.utils.translation import get_language
from drf_spectacular import renderers

from .fields import LANGUAGE
from .schema import schema_in
from .views import ApiView


class SchemaView(ApiView):
    # It describes what is answered about records.
    schema = None
    renderer_classes = [
        renderers.OpenApiYamlRenderer,
        renderers.OpenApiYamlRenderer2,
        renderers.OpenApiJsonRenderer,
        renderers.OpenApiJsonRenderer2,
    ]

    def content(self, request):
        self.refuse_all_but(request, [LANGUAGE])
        return schema_in(get_language())
