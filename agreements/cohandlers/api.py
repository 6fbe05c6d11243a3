"""Co-handlers for machines: who does what for a plan, by the same verbs as the desk."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from agreements.cohandlers import verbs
from contacts.api import WordsField
from contacts.models import AccountManager
from goals.api import ContactReference
from initiatives.models import Initiative
from initiatives.verbs import officer
from townhall import submission
from townhall.rest import KeyField, RecordSerializer, StrictSerializer, TextField, in_dutch


class CoHandlerSerializer(RecordSerializer):
    audience = "officer"

    kenmerk = serializers.CharField(source="id")
    accounthouder = ContactReference(source="manager")
    wat = serializers.CharField(source="task")
    uiterlijk = serializers.DateField(source="due_on")
    gedaanOp = serializers.DateField(source="done_on", allow_null=True)
    afgezegdOp = serializers.DateField(source="cancelled_on", allow_null=True)
    waaromAfgezegd = WordsField(source="cancel_reason")
    versie = serializers.IntegerField(source="version")


class CoHandlerInput(StrictSerializer):
    accounthouder = KeyField(AccountManager.objects.employed, source="manager")
    wat = TextField(source="task", max_length=300)
    uiterlijk = serializers.DateField(source="due_on")


class CoHandlers(APIView):
    """Collega's die iets doen voor een plan. De initiatiefnemer houdt één contactpersoon."""

    http_method_names = ("get", "head", "post")
    words = {"POST": "Vraag een collega om iets te doen voor dit plan."}
    asks = CoHandlerInput
    gives = dict.fromkeys(("GET", "POST"), CoHandlerSerializer(many=True))

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not (request.user.is_authenticated and request.user.is_officer):
            raise Http404
        plans = Initiative.objects.visible_to(request.user).registered()
        self.plan = get_object_or_404(plans, reference=kwargs["kenmerk"])
        if not officer(request.user, self.plan):
            raise PermissionDenied(_("Niemand behandelt een eigen plan."))

    def get(self, request, kenmerk):
        found = self.plan.cohandlers.visible_to(request.user).in_order()[:100]
        return Response(CoHandlerSerializer(found, many=True).data)

    head = get

    def post(self, request, kenmerk):
        asked = self.asks(data=request.data)
        asked.is_valid(raise_exception=True)
        values, token, by = asked.validated_data, submission.token_of(request), request.user

        def make():
            return str(in_dutch(asked, lambda: verbs.ask(self.plan, by=by, **values)).pk)

        try:
            submission.once(token, f"api-cohandler-{self.plan.pk}", make, by=by)
        except submission.Refused as refused:
            raise exceptions.ValidationError({submission.HEADER: [str(refused)]}) from None
        return self.get(request, kenmerk)


class DoneInput(StrictSerializer):
    kenmerk = serializers.IntegerField(min_value=1, max_value=10**15)
    versie = serializers.IntegerField(min_value=1)


class Done(CoHandlers):
    """Wat een collega deed voor een plan, is klaar."""

    http_method_names = ("post",)
    words = {}
    asks = DoneInput
    gives = {"POST": CoHandlerSerializer(many=True)}

    def post(self, request, kenmerk):
        asked = self.asks(data=request.data)
        asked.is_valid(raise_exception=True)
        told = asked.validated_data
        found = self.plan.cohandlers.select_related("initiative", "manager")
        cohandler = get_object_or_404(found, pk=told["kenmerk"])
        in_dutch(asked, lambda: self.do(cohandler, told))
        return Response(
            CoHandlerSerializer(self.plan.cohandlers.in_order()[:100], many=True).data,
            status=status.HTTP_200_OK,
        )

    def do(self, cohandler, told):
        verbs.done(cohandler, by=self.request.user, version=told["versie"])


class CancelInput(DoneInput):
    reden = TextField(source="reason", max_length=300)


class Cancelled(Done):
    """Wat een collega zou doen, hoeft niet meer."""

    asks = CancelInput

    def do(self, cohandler, told):
        verbs.cancel(cohandler, by=self.request.user, version=told["versie"], reason=told["reason"])


ON_PLANS = {
    "meebehandelaars": CoHandlers,
    "meebehandelaars-klaar": Done,
    "meebehandelaars-afgezegd": Cancelled,
}
