"""Questions to the council in the demo, one in each state. Days count from today, so they never grow old."""

from datetime import timedelta

from django.utils import timezone

from agreements.council.models import CouncilQuestion
from initiatives.models import Initiative
from townhall.calendar import add_working_days, working_day_before

QUESTIONS = [  # import key of the plan, working days ago, state, days until the next step, texts
    (
        "I070", 1, "asked", 4,
        {
            "question": "Wil de raad drie zaterdagen meedoen aan een burgerraad die is geloot?",
            "background": "Driehonderd adressen krijgen een brief. Wie meedoet, praat drie zaterdagen over "
            "één vraag. Dat werkt alleen als de raad vooraf zegt wat ze met het antwoord doet.",
        },
    ),
    (
        "I083", 12, "received", -3,
        {
            "question": "Mag er op de oude schoollocatie in Hoogdorp gebouwd worden voor ouderen?",
            "background": "In het bestemmingsplan staat daar een school. Die is weg. Elf bewoners willen er "
            "een hofje met zestien kleine huizen.",
            "from_town": True,
        },
    ),
    (
        "I025", 9, "forwarded", 14,
        {
            "question": "Kan het besluit over de bomen van de Laan wachten tot ons onderzoek is gelezen?",
            "background": "Een bomendeskundige keek naar de 46 linden. Volgens het onderzoek zijn er 41 "
            "gezond. Wij hebben een tekening waarbij geen boom weg hoeft.",
            "forwarded_to": "Commissie Ruimte",
        },
    ),
    (
        "I190", 40, "answered", 0,
        {
            "question": "Mogen scholieren vier keer per jaar een voorstel verdedigen in de raadszaal?",
            "background": "De debatclub heeft 25 leden. Leerlingen van alle scholen mogen meedoen.",
            "forwarded_to": "Commissie Samenleving",
            "answer": "Ja. De raadszaal is vier avonden per jaar vrij voor jullie. De raad geeft binnen twee "
            "maanden antwoord op een voorstel. Over het geld besluit de raad bij de begroting.",
            "next_step": "Kies met de griffie de eerste avond. Vraag je docent om mee te gaan.",
        },
    ),
    (
        "I092", 20, "withdrawn", 0,
        {
            "question": "Komt er grond vrij voor starters in Hoogdorp?",
            "background": "Tien jonge inwoners willen samen kleine huizen bouwen.",
            "closing_reason": "Het college gaf zelf al antwoord.",
        },
    ),
]  # fmt: skip
STEPS = ["asked", "received", "forwarded", "answered"]


def lay_out():
    """How many questions there are now."""
    for number, row in enumerate(QUESTIONS, 1):
        make(f"R{number:02d}", *row)
    return len(QUESTIONS)


def make(key, plan, ago, state, until, texts):
    """One question with the events that brought it where it is."""
    today, plan = timezone.localdate(), Initiative.objects.get(import_key=plan)
    asked = working_day_before(today, ago)
    taken = STEPS[: STEPS.index(state) + 1] if state in STEPS else ["asked", state]
    on = {step: min(add_working_days(asked, 2 * number), today) for number, step in enumerate(taken)}
    due = add_working_days(today, until) if until >= 0 else working_day_before(today, -until)
    forwarded = on.get("forwarded")
    meets = forwarded and (add_working_days(today, until - 5) if until > 5 else forwarded)
    CouncilQuestion.objects.create(
        key=key,
        initiative=plan,
        state=state,
        asked_on=asked,
        due_on=due,
        received_on=on.get("received"),
        forwarded_on=forwarded,
        meets_on=meets,
        closed_on=on.get("answered") or on.get("withdrawn"),
        **texts,
    )
    for step in taken:
        plan.add_event(
            f"council_{step}",
            at=timezone.now() - (today - on[step]) - timedelta(minutes=len(taken) - taken.index(step)),
            details={"question": key},
        )
