"""Every field of every model is in a list of townhall/privacy.py, and the serializers obey them."""

import re

import pytest
from django.apps import apps
from rest_framework import serializers

from accounts.models import User
from contacts.models import AccountManager, Portfolio
from initiatives.models import Initiative, Participant
from tests import make
from townhall import privacy
from townhall.management.commands.privacy import FILE, register
from townhall.rest import RecordSerializer, StrictSerializer


def own_columns(model):
    """The fields that are stored with this model, also those that link it to others."""
    return [field for field in model._meta.get_fields() if not (field.auto_created and not field.concrete)]


def fields():
    return [field for model in apps.get_models() for field in own_columns(model)]


def test_every_field_is_in_a_list():
    unknown = [f"{f.model._meta.label_lower}.{f.name}" for f in fields() if not privacy.is_classified(f)]
    assert not unknown, "Say in townhall/privacy.py what these are"


def test_no_list_names_a_field_that_is_gone():
    known = {f"{field.model._meta.label_lower}.{field.name}" for field in fields()}
    derived = {"contacts.accountmanager.public_name", "contacts.accountmanager.photo_url"}
    listed = {f"{m}.{name}" for m, names in privacy.NOT_PERSONAL.items() for name in names.split()}
    assert set(privacy.personal()) - known == derived
    assert listed - known == set()
    assert listed & set(privacy.personal()) == set()


def test_derived_names_are_no_columns():
    for label, names in privacy.DERIVED.items():
        assert not {field.name for field in own_columns(apps.get_model(label))} & set(names.split()), label


def test_free_text_of_a_new_model_is_personal_until_said_otherwise():
    assert not privacy.is_classified(nameless(Portfolio, "name", "nickname"))
    assert not privacy.is_classified(nameless(Participant, "shows_name", "is_brave"))
    assert privacy.is_classified(nameless(AccountManager, "works_everywhere", "works_at_night"))


def nameless(model, like, name):
    """A field like another one, under a name that is in no list."""
    field = model._meta.get_field(like).clone()
    field.name, field.model = name, model
    return field


def test_every_row_says_all_there_is_to_say():
    for row in privacy.ROWS:
        assert all(map(str, (row.purpose, row.ground, row.kept, row.erased))), row
        assert set(row.seen_by.split()) <= set(privacy.AUDIENCES), row
        assert apps.get_model(row.model)
    names = [f"{row.model}.{name}" for row in privacy.ROWS for name in row.fields.split()]
    assert len(names) == len(set(names))


def test_every_ground_names_its_article():
    for row in privacy.ROWS:
        assert re.search(r"AVG artikel \d+, lid \d+, onder [a-f]", str(row.ground)), row


def test_the_page_is_up_to_date():
    assert FILE.read_text("utf-8") == register(), "python manage.py privacy --write"


# The serializers ------------------------------------------------------------------------------------
class Leaky(RecordSerializer):
    adres = serializers.CharField(source="email")


class LeakyThroughAnother(RecordSerializer):
    wie = serializers.CharField(source="released_by.email")


class LeakyByIts_str(RecordSerializer):
    wie = serializers.CharField(source="released_by")


class LeakyInAList(RecordSerializer):
    wie = serializers.ListField(child=serializers.CharField(), source="participants.all")


class UnknownName(RecordSerializer):
    wie = serializers.CharField(source="is_staff_member")


@pytest.fixture
def plan(amina, carla):
    return make.initiative(by=amina, released_by=carla)


@pytest.mark.parametrize("serializer", [LeakyThroughAnother, LeakyByIts_str, LeakyInAList])
def test_a_serializer_that_would_leak_is_refused(serializer, plan):
    with pytest.raises(TypeError, match="may not show"):
        serializer(plan).data  # noqa: B018 reading is doing


@pytest.mark.parametrize("serializer", [Leaky, UnknownName])
def test_what_is_in_no_list_or_for_others_is_refused(serializer, amina):
    with pytest.raises(TypeError, match=r"may not show accounts\.user"):
        serializer([amina], many=True).data  # noqa: B018 reading is doing


def test_an_audience_sees_what_the_table_says():
    assert privacy.may_show(AccountManager, "phone", "officer")
    assert not privacy.may_show(AccountManager, "phone", "public")
    assert privacy.may_show(AccountManager, "public_name", "public")
    assert privacy.may_show(Initiative, "story", "public")
    assert not privacy.may_show(Initiative, "public_id", "manager")
    assert not privacy.may_show(User, "email", "manager")


def test_a_serializer_may_not_take_the_whole_record():
    with pytest.raises(TypeError, match="whole record"):
        type("Grabs", (RecordSerializer,), {"alles": serializers.SerializerMethodField()})
    with pytest.raises(TypeError, match="whole record"):
        type("Grabs", (RecordSerializer,), {"alles": serializers.CharField(source="*")})


def test_every_serializer_of_the_api_shows_records_or_reads_questions():
    import initiatiefwijzer.api  # noqa: F401 with it every api.py is read

    inside = [cls for cls in below(serializers.Serializer) if cls.__module__.endswith(".api")]
    assert len(inside) > 20
    assert not [cls for cls in inside if not issubclass(cls, RecordSerializer | StrictSerializer)]


def below(cls):
    """Every class that descends from this one."""
    return {each for child in cls.__subclasses__() for each in (child, *below(child))}
