"""What every filters.py stands on: the same questions at the page and at its twin in the API."""

import re
from copy import copy
from datetime import date

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from townhall.standing import shelf

MOST_SEARCHED = 200  # characters; nobody types more on purpose
NUMBER = re.compile(r"\d{1,18}", re.ASCII)  # what fits in a column, and no more work than that to read


def number_in(text):
    """The number in an address, a header or a hidden field; None for whatever else stands there."""
    return int(text) if NUMBER.fullmatch(text) else None


class SearchField(forms.CharField):
    widget = forms.SearchInput(attrs={"autocomplete": "off"})
    default_validators = [
        MaxLengthValidator(MOST_SEARCHED, _("We zoeken met hoogstens %(limit_value)d tekens."))
    ]


class SearchForm(forms.Form):
    """A box for words, with what they are looked for in.

    looks: for each kind of thing a function from words to what they find (see hints.py); empty where there
    is nothing more to look for.
    """

    zoek = SearchField(label=_("Zoek op woorden"), required=False)
    looks = ()


class Filter(django_filters.Filter):
    """A filter of a request: made from that of the class without copying what never changes."""

    def __deepcopy__(self, memo):
        return copy(self)


class SearchFilter(Filter, django_filters.CharFilter):
    """Every word in some Dutch form, by the model's own `.search(text)`."""

    field_class = SearchField

    def filter(self, queryset, value):
        return queryset.search(value) if value else queryset


class FilterForm(forms.Form):
    """The form of a FilterSet."""

    filterset = None

    @property
    def looks(self):
        return self.filterset.looks


class FilterSet(django_filters.FilterSet):
    """Parameters in Dutch. A value that is wrong narrows nothing and is reported at its field.

    The API answers 400 for it; the page shows the message above what the other parameters leave.
    """

    zoek = SearchFilter(label=_("Zoek op woorden"))

    @cached_property
    def form(self):
        """The form of the filters: its fields are made for this request, so nothing is copied."""
        form = FilterForm(self.data if self.is_bound else None, prefix=self.form_prefix)
        form.fields = {name: one.field for name, one in self.filters.items()}
        form.filterset = self
        return form

    @property
    def looks(self):
        """What words are looked for in: the things that all other questions leave."""
        asked = self.data.copy()
        asked.pop("zoek", None)
        return (type(self)(asked, self.queryset, request=self.request).qs.search,)

    def filter_queryset(self, queryset):
        queryset = super().filter_queryset(queryset)
        if "zoek" in self.errors:
            queryset = queryset.search(self.data["zoek"].strip()[:MOST_SEARCHED])
        return queryset


class TabInput(forms.HiddenInput):
    """What the tabs of a page choose: no chip says it again."""

    is_silent = True


class RecordSelect(forms.Select):
    """A list to choose from; nothing to see where that would be longer than anybody reads."""

    is_long = False

    @property
    def is_hidden(self):
        return self.is_long() if callable(self.is_long) else self.is_long

    def use_required_attribute(self, initial):
        return False

    def optgroups(self, name, value, attrs=None):
        chosen = {str(one) for one in value}
        options = [
            {"value": code, "label": words, "attrs": {"selected": True} if str(code) in chosen else {}}
            for code, words in self.choices
        ]
        return [(None, options, 0)]

    def render(self, name, value, attrs=None, renderer=None):
        if not self.is_hidden:
            return super().render(name, value, attrs, renderer)
        return forms.HiddenInput().render(name, value, None, renderer) if value else ""


class RecordField(forms.ChoiceField):
    """A choice among records; another name for one is understood too (`known(text)`: its value, or "")."""

    widget = RecordSelect

    def __init__(self, *, known, is_long, **kwargs):
        self.known = known
        super().__init__(**kwargs)
        self.widget.is_long = is_long

    def to_python(self, value):
        value = super().to_python(value).strip()
        return (self.known(value) or value) if value else value

    def prepare_value(self, value):
        return (self.known(value) or value) if value else value

    def valid_value(self, value):
        return bool(self.known(value))


class RecordFilter(Filter, django_filters.CharFilter):
    """One record of the database, by the name it has in addresses.

    records: a queryset, or a function of the request that gives one; name: the attribute used in addresses;
    other: an attribute understood as well; unknown: the sentence for a value that is none of them; most: with
    more records than this there is no list to choose from: a value is looked up by itself, and comes from a
    link or an address; kept: what they are called among what stands (standing.py), for those everybody may
    choose from.
    """

    field_class = RecordField

    def __init__(self, *args, records, unknown, name="key", other="", empty="", most=None, kept="", **kwargs):
        super().__init__(*args, error_messages={"invalid_choice": unknown}, **kwargs)
        self.records, self.name, self.other, self.empty, self.most = records, name, other, empty, most
        self.kept = kept

    @cached_property
    def met(self):
        """The records looked up in this request, by the text they were asked with."""
        return {}

    def all(self):
        return self.records(self.parent.request) if callable(self.records) else self.records.all()

    @cached_property
    def is_long(self):
        """True when there are more than `most`; a few that only some may see make no difference to that."""
        if not self.most:
            return self.most == 0
        return shelf.of(self.parent.request).get(f"more than {self.most} {self.label}", self.has_more)

    def has_more(self):
        return self.all().order_by()[self.most :].exists()

    @cached_property
    def found(self):
        """The records to choose from, read once a request: all, or of a long list the one that was chosen."""
        if self.is_long:
            return [one for one in self.met.values() if one]
        if self.kept and self.parent.request:
            return shelf.of(self.parent.request).get(self.kept, lambda: list(self.all()))
        return list(self.all())

    def record(self, text):
        """The record of this name, or None."""
        if text not in self.met:
            self.met[text] = self.look_up(text) if self.most is not None else self.pick(text)
        return self.met[text]

    def pick(self, text):
        names = [name for name in (self.name, self.other) if name]
        return next((one for one in self.found if text in [getattr(one, name) for name in names]), None)

    def look_up(self, text):
        either = Q(**{self.name: text}) | (Q(**{self.other: text}) if self.other else Q())
        return self.all().filter(either).order_by().first()

    def known(self, text):
        """The name we use ourselves for the record of this name; "" for none."""
        record = self.record(text)
        return getattr(record, self.name) if record else ""

    def choices(self):
        records = [(getattr(record, self.name), str(record)) for record in self.found]
        return [("", self.empty or _("Alle")), *records]

    @property
    def field(self):
        if not hasattr(self, "_field"):
            # Functions, so that the API asks the database only for what somebody chose.
            self._field = RecordField(
                label=self.label,
                choices=self.choices,
                known=self.known,
                is_long=lambda: self.is_long,
                **self.extra,
            )
        return self._field


class CodeFilter(Filter, django_filters.ChoiceFilter):
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


class MonthInput(forms.TextInput):
    input_type = "month"  # a plain box where the browser knows no months


MONTH = re.compile(r"((?:19|20)\d\d)-(0[1-9]|1[0-2])", re.ASCII)


class MonthField(forms.CharField):
    """A month as it is written in addresses, 2026-03; its value is the first day of it.

    words: what people call the choice of one, "vanaf %(month)s".
    """

    def __init__(self, *, words, **kwargs):
        self.words = words
        super().__init__(**kwargs)

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        found = MONTH.fullmatch(text)
        if not found:
            raise ValidationError(_("Schrijf een maand als 2026-03."))
        return date(int(found[1]), int(found[2]), 1)

    def said(self, value):
        """A value in words."""
        found = MONTH.fullmatch(value)
        month = found and date_format(date(int(found[1]), int(found[2]), 1), "F Y")
        return self.words % {"month": month or value}


class MonthFilter(Filter, django_filters.CharFilter):
    """A month, by its first day; words: as MonthField has them."""

    field_class = MonthField

    def __init__(self, *args, **kwargs):
        kwargs = {"widget": MonthInput(attrs={"placeholder": "2026-03", "autocomplete": "off"})} | kwargs
        super().__init__(*args, **kwargs)
