"""What every api.py is built from; the manners themselves are in api_defaults.py."""

from datetime import date, datetime
from types import MethodType

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import exceptions, fields, serializers, status, viewsets
from rest_framework.response import Response

from townhall import privacy, submission, verbs
from townhall.filters import number_in


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
        cls.cleared = set()  # (model, name) that the table allows; what it does not is never added
        for name, field in cls._declared_fields.items():
            if isinstance(field, serializers.SerializerMethodField) or field.source == "*":
                raise TypeError(f"{cls.__name__}.{name} would see the whole record; name a source")

    @cached_property
    def plan(self):
        """What is shown: [(name of the field, the field, its way), …]; worked out once for all rows."""
        return [(field.field_name, field, tuple(field.source_attrs)) for field in self._readable_fields]

    def to_representation(self, record):
        return {name: self.shown(field, record, way) for name, field, way in self.plan}

    def shown(self, field, thing, way):
        """The field's value as it leaves the house, or None where the way to it ends."""
        for name in way:
            if (type(thing), name) not in self.cleared:
                self.clear(field, thing, name)
            thing = step(thing, name)
            if thing is None:
                return None
        if type(thing) in PLAIN:
            words = type(thing) is str and type(field) is serializers.CharField
            return thing if words else field.to_representation(thing)
        if holds_records(thing) and not isinstance(getattr(field, "child", field), RecordSerializer):
            raise self.refusal(field, "a whole record")
        return field.to_representation(thing)

    def clear(self, field, thing, name):
        """Remembers that this name may be read from records of this kind, or refuses."""
        if isinstance(thing, models.Model) and not privacy.may_show(type(thing), name, self.audience):
            raise self.refusal(field, f"{thing._meta.label_lower}.{name}")
        self.cleared.add((type(thing), name))

    def refusal(self, field, what):
        return TypeError(f"{type(self).__name__}.{field.field_name} may not show {what} to {self.audience}")


PLAIN = {str, int, bool, float, date, datetime}  # what is no record, and cannot be called
ABSENT = object()


def step(thing, name):
    """One step on the way of a field, as DRF takes it: a key or an attribute, called where it can be."""
    if isinstance(thing, models.Model):
        found = getattr(thing, name, ABSENT)
        if isinstance(found, MethodType):
            return found()
        if found is not ABSENT and not callable(found):
            return found
    elif isinstance(thing, dict):
        return thing.get(name)
    return fields.get_attribute(thing, [name])


def holds_records(thing):
    """True for a record, and for what is made of records."""
    first = thing[0] if isinstance(thing, list | tuple) and thing else thing
    return isinstance(first, models.Model | models.Manager | models.QuerySet)


class CodeField(serializers.ChoiceField):
    """A code of ours under its Dutch name. names: {Dutch name: code}."""

    def __init__(self, *, names, **kwargs):
        super().__init__(choices=[*names], **({"read_only": True} | kwargs))
        self.codes = names
        self.names = {code: name for name, code in names.items()}

    def to_internal_value(self, data):
        return self.codes[super().to_internal_value(data)]

    def to_representation(self, value):
        return self.names[value]


class ReadViewSet(viewsets.ReadOnlyModelViewSet):
    """A resource that can be listed and read, by its own key; starts from visible_to(user)."""

    http_method_names = ("get", "head")
    lookup_field = "key"
    lookup_url_kwarg = "kenmerk"
    lookup_value_regex = "[^/]{1,100}"


# Writing ------------------------------------------------------------------------------------------------
@extend_schema_field(OpenApiTypes.STR)
class KeyField(serializers.SlugRelatedField):
    """Another record by the name it has outside."""

    default_error_messages = {"does_not_exist": _("“{value}” kennen we niet.")}

    def __init__(self, queryset, name="key", **kwargs):
        """queryset: or a function that gives one, for what changes by the day."""
        super().__init__(queryset=queryset, slug_field=name, **kwargs)

    def get_queryset(self):
        return self.queryset() if callable(self.queryset) else super().get_queryset()

    def to_internal_value(self, data):
        text = data if isinstance(data, str) and "\x00" not in data else ""
        found = self.get_queryset().filter(**{self.slug_field: text}).first()
        if found is None:
            self.fail("does_not_exist", value=str(data)[:60])
        return found


class Input(StrictSerializer):
    """What may be written: each field names the argument of the verb as its source."""

    versie = serializers.IntegerField(
        min_value=1, required=False, source="version", help_text="De `versie` die je las; ook als `If-Match`."
    )


class KeptViewSet(ReadViewSet):
    """The same, and who may makes (POST) and changes (PATCH); for all others those methods are not there.

    input_class; writes: the verbs, {"create": (by=, **values), "change": (record, by=, version=, **values)};
    may_write: who may, from a user.
    """

    http_method_names = ("get", "head", "post", "patch")
    input_class = None
    writes = {}
    may_write = staticmethod(verbs.may_manage)

    @property
    def allowed_methods(self):
        may = self.may_write(self.request._request.user)
        return super().allowed_methods if may else ["GET", "HEAD"]

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if request.method in ("POST", "PATCH") and not self.may_write(request.user):
            raise exceptions.MethodNotAllowed(request.method)

    def create(self, request):
        """A new one; sent again with the same Idempotency-Key it is the same one."""
        token = submission.token_of(request)
        asked = self.asked(request)
        values = {name: value for name, value in asked.validated_data.items() if name != "version"}
        make = self.writes["create"]
        try:
            made = submission.once(
                token,
                f"api-{self.basename}",
                lambda: str(
                    getattr(in_dutch(asked, lambda: make(by=request.user, **values)), self.lookup_field)
                ),
                by=request.user,
            )
        except submission.Refused as refused:
            raise exceptions.ValidationError({submission.HEADER: [str(refused)]}) from None
        return self.shown(made.result, status.HTTP_201_CREATED)

    def partial_update(self, request, **place):
        """Other values for some fields, of the version that was read."""
        record = self.get_object()
        asked = self.asked(request, partial=True)
        values = dict(asked.validated_data)
        version = values.pop("version", None) or read_version(request)
        change = self.writes["change"]
        in_dutch(asked, lambda: change(record, by=request.user, version=version, **values))
        return self.shown(place[self.lookup_url_kwarg], status.HTTP_200_OK)

    def asked(self, request, **options):
        asked = self.input_class(data=request.data, **options)
        asked.is_valid(raise_exception=True)
        return asked

    def shown(self, key, code):
        """The record as everybody reads it; nothing where it is not public any more."""
        record = self.get_queryset().filter(**{self.lookup_field: key}).first()
        if record is None:
            return Response(status=status.HTTP_204_NO_CONTENT)
        return Response(self.get_serializer(record).data, status=code)


def read_version(request):
    """The version in If-Match; who changes something says what was read."""
    text = request.headers.get("If-Match", "").strip('"')
    version = number_in(text)
    if version is None:
        raise exceptions.ValidationError({"versie": [_("Geef de versie mee die je las.")]})
    return version


def in_dutch(asked, do, called=()):
    """What `do` gives; when the verb refuses, its reasons at the names that were written.

    called: {name in a refusal: name as written}, where that is not the source of the field.
    """
    try:
        return do()
    except ValidationError as refused:
        if not hasattr(refused, "error_dict"):
            raise
        raise exceptions.ValidationError(as_written(asked, refused.message_dict, called)) from None


def as_written(asked, errors, called=()):
    """The errors at the names that were written: {source of a field: words} as {its name: words}."""
    names = {field.source: name for name, field in asked.fields.items()} | dict(called)
    return {names.get(field, ""): words for field, words in errors.items()}
