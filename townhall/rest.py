"""What every api.py is built from; the manners themselves are in api_defaults.py."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from rest_framework import fields, serializers, viewsets

from townhall import privacy


class TextField(serializers.CharField):
    """Words that somebody sends; REST framework has no Dutch for what is no text."""

    default_error_messages = {"invalid": _("Schrijf dit als tekst.")}


class StrictSerializer(serializers.Serializer):
    """Refuses fields it does not know, and says so together with all other errors."""

    default_error_messages = {"invalid": _("Stuur een object met velden.")}

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


class RecordSerializer(serializers.Serializer):
    """Shows records: reads only what the table of personal data (privacy.py) allows for its audience.

    Every step of a `source` is judged on the record it is read from, so a field that leads to somebody's
    address fails at its first use. Records are shown by a serializer of this kind, never by their `str`.
    """

    audience = "public"

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        for name, field in cls._declared_fields.items():
            if isinstance(field, serializers.SerializerMethodField) or field.source == "*":
                raise TypeError(f"{cls.__name__}.{name} would see the whole record; name a source")

    def to_representation(self, record):
        return {field.field_name: self.shown(field, record) for field in self._readable_fields}

    def shown(self, field, thing):
        """The field's value as it leaves the house, or None where the way to it ends."""
        for name in field.source_attrs:
            if isinstance(thing, models.Model) and not privacy.may_show(type(thing), name, self.audience):
                raise self.refusal(field, f"{thing._meta.label_lower}.{name}")
            thing = thing.get(name) if isinstance(thing, dict) else fields.get_attribute(thing, [name])
            if thing is None:
                return None
        if holds_records(thing) and not isinstance(getattr(field, "child", field), RecordSerializer):
            raise self.refusal(field, "a whole record")
        return field.to_representation(thing)

    def refusal(self, field, what):
        return TypeError(f"{type(self).__name__}.{field.field_name} may not show {what} to {self.audience}")


def holds_records(thing):
    """True for a record, and for what is made of records."""
    first = thing[0] if isinstance(thing, list | tuple) and thing else thing
    return isinstance(first, models.Model | models.Manager | models.QuerySet)


class CodeField(serializers.ChoiceField):
    """A code of ours under its Dutch name. names: {Dutch name: code}."""

    def __init__(self, *, names, **kwargs):
        super().__init__(choices=[*names], read_only=True, **kwargs)
        self.names = {code: name for name, code in names.items()}

    def to_representation(self, value):
        return self.names[value]


class ReadViewSet(viewsets.ReadOnlyModelViewSet):
    """A resource that can be listed and read, by its own key; starts from visible_to(user)."""

    http_method_names = ("get", "head")
    lookup_field = "key"
    lookup_url_kwarg = "kenmerk"
    lookup_value_regex = "[^/]{1,100}"
