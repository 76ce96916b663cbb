"""The admin of kinds without a state: once a published record names one, changing it changes what the public reads."""

from .base import RecordAdmin
from .publication import is_locked_kind


class SharedAdmin(RecordAdmin):
    """In public use it is a reviewer's to change, and nobody's to delete.

    ``private_fields`` never reach the public: whoever may change such records may always change those.
    """

    private_fields: frozenset[str] = frozenset()

    def has_change_permission(self, request, obj=None):
        is_locked = obj is not None and not self.private_fields and is_locked_kind(request.user, obj)
        return super().has_change_permission(request, obj) and not is_locked

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj is not None and obj.is_in_public_use)

    def get_readonly_fields(self, request, obj=None):
        fields = super().get_readonly_fields(request, obj)
        if obj is None or not self.private_fields or not is_locked_kind(request.user, obj):
            return fields
        editable = (field.name for field in (*self.opts.fields, *self.opts.many_to_many) if field.editable)
        return [*fields, *(name for name in editable if name not in self.private_fields)]

    def get_prepopulated_fields(self, request, obj=None):
        """What cannot be changed is not filled in either."""
        locked = self.get_readonly_fields(request, obj)
        return {name: of for name, of in super().get_prepopulated_fields(request, obj).items() if name not in locked}
