"""Kinds without a state, shared by many records: public as soon as a published record names one of them."""

from django.db.models.deletion import ProtectedError
from django.utils.translation import gettext_lazy as _

from .. import public
from .change import Versioned

# As of what is published: whoever may publish may change what is in public use.
SHARED_PERMISSIONS = ("add", "change", "delete", "view", "publish")
IN_PUBLIC_USE = _("Published records name it: it cannot be deleted.")


class Shared(Versioned):
    """To change one in public use changes published pages at once; to delete it would take it out of them unseen."""

    class Meta:
        abstract = True

    @property
    def is_in_public_use(self) -> bool:
        """Whether a published record, or a row of it, names it, or rests on it without naming it."""
        return type(self)._base_manager.filter(public.behind_what_is_public(type(self)), pk=self.pk).exists()

    def delete(self, *args, **kwargs):
        """Raise ``ProtectedError`` for one in public use."""
        if self.is_in_public_use:
            raise ProtectedError(str(IN_PUBLIC_USE), {self})
        return super().delete(*args, **kwargs)
