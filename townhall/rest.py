"""What every api.py is built from; the manners themselves are in api_defaults.py."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers, viewsets


class StrictSerializer(serializers.Serializer):
    """Refuses fields it does not know, and says so together with all other errors."""

    def to_internal_value(self, data):
        errors = {}
        try:
            value = super().to_internal_value(data)
        except serializers.ValidationError as trouble:
            errors = dict(trouble.detail)
        if isinstance(data, dict):
            known = {name for name, field in self.fields.items() if not field.read_only}
            errors |= {str(name)[:60]: [_("Dit veld kennen we niet.")] for name in data if name not in known}
        if errors:
            raise serializers.ValidationError(errors)
        return value


class CodeField(serializers.ChoiceField):
    """A code of ours under its Dutch name. names: {Dutch name: code}."""

    def __init__(self, *, names, **kwargs):
        super().__init__(choices=[*names], read_only=True, **kwargs)
        self.names = {code: name for name, code in names.items()}

    def to_representation(self, value):
        return self.names[value]


class ReadViewSet(viewsets.ReadOnlyModelViewSet):
    """A resource that can be listed and read, by its own key; starts from visible_to(user)."""

    lookup_field = "key"
    lookup_url_kwarg = "kenmerk"
    lookup_value_regex = "[^/]{1,100}"
