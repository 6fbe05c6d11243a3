"""The pages of a letter to a selection. For officers, about the plans they handle; for managers, about all.
A manager sees the letters of others and may throw them away, no more.

There is no twin: a person looks a letter over before hundreds of people get it.
"""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.handback import officers_only
from desk.letters import verbs
from desk.letters.models import Letter, LetterKind, LetterState
from desk.letters.selecting import MOST, SELECTIONS
from desk.manage.fields import lines
from townhall import submission
from townhall.posting import put_errors, put_on, sent
from townhall.submission import SentOnce

READ_AND_SEND = require_http_methods(["GET", "HEAD", "POST"])
RECENT = 20  # letters in the list
LONGEST = Letter._meta.get_field("query").max_length


class LetterForm(forms.ModelForm):
    """The words of a letter."""

    class Meta:
        model = Letter
        fields = ["subject", "text"]
        labels = {"subject": lazy("Onderwerp"), "text": lazy("De brief")}
        widgets = {"text": lines(10)}
        error_messages = {
            "subject": {"required": lazy("Schrijf waar de brief over gaat.")},
            "text": {"required": lazy("Schrijf de brief.")},
        }

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        known = ", ".join(f"[{name}]" for name in verbs.BLANKS[kind])
        self.fields["text"].help_text = _("Dit vullen we voor ieder in: %(known)s.") % {"known": known}


class NewForm(SentOnce, LetterForm):
    """The first words, once."""


class VersionForm(LetterForm):
    """Other words, on top of the version that was read; whose letter it is not sees them only."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].disabled = self.instance.by_id != by.pk


@never_cache
@officers_only
@READ_AND_SEND
def new(request, kind):
    """A letter to who is in the list that one came from; its filters stand in the address."""
    if kind not in LetterKind.values or (kind == LetterKind.PARTNERS and not request.user.is_manager):
        raise Http404
    query = request.GET.copy()
    for name in ("pagina", "formaat"):
        query.pop(name, None)
    query = query.urlencode()
    if len(query) > LONGEST:
        raise Http404
    form = NewForm(sent(request), kind=kind)
    if form.is_bound and form.is_valid():
        try:
            return redirect("desk:letter", begun(request, kind, query, form.cleaned_data))
        except ValidationError as refused:
            put_errors(form, refused)
        except submission.Refused as refused:
            form.add_error(None, str(refused))
    chosen = SELECTIONS[kind](request.user, query).order_by()
    told = {
        "form": form,
        "kind": LetterKind(kind),
        "here": request.get_full_path(),
        "number": len(chosen.values_list("pk", flat=True)[: MOST + 1]),
        "most": MOST,
        "recent": Letter.objects.visible_to(request.user)[:RECENT],
    }
    return render(request, "desk/letter_new.html", told, status=400 if form.errors else 200)


def begun(request, kind, query, told):
    """The number of the letter: the same one for a form that is sent twice."""
    words = {name: told[name] for name in ("subject", "text")}
    made = submission.once(
        told["token"],
        f"letter-{kind}",
        lambda: str(verbs.begin(by=request.user, kind=kind, query=query, **words).pk),
        by=request.user,
    )
    return made.result


@never_cache
@officers_only
@READ_AND_SEND
def page(request, number):
    """One letter: look it over while it waits, see how far it is once it goes."""
    letter = get_object_or_404(Letter.objects.visible_to(request.user).select_related("by"), pk=number)
    shown, status = {"version": letter.version}, 200
    form = VersionForm(sent(request), instance=letter, kind=letter.kind, by=request.user, initial=shown)
    if form.is_bound:
        try:
            if words := act(request, letter, form):
                messages.success(request, words)
                return redirect(letter)
            status = 400
        except ValidationError as refused:
            status = put_errors(form, refused)
    letter.refresh_from_db()
    if form.is_bound:
        put_on(form, letter.version)
    counts = letter.counts
    told = {
        "letter": letter,
        "form": form,
        "counts": counts,
        "is_mine": letter.by_id == request.user.pk,
        "is_ready": letter.state == LetterState.READY,
        "why_not": verbs.why_not(letter),
        "preview": verbs.preview(letter) if letter.state == LetterState.READY else None,
    }
    return render(request, "desk/letter.html", told, status=status)


def act(request, letter, form):
    """What the button that was pressed does; what to say of it, or nothing when the form is not good."""
    act, by = request.POST.get("doe", ""), request.user
    if not form.is_valid():
        return ""
    told = form.cleaned_data
    if act == "weg":
        verbs.discard(letter, by=by, version=told["version"])
        return _("De brief is weg. Niemand kreeg hem.")
    verbs.reword(letter, by=by, **told)
    if act == "proef":
        verbs.try_out(letter, by=by)
        return _("De proef is onderweg naar je eigen mailbox.")
    if act == "verstuur":
        verbs.send(letter, by=by, version=letter.version)
        return _("De brief gaat nu weg. Je kunt deze pagina sluiten: het gaat vanzelf door.")
    return _("De brief is bewaard. Hieronder zie je hoe die eruitziet.")
