"""Who may do what here, as managers give and take it; and the sentences their officers begin with."""

from allauth.mfa.models import Authenticator
from django import forms
from django.db.models import Case, Exists, OuterRef, When
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, User
from accounts.verbs import LOST, reset_second_step
from contacts import verbs
from desk import verbs as desk
from desk.manage.fields import UNKNOWN, ActionForm, Kept, lines, whole_number
from desk.manage.table import Action, Block, Mark, Noun, day, place
from desk.models import ReplyTemplate
from desk.page import STEP_WORDS

FOR_STAFF = [
    (role.value, role.label.capitalize()) for role in (Role.OFFICER, Role.COUNCIL, Role.CLERK, Role.MANAGER)
]
NONE_ANY_MORE = (Role.RESIDENT.value, _("Geen rol meer: alleen inwoner"))
WHAT_ROLES_DO = _(
    "Een ambtenaar behandelt plannen op de werkbank. Een raadslid ziet de cijfers. De griffie ook, en zij "
    "krijgt de vragen aan de gemeenteraad. Een beheerder doet alles wat een ambtenaar doet, en houdt de site "
    "bij."
)


# Roles ------------------------------------------------------------------------------------------------------
def staff():
    """Everybody with a role, with `.has_second_factor`."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"))
    found = User.objects.staff().annotate(has_second_factor=Exists(factors))
    return found.select_related("account_manager").order_by("role", "email")


def somebody(key):
    """The account with this number, if it has a role; of residents managers see nothing here."""
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 16 else 0
    return staff().filter(pk=number).first()


def role_of(user):
    return user.get_role_display().capitalize()


def second_step(user):
    return _("staat aan") if user.has_second_factor else Mark(_("nog niet"), "warning")


def last_here(user):
    return day(timezone.localdate(user.last_login)) if user.last_login else Mark(_("nog nooit"), "warning")


def beside_user(user):
    manager = getattr(user, "account_manager", None)
    return [
        Block(
            _("Is contactpersoon als"),
            [(manager.function, place("accounthouders", manager))] if manager else [],
        )
    ]


def only(role):
    return lambda found: found.filter(role=role)


class AddressField(forms.EmailField):
    """The address somebody else signs in with: the browser does not fill in one's own."""

    widget = forms.EmailInput(attrs={"autocomplete": "off"})

    def __init__(self, help_text=""):
        super().__init__(
            label=_("E-mailadres"),
            help_text=help_text,
            max_length=254,
            error_messages={
                "invalid": _("Dit is geen e-mailadres."),
                "required": _("Vul een e-mailadres in."),
                "max_length": _("Dit adres is te lang: hoogstens %(limit_value)d tekens."),
            },
        )


class RoleForm(Kept):
    """A role for an address; of who has one already only the role can be changed."""

    address = AddressField(_("Waarmee deze persoon inlogt. Is er nog geen account? Dan maken we dat."))
    role = forms.ChoiceField(
        label=_("Rol"),
        help_text=WHAT_ROLES_DO,
        error_messages={"required": _("Maak een keuze."), "invalid_choice": UNKNOWN},
    )

    class Meta:
        model = User
        fields = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        is_new = self.instance._state.adding
        self.fields["role"].choices = (
            [("", _("Kies een rol")), *FOR_STAFF] if is_new else [*FOR_STAFF, NONE_ANY_MORE]
        )
        if not is_new:
            del self.fields["address"]
            self.initial["role"] = self.instance.role


def why_field():
    return forms.ChoiceField(
        label=_("Waarom is dit nodig?"),
        choices=[("", _("Maak een keuze")), *LOST.items()],
        error_messages={"required": _("Kies waarom dit nodig is."), "invalid_choice": UNKNOWN},
    )


class LostForm(ActionForm):
    """Why a second step is put back."""

    why = why_field()


class LostByForm(forms.Form):
    """The same for an address: residents stand in no list."""

    address = AddressField()
    why = why_field()


# Sentences --------------------------------------------------------------------------------------------------
STEPS = {verb: words for verb, (words, _icon) in STEP_WORDS.items()}


def sentences():
    """All sentences, in the order of the steps."""
    place = Case(*[When(verb=verb, then=number) for number, verb in enumerate(STEPS)], default=len(STEPS))
    return ReplyTemplate.objects.order_by(place, "order", "key")


class SentenceForm(Kept):
    """A sentence officers begin with."""

    verb = forms.ChoiceField(
        label=_("Bij welke stap?"),
        choices=[("", _("Kies een stap")), *STEPS.items()],
        error_messages={"required": _("Maak een keuze."), "invalid_choice": UNKNOWN},
    )
    order = whole_number(
        _("Volgorde"), help_text=_("1 staat al ingevuld als een ambtenaar de stap kiest."), max_value=999
    )

    class Meta:
        model = ReplyTemplate
        fields = ["verb", "title", "body", "order", "is_used"]
        labels = {
            "title": _("Naam van de zin"),
            "body": _("De zin"),
            "is_used": _("Ambtenaren kunnen hiermee beginnen"),
        }
        help_texts = {
            "title": _("Staat op de knop. Alleen ambtenaren zien dit."),
            "body": _(
                "Zeg eerst wat er wel kan, en wat er nu gebeurt. Dit vullen we in: [contactpersoon], "
                "[telefoon], [plan] en [kenmerk]."
            ),
        }
        widgets = {"body": lines(6)}

    def clean_order(self):
        return self.cleaned_data["order"] or 0


STAFF = {
    "rollen": Noun(
        many=_("Rollen"),
        one=_("account met een rol"),
        counted=(_("account met een rol"), _("accounts met een rol")),
        intro=_(
            "Wie hier werkt of in de raad zit, en wat die mag. Iedereen met een rol logt in met twee codes: "
            "uit de mail en uit een app."
        ),
        new=_("Geef iemand een rol"),
        sought=_("Zoek op e-mailadres"),
        first=_("E-mailadres"),
        icon="people",
        model=User,
        form=RoleForm,
        records=staff,
        name=lambda user: user.email,
        columns=[
            (_("Rol"), role_of),
            (_("Tweede stap"), second_step),
            (_("Laatst ingelogd"), last_here),
            (_("Contactpersoon"), lambda user: getattr(user, "account_manager", None) or "–"),
        ],
        search=("email", "name"),
        shows={
            "ambtenaren": (_("Ambtenaren"), only(Role.OFFICER)),
            "raad": (_("Raadsleden"), only(Role.COUNCIL)),
            "griffie": (_("Griffie"), only(Role.CLERK)),
            "beheerders": (_("Beheerders"), only(Role.MANAGER)),
        },
        create=verbs.appoint,
        change=verbs.give_role,
        actions={
            "tweede-stap": Action(
                _("Zet de tweede stap terug"),
                reset_second_step,
                form=LostForm,
                may=lambda user: user.has_second_factor,
                done=_("De tweede stap is weg. Deze persoon kreeg een mail en zet een nieuwe aan."),
                more=_(
                    "Voor wie de app kwijt is. Bel eerst, of ga langs: een mail kan van een ander komen. De "
                    "oude codes werken daarna niet meer, en deze persoon is overal uitgelogd."
                ),
            )
        },
        beside=beside_user,
        find=somebody,
        also=(_("Iemand is de app kwijt"), "desk:manage-second-step"),
        stays=_("Gaat iemand weg? Kies “Geen rol meer”. Het account blijft, met de eigen plannen."),
    ),
    "antwoordzinnen": Noun(
        many=_("Antwoordzinnen"),
        one=_("antwoordzin"),
        intro=_(
            "Waar ambtenaren mee beginnen als ze een initiatiefnemer schrijven. Ze passen de zin daarna zelf "
            "aan."
        ),
        new=_("Nieuwe antwoordzin"),
        first=_("Naam van de zin"),
        icon="mail",
        model=ReplyTemplate,
        form=SentenceForm,
        records=sentences,
        columns=[
            (_("Bij welke stap"), lambda one: STEPS.get(one.verb, one.verb)),
            (_("Begin van de zin"), lambda one: Truncator(one.body).words(12)),
            (_("In gebruik"), lambda one: _("ja") if one.is_used else Mark(_("nee"))),
        ],
        search=("title", "body"),
        shows={
            "uit": (_("Niet in gebruik"), lambda found: found.filter(is_used=False)),
        },
        stays=_("Wil je deze zin niet meer? Haal het vinkje weg bij “Ambtenaren kunnen hiermee beginnen”."),
        create=desk.create_sentence,
        change=desk.change_sentence,
        actions={
            "terugzetten": Action(
                _("Zet de eerste woorden terug"),
                desk.restore_sentence,
                may=lambda one: not one.is_as_it_came(),
                done=_("De zin is weer zoals die eerst was."),
                more=_("De zin wordt weer zoals die met de site meekwam. Jullie versie blijft bewaard."),
            )
        },
    ),
}
