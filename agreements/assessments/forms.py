"""What an officer finds for each question, what the initiator says to that, and the reply."""

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.assessments.models import Answer
from townhall.posting import TOO_LONG
from townhall.submission import SentOnce

AGAIN = _("Kijk nog eens of alles klopt en verstuur opnieuw.")


class Words(forms.CharField):
    """Some lines of text that may stay empty."""

    def __init__(self, *, rows, **kwargs):
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(required=False, widget=widget, error_messages={"max_length": TOO_LONG}, **kwargs)


class OfVersion(SentOnce):
    """A form about an assessment as it was on the page; version 0: there was none yet."""

    version = forms.IntegerField(
        min_value=0,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(("required", "invalid", "min_value"), AGAIN),
    )


def answer_name(criterion):
    return f"antwoord-{criterion.key}"


def words_name(criterion):
    """The field with the words about a criterion: a reason, or a reaction."""
    return f"tekst-{criterion.key}"


class AssessForm(OfVersion):
    """An answer and a reason for each criterion; a draft may leave some open."""

    def __init__(self, data=None, *, criteria, assessment=None):
        self.criteria = criteria
        known = {one.criterion_id: one for one in assessment.answers.all()} if assessment else {}
        initial = {"version": assessment.version if assessment else 0}
        for criterion in criteria:
            if said := known.get(criterion.pk):
                initial |= {answer_name(criterion): said.answer, words_name(criterion): said.reason}
        super().__init__(data, initial=initial)
        for criterion in criteria:
            self.fields[answer_name(criterion)] = forms.ChoiceField(
                label=criterion.question,
                help_text=criterion.counts,
                choices=[(one.value, one.label.capitalize()) for one in Answer],
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Deze keuze kennen we niet. Kies uit de lijst.")},
            )
            self.fields[words_name(criterion)] = Words(
                label=_("Waarom? (%(name)s)") % {"name": criterion.name}, rows=3, max_length=1500
            )
        self.reactions = {one.criterion_id: one.reaction for one in known.values()}

    def clean(self):
        cleaned = super().clean()
        for criterion in self.criteria:
            answer, reason = cleaned.get(answer_name(criterion)), cleaned.get(words_name(criterion))
            if answer and reason == "":
                self.add_error(words_name(criterion), _("Schrijf in gewone woorden waarom."))
            if reason and answer == "":
                self.add_error(answer_name(criterion), _("Kies een antwoord bij je uitleg."))
        if not self.errors and not self.answers():
            raise forms.ValidationError(_("Beantwoord eerst een van de vragen."))
        return cleaned

    def answers(self):
        """What was filled in, as the verb takes it."""
        told = self.cleaned_data
        return {
            criterion: (told[answer_name(criterion)], told[words_name(criterion)])
            for criterion in self.criteria
            if told[answer_name(criterion)]
        }

    def groups(self):
        """The fields per criterion: [{criterion, answer, words, reaction}, …]."""
        return [
            {
                "criterion": criterion,
                "answer": self[answer_name(criterion)],
                "words": self[words_name(criterion)],
                "reaction": self.reactions.get(criterion.pk, ""),
            }
            for criterion in self.criteria
        ]


class ReactForm(OfVersion):
    """What the initiator says to it: per criterion, as a whole, or that it is right."""

    reaction = Words(
        label=_("Wil je nog iets zeggen over het geheel?"),
        help_text=_("Noem geen namen van andere mensen."),
        rows=4,
        max_length=2000,
    )

    def __init__(self, data=None, *, assessment):
        self.said = assessment.in_order
        initial = {"version": assessment.version, "reaction": assessment.reaction}
        initial |= {words_name(one.criterion): one.reaction for one in self.said}
        super().__init__(data, initial=initial)
        for one in self.said:
            self.fields[words_name(one.criterion)] = Words(
                label=_("Jouw reactie op “%(name)s”") % {"name": one.criterion.name},
                rows=2,
                max_length=1000,
            )

    def clean(self):
        cleaned = super().clean()
        names = ["reaction", *(words_name(one.criterion) for one in self.said)]
        if "akkoord" not in self.data and not any(cleaned.get(name) for name in names) and not self.errors:
            raise forms.ValidationError(
                _("Schrijf wat je wilt zeggen. Klopt alles? Kies dan “Dit klopt zo”.")
            )
        return cleaned

    def values(self):
        """What the verb takes."""
        told = self.cleaned_data
        return {
            "version": told["version"],
            "reaction": told["reaction"],
            "reactions": {one.criterion: told[words_name(one.criterion)] for one in self.said},
        }

    def rows(self):
        """Each answer with the field for a reaction."""
        return [(one, self[words_name(one.criterion)]) for one in self.said]


class CloseForm(OfVersion):
    """What was done with the reaction; without one there is nothing to answer."""

    reply = Words(
        label=_("Wat deed je met de reactie?"),
        help_text=_("De initiatiefnemer leest dit. Noem geen namen van mensen."),
        rows=4,
        max_length=2000,
    )

    def __init__(self, data=None, *, assessment):
        initial = {"version": assessment.version, "reply": assessment.reply}
        super().__init__(data, initial=initial, auto_id="afronden-%s")
        if not assessment.has_reaction:
            del self.fields["reply"]

    def values(self):
        """What the verb takes."""
        return {name: value for name, value in self.cleaned_data.items() if name != "token"}
