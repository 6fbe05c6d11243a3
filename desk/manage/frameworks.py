"""What town hall looks at when it thinks about a plan, as managers prepare it for the council."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from agreements.assessments import framework as verbs
from agreements.models import AssessmentFramework, Criterion
from desk.manage.fields import UNKNOWN, ActionForm, Day, Kept, OneOf, WebAddress, lines
from desk.manage.table import Action, Block, Mark, Noun, day, linked, listed, on_site, place


class Settled(Kept):
    """A form of which nothing can be filled in any more once the council adopted what it is about."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_settled():
            for field in self.fields.values():
                field.disabled = not isinstance(field.widget, forms.HiddenInput)


class FrameworkForm(Settled):
    """A draft in words; its days come when the council adopts it."""

    url = WebAddress(label=_("Het besluit"), help_text=_("Waar iedereen het besluit van de raad kan lezen."))

    class Meta:
        model = AssessmentFramework
        fields = ["title", "intro", "adopted_by", "url"]
        widgets = {"intro": lines(4)}
        help_texts = {
            "title": _("Bijvoorbeeld: Afwegingskader 2027."),
            "intro": _("Voor inwoners, in een paar zinnen."),
        }

    def is_settled(self):
        return self.instance.is_adopted


def drafts():
    return AssessmentFramework.objects.filter(adopted_on=None)


class CriterionForm(Settled):
    """One question; in a framework that the council did not adopt yet."""

    framework = OneOf(drafts(), label=_("Afwegingskader"), empty_label=None)

    class Meta:
        model = Criterion
        fields = ["framework", "order", "dimension", "name", "question", "counts"]
        widgets = {"counts": lines(4)}
        help_texts = {
            "order": _("De vragen staan in deze volgorde. Houd vragen over hetzelfde bij elkaar."),
            "name": _("Een of twee woorden."),
            "question": _("Een gewone vraag, die je over elk plan kunt stellen."),
            "counts": _("Waar let je op, en wat juist niet?"),
        }
        error_messages = {"dimension": {"invalid_choice": UNKNOWN}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            del self.fields["framework"]  # a question stays where it was made

    def is_settled(self):
        return not self.instance._state.adding and self.instance.framework.is_adopted


class AdoptForm(ActionForm):
    """What the council decided, and from when it holds."""

    adopted_on = Day(label=_("Wanneer besloot de raad?"))
    valid_from = Day(
        label=_("Vanaf welke dag geldt het?"),
        help_text=_("Voor plannen die vanaf die dag komen. Voor plannen die er al zijn, verandert er niets."),
    )
    url = WebAddress(label=_("Waar staat het besluit?"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["url"].initial = self.record.url


def stand(framework):
    """Whether a framework holds, as a mark."""
    if not framework.is_adopted:
        return Mark(_("concept"), "warning")
    if framework.valid_from > timezone.localdate():
        return Mark(_("komt nog"), "info")
    return Mark(_("vastgesteld"), "success")


def beside(framework):
    questions = linked("criteria", framework.criteria.all(), lambda one: f"{one.order}. {one.name}")
    more = [] if framework.is_adopted else [(_("Nieuw criterium"), listed("criteria") + "nieuw/")]
    shown = [on_site(framework)] if framework.is_adopted else []
    return [*shown, Block(_("De vragen"), [*questions, *more])]


FRAMEWORKS = {
    "afwegingskaders": Noun(
        many=_("Afwegingskaders"),
        one=_("afwegingskader"),
        intro=_(
            "Waar we naar kijken bij een plan. Een nieuwe versie begint als kopie van de vorige. Is die "
            "vastgesteld? Dan verandert ze niet meer."
        ),
        counted=(_("versie"), _("versies")),
        new=_("Nieuwe versie"),
        first=_("Afwegingskader"),
        icon="book",
        model=AssessmentFramework,
        form=FrameworkForm,
        records=lambda: AssessmentFramework.objects.all(),
        columns=[
            (_("Stand"), stand),
            (_("Vastgesteld"), lambda framework: day(framework.adopted_on)),
            (_("Geldt vanaf"), lambda framework: day(framework.valid_from)),
        ],
        search=("key", "title"),
        actions={
            "vaststellen": Action(
                _("De raad stelde dit vast"),
                verbs.adopt_framework,
                AdoptForm,
                may=lambda framework: not framework.is_adopted,
                done=_("Vastgesteld. Vanaf nu verandert er niets meer aan."),
                more=_("Kijk alles goed na. Hierna kan er niets meer veranderen, ook geen komma."),
            )
        },
        create=verbs.create_framework,
        change=verbs.change_framework,
        beside=beside,
        stays=_("Er hangen afwegingen van plannen aan. Maak een nieuwe versie als iets anders moet."),
    ),
    "criteria": Noun(
        many=_("Criteria van afwegingskaders"),
        one=_("criterium"),
        intro=_("De vragen in een afwegingskader. Je kunt ze veranderen zolang het een concept is."),
        counted=(_("criterium"), _("criteria")),
        new=_("Nieuw criterium"),
        first=_("Criterium"),
        icon="check",
        model=Criterion,
        form=CriterionForm,
        records=lambda: Criterion.objects.select_related("framework").order_by(
            "-framework_id", "order", "pk"
        ),
        columns=[
            (_("Kader"), lambda criterion: criterion.framework.title),
            (_("Volgorde"), lambda criterion: criterion.order),
            (_("Vraag"), lambda criterion: criterion.question),
        ],
        search=("key", "name", "question"),
        shows={"concept": (_("In het concept"), lambda found: found.filter(framework__adopted_on=None))},
        actions={
            "weg": Action(
                _("Haal weg"),
                verbs.remove_criterion,
                may=lambda criterion: not criterion.framework.is_adopted,
                done=_("Het criterium is weg."),
            )
        },
        create=verbs.create_criterion,
        change=verbs.change_criterion,
        beside=lambda criterion: [
            Block(_("Staat in"), [(criterion.framework.title, place("afwegingskaders", criterion.framework))])
        ],
        stays=_("In een concept kan het wel: met “Haal weg”. Wat is vastgesteld, blijft."),
    ),
}
