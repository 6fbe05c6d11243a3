"""What officers know of organisations and people in the demo; days are counted from today."""

from datetime import timedelta

from django.utils import timezone

from contacts.models import Ground, Organisation, Person
from desk.persons.verbs import note_person
from desk.relations.verbs import note_moment
from townhall.calendar import add_working_days
from townhall.verbs import next_key

TALKS = [  # (how, days ago, what it was about, next step, in how many working days)
    ("Gebeld", 4, "Ze willen in het voorjaar een zaal uitlenen. Graag op een doordeweekse avond.",
     "Stuur de data van de buurtavonden", 3),
    ("Op bezoek geweest", 40, "We liepen langs de binnentuin. Er is hulp nodig met snoeien.", "", 0),
    ("Gesproken aan het loket", 420, "Ze vroegen wie er over subsidie gaat.", "", 0),
]  # fmt: skip
PEOPLE = [  # (name, mailbox, source, ground, days ago, was told)
    ("Joke Waterdrager", "joke", "de website van de organisatie", Ground.TASK, 90, True),
    ("Hamid Steenhouwer", "hamid", "een kaartje op de buurtmarkt", Ground.CONSENT, 12, False),
]


def lay_out(officer):
    """Talks, people, and an organisation that is there twice."""
    today = timezone.localdate()
    known = list(Organisation.objects.order_by("key")[:3])
    people = [person(row, known[0], officer, today) for row in PEOPLE]
    for number, (how, ago, words, step, days) in enumerate(TALKS):
        note_moment(
            by=officer,
            how=how,
            on=today - timedelta(days=ago),
            note=words,
            organisations=known if number == 1 else [known[number]],
            persons=people[:1] if number == 0 else (),
            next_step=step,
            next_on=add_working_days(today, days) if step else None,
        )
    twice(known[1])


def person(row, organisation, officer, today):
    """Somebody at an organisation."""
    name, box, source, ground, ago, was_told = row
    day = today - timedelta(days=ago)
    made = note_person(
        by=officer,
        name=name,
        email=f"{box}@voorbeeld.example",
        organisation=organisation,
        source=source,
        ground=ground,
        consented_on=day if ground == Ground.CONSENT else None,
        informed_on=day if was_told else None,
    )
    Person.objects.filter(pk=made.pk).update(noted_at=timezone.now() - timedelta(days=ago))
    return made


def twice(organisation):
    """The same organisation once more, as it happens when two colleagues write it down."""
    Organisation.objects.create(
        key=next_key(Organisation, "P"),
        name=organisation.name.replace(" De ", " de "),
        kind=organisation.kind,
        website=organisation.website,
        is_open=False,
        works_everywhere=False,
    )
