"""What every filters.py stands on: the same questions at the page and at its twin in the API."""

import django_filters
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

MOST_SEARCHED = 200  # characters; nobody types more on purpose


class SearchField(forms.CharField):
    widget = forms.SearchInput(attrs={"autocomplete": "off"})
    default_validators = [
        MaxLengthValidator(MOST_SEARCHED, _("We zoeken met hoogstens %(limit_value)d tekens."))
    ]


class SearchFilter(django_filters.CharFilter):
    """Every word in some Dutch form, by the model's own `.search(text)`."""

    field_class = SearchField

    def filter(self, queryset, value):
        return queryset.search(value) if value else queryset


class FilterSet(django_filters.FilterSet):
    """Parameters in Dutch. A value that is wrong narrows nothing and is reported at its field.

    The API answers 400 for it; the page shows the message above what the other parameters leave.
    """

    zoek = SearchFilter(label=_("Zoek op woorden"))

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        if "zoek" in self.errors:
            queryset = queryset.search(self.data["zoek"].strip()[:MOST_SEARCHED])
        return queryset


class RecordField(forms.ChoiceField):
    """A choice among records; another name for one is understood too (`aliases()`: that name -> value)."""

    def __init__(self, *, aliases, **kwargs):
        self.aliases = aliases
        super().__init__(**kwargs)

    def to_python(self, value):
        value = super().to_python(value).strip()
        return self.aliases().get(value, value) if value else value

    def prepare_value(self, value):
        return self.aliases().get(value, value) if value else value


class RecordFilter(django_filters.CharFilter):
    """One record of the database, by the name it has in addresses; the choices are read once a request.

    records: a queryset, or a function of the request that gives one; name: the attribute used in addresses;
    other: an attribute understood as well; unknown: the sentence for a value that is none of them.
    """

    field_class = RecordField

    def __init__(self, *args, records, unknown, name="key", other="", empty="", **kwargs):
        super().__init__(*args, error_messages={"invalid_choice": unknown}, **kwargs)
        self.records, self.name, self.other, self.empty = records, name, other, empty

    @cached_property
    def found(self):
        records = self.records(self.parent.request) if callable(self.records) else self.records.all()
        return list(records)

    def choices(self):
        records = [(getattr(record, self.name), str(record)) for record in self.found]
        return [("", self.empty or _("Alle")), *records]

    def aliases(self):
        if not self.other:
            return {}
        return {getattr(record, self.other): getattr(record, self.name) for record in self.found}

    @property
    def field(self):
        if not hasattr(self, "_field"):
            # Functions, so that the API asks the database only for what somebody chose from. And not the
            # methods themselves: a form copies its fields, and a copied method copies its whole filter.
            self._field = RecordField(
                label=self.label,
                choices=lambda: self.choices(),
                aliases=lambda: self.aliases(),
                **self.extra,
            )
        return self._field


class CodeFilter(django_filters.ChoiceFilter):
    """One of a few values, by the name each has in addresses.

    names: {name: (value, label)}; unknown: the sentence for another name; empty: the words for no choice.
    """

    def __init__(self, *args, names, unknown, empty="", **kwargs):
        choices = [(name, label) for name, (_value, label) in names.items()]
        super().__init__(
            *args,
            choices=choices,
            empty_label=empty or _("Maakt niet uit"),
            error_messages={"invalid_choice": unknown},
            **kwargs,
        )
        self.names = names

    def filter(self, queryset, value):
        return super().filter(queryset, self.names[value][0]) if value else queryset
