"""Where agreements are found: `/toezeggingen/`, `/eisen/`, `/afwegingskader/`, `/griffie/`, and at a plan."""

from django.urls import path
from django.views.decorators.http import require_safe

from agreements.assessments import views as assessments
from agreements.attachments import views as attachments
from agreements.challenges import views as challenges
from agreements.commitments import feeds, views
from agreements.continuity import views as continuity
from agreements.council import views as council
from agreements.merges import views as merges
from agreements.onlookers import views as onlookers
from agreements.referrals import views as referrals
from agreements.requirements import views as requirements

app_name = "agreements"
urlpatterns = [
    path("toezeggingen/", views.CommitmentList.as_view(), name="commitments"),
    path("toezeggingen/feed/", require_safe(feeds.Promises()), name="commitments-feed"),
    path("toezeggingen/nieuw/<slug:reference>/", views.promise, name="promise"),
    path("toezeggingen/<slug:kenmerk>/bestand/", views.proof, name="proof"),
    path("toezeggingen/<slug:kenmerk>/bestand/klein/", views.proof, {"small": True}, name="proof-small"),
    path("toezeggingen/<slug:kenmerk>/<slug:act>/", views.act, name="act"),
    path("initiatieven/<slug:reference>/bijlagen/<uuid:key>/", attachments.content, name="attachment"),
    path(
        "initiatieven/<slug:reference>/bijlagen/<uuid:key>/klein/",
        attachments.content,
        {"small": True},
        name="attachment-small",
    ),
    path("werkbank/<slug:reference>/bijlagen/", attachments.of_desk, name="desk-attachments"),
    path(
        "werkbank/<slug:reference>/bijlagen/<uuid:key>/<slug:slug>/",
        attachments.act_of_desk,
        name="desk-attachment-act",
    ),
    path("mijn/<uuid:public_id>/bijlagen/", attachments.of_mine, name="own-attachments"),
    path(
        "mijn/<uuid:public_id>/bijlagen/<uuid:key>/<slug:slug>/",
        attachments.act_of_mine,
        name="own-attachment-act",
    ),
    path("eisen/", requirements.LibraryPage.as_view(), name="library"),
    path("eisen/<slug:slug>/", requirements.StandardRequirementPage.as_view(), name="standard-requirement"),
    path("werkbank/<slug:reference>/eisen/", requirements.choose, name="requirement-choose"),
    path("werkbank/<slug:reference>/eisen/nieuw/", requirements.new, name="requirement-new"),
    path("werkbank/<slug:reference>/eisen/<slug:key>/<slug:name>/", requirements.act, name="requirement-act"),
    path("mijn/<uuid:public_id>/eisen/<slug:key>/vraag/", requirements.ask, name="requirement-ask"),
    path("afwegingskader/", assessments.FrameworkList.as_view(), name="frameworks"),
    path("afwegingskader/<slug:kenmerk>/", assessments.FrameworkPage.as_view(), name="framework"),
    path("werkbank/<slug:reference>/afweging/", assessments.assess, name="assess"),
    path("werkbank/<slug:reference>/afweging/afronden/", assessments.close, name="close-assessment"),
    path("mijn/<uuid:public_id>/afweging/", assessments.mine, name="assessment-mine"),
    path("mijn/<uuid:public_id>/samengaan/<int:key>/", merges.answer, name="merge"),
    path("werkbank/<slug:reference>/taak/", challenges.desk, name="challenge-desk"),
    path("mijn/<uuid:public_id>/taak/", challenges.mine, name="challenge"),
    path("mijn/<uuid:public_id>/doorverwezen/", referrals.mine, name="referral"),
    path("griffie/", council.questions, name="council-questions"),
    path("griffie/<str:kenmerk>/", council.question, name="council-question"),
    path("werkbank/<slug:reference>/raadsvraag/", council.desk, name="council-desk"),
    path("mijn/<uuid:public_id>/raadsvraag/", council.mine, name="council-mine"),
    path("doorverwezen/<str:token>/", referrals.answer, name="referral-answer"),
    path("werkbank/<slug:reference>/later/", continuity.of_desk, name="desk-later"),
    path("werkbank/<slug:reference>/later/<slug:name>/", continuity.act_of_desk, name="desk-later-act"),
    path("mijn/<uuid:public_id>/later/", continuity.of_mine, name="own-later"),
    path("mijn/<uuid:public_id>/later/<slug:name>/", continuity.act_of_mine, name="own-later-act"),
    path("opvolgen/<str:token>/", continuity.succession, name="succession"),
    path("meekijken/<str:token>/", onlookers.look_along, name="look-along"),
    path("mijn/<uuid:public_id>/meekijken/", onlookers.ask, name="ask-onlooker"),
    path("mijn/<uuid:public_id>/meekijken/<int:key>/weg/", onlookers.revoke, name="revoke-onlooker"),
]
