"""The addresses of the API: they stand once, and say in a parameter which language is asked for."""

from django.urls import path

from ..registers import REGISTERS
from .problems import nothing_there
from .schema_view import SchemaView
from .views import ApiRoot, RecordDetail, RegisterList

urlpatterns = [
    path("v1/", ApiRoot.as_view(), name="api-root"),
    path("schema/", SchemaView.as_view(), name="api-schema"),
]
for register in REGISTERS:
    urlpatterns += [
        path(f"v1/{register.name}/", RegisterList.as_view(register=register), name=f"api-{register.noun}-list"),
        path(
            f"v1/{register.name}/<str:key>/",
            RecordDetail.as_view(register=register),
            name=f"api-{register.noun}-detail",
        ),
    ]
urlpatterns += [path("<path:rest>", nothing_there, name="api-nothing-there")]
