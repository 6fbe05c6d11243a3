"""The pages of a file with contacts: hand it in, look it over, say yes. For managers.

There is no twin: a program sends its records to the API one by one, each with its own answer.
"""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from desk.intake import verbs
from desk.intake.columns import KINDS
from desk.intake.models import Intake, IntakeState
from desk.intake.plan import plan_of
from desk.intake.table import MOST_BYTES
from desk.manage.views import managers_only
from townhall import sheets, submission
from townhall.posting import put_errors, sent
from townhall.submission import SentOnce

RECENT = 20  # files in the list
SHOWN = 50  # rows of a kind on the page
State = IntakeState
CHOOSE = gettext_lazy("Maak een keuze.")
STARTED = {  # state after a yes -> what to say; nothing for what came back, which says so itself
    State.DONE: gettext_lazy("Gelukt."),
    State.RUNNING: gettext_lazy("We zijn bezig. Je kunt deze pagina sluiten."),
}


class FileForm(SentOnce):
    """A file, and what is in it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Wat staat er in het bestand?"),
        choices=[(name, kind.many) for name, kind in KINDS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE, "invalid_choice": CHOOSE},
    )
    file = forms.FileField(
        label=gettext_lazy("Het bestand"),
        help_text=gettext_lazy("Excel (.xlsx) of CSV, hoogstens 5 MB en 5.000 rijen."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        max_length=200,
        error_messages={
            "required": gettext_lazy("Kies een bestand."),
            "invalid": gettext_lazy("Kies een bestand."),
            "max_length": gettext_lazy("De naam van dit bestand is te lang."),
        },
    )

    def clean_file(self):
        found = self.cleaned_data["file"]
        if found.size > MOST_BYTES:
            raise forms.ValidationError(_("Dit bestand is te groot: hoogstens 5 MB."))
        return found


class StartForm(forms.Form):
    """What a yes is a yes to."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    fingerprint = forms.CharField(widget=forms.HiddenInput, max_length=32)
    with_doubles = forms.BooleanField(
        label=gettext_lazy("Voeg ook de dubbele toe, als nieuw"),
        help_text=gettext_lazy("Zonder vinkje slaan we ze over."),
        required=False,
    )


@managers_only
@require_http_methods(["GET", "HEAD", "POST"])
def index(request):
    """Hand in a file; the files of lately."""
    posted = sent(request)
    form = FileForm(posted, request.FILES if posted is not None else None, initial={"kind": "partners"})
    if form.is_bound and form.is_valid():
        try:
            return redirect("desk:intake", received(request, form.cleaned_data))
        except ValidationError as refused:
            for words in refused.messages:
                form.add_error("file", words)
        except submission.Refused as refused:
            form.add_error(None, str(refused))
    recent = Intake.objects.visible_to(request.user).defer("rows", "titles")[:RECENT]
    told = {"form": form, "recent": recent, "kinds": KINDS}
    return render(request, "desk/intakes.html", told, status=400 if form.errors else 200)


def received(request, told):
    """The number of the stored file: the same one for a form that is sent twice."""
    file = told["file"]
    made = submission.once(
        told["token"],
        "intake",
        lambda: str(
            verbs.receive(by=request.user, kind=told["kind"], name=file.name, content=file.read()).pk
        ),
        by=request.user,
    )
    return made.result


@managers_only
@require_safe
def example(request, kind):
    """A workbook with the titles and one row, to begin with."""
    if kind not in KINDS:
        raise Http404
    columns = KINDS[kind].columns
    titles = [str(one.title) for one in columns]
    file = sheets.workbook(kind, titles, [[one.example for one in columns]])
    name = f"{kind}-voorbeeld.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=sheets.WORKBOOK)


@managers_only
@require_http_methods(["GET", "HEAD", "POST"])
def page(request, number):
    """One file: what it would do while it waits for a yes, and what it did."""
    intake = get_object_or_404(Intake.objects.visible_to(request.user), pk=number)
    form, status = StartForm(sent(request)), 200
    if form.is_bound:
        try:
            if done := act(request, intake, form):
                messages.success(request, done)
                return redirect(intake)
            status = 400
        except ValidationError as refused:
            status = put_errors(form, refused)
            intake.refresh_from_db()
    plan = plan_of(intake) if intake.state == State.READY else None
    if plan and not form.is_bound:
        form = StartForm(initial={"version": intake.version, "fingerprint": plan.fingerprint})
    elif plan:
        form.data = form.data.copy()
        form.data.update({"version": intake.version, "fingerprint": plan.fingerprint})
    told = {"intake": intake, "form": form, "plan": plan, "groups": groups(plan) if plan else []}
    return render(request, "desk/intake.html", told, status=status)


def act(request, intake, form):
    """What the button that was pressed does; what to say of it, or nothing when the form is not good."""
    if not form.is_valid():
        return ""
    told = form.cleaned_data
    if request.POST.get("doe") == "stop":
        verbs.cancel(intake, by=request.user, version=told["version"])
        return _("We bewaren niets. Het bestand is weg.")
    verbs.start(intake, by=request.user, **told)
    return STARTED.get(intake.state, "")


def groups(plan):
    """The rows by what becomes of them: [{title, number, rows, left, differs}, …]; the first rows only."""
    named = [
        (_("Nieuw"), plan.new, "like"),
        (_("Verandert"), plan.changed, "differences"),
        (_("Lijkt op iets dat er al is"), plan.doubles, "like"),
        (_("Blijft zoals het is"), plan.same, "like"),
    ]
    return [
        {
            "title": title,
            "number": len(lines),
            "rows": [(one.number, one.name, getattr(one, more)) for one in lines[:SHOWN]],
            "left": max(0, len(lines) - SHOWN),
            "differs": more == "differences",
        }
        for title, lines, more in named
        if lines
    ]
