from django.apps import AppConfig, apps
from django.utils.translation import gettext_lazy as _


class RecordsConfig(AppConfig):
    name = "tracker.records"
    verbose_name = _("Sources and records")

    def ready(self):
        """A relation that is called as what it leads to bears its name, in the language of the reader; without one of
        its own it has the English name of the column."""
        for model in apps.get_models():
            for field in model._meta.fields:
                of = field.related_model._meta if field.is_relation else None
                if of is not None and field._verbose_name is None and field.name == of.model_name:
                    field.verbose_name = of.verbose_name
