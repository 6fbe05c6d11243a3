"""Who looks along at a plan, for machines: what the initiator's page does, by the same verbs."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import exceptions, serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

from agreements.onlookers import verbs
from agreements.onlookers.models import Onlooker
from contacts.api import Named
from contacts.models import PortfolioHolder
from initiatives.models import Initiative
from initiatives.verbs import either
from townhall import submission
from townhall.rest import CodeField, KeyField, RecordSerializer, StrictSerializer, in_dutch

KINDS = {"bureau": Onlooker.Kind.OFFICE, "griffie": Onlooker.Kind.COUNCIL}


class OnlookerSerializer(RecordSerializer):
    audience = "initiator"

    wie = CodeField(source="kind", names=KINDS)
    portefeuillehouder = Named(source="holder", allow_null=True)
    gevraagdOp = serializers.DateTimeField(source="at")
    werktTot = serializers.DateTimeField(source="until")
    bekekenOp = serializers.DateTimeField(source="seen_at", allow_null=True)
    ingetrokkenOp = serializers.DateTimeField(source="revoked_at", allow_null=True)


class OnlookerInput(StrictSerializer):
    portefeuillehouder = KeyField(
        PortfolioHolder.objects.in_office,
        source="holder",
        allow_null=True,
        required=False,
        help_text="Leeg: de griffie.",
    )


class Onlookers(APIView):
    """Wie meekijkt bij een plan, na een termijn die voorbij is."""

    http_method_names = ("get", "head", "post", "delete")
    words = {
        "POST": "Vraag iemand om mee te kijken. Diegene krijgt een link die 30 dagen werkt.",
        "DELETE": "Trek alle links van dit plan in.",
    }
    asks = OnlookerInput
    gives = dict.fromkeys(("GET", "POST"), OnlookerSerializer(many=True)) | {"DELETE": {"204": None}}

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        plans = Initiative.objects.visible_to(request.user).registered()
        self.plan = get_object_or_404(plans, reference=kwargs["kenmerk"])
        if not either(request.user, self.plan):
            raise PermissionDenied(_("Dit kan alleen de initiatiefnemer."))

    def get(self, request, kenmerk):
        found = self.plan.onlookers.visible_to(request.user).select_related("holder")[:100]
        return Response(OnlookerSerializer(found, many=True).data)

    head = get

    def post(self, request, kenmerk):
        asked = self.asks(data=request.data)
        asked.is_valid(raise_exception=True)
        token, by = submission.token_of(request), request.user
        holder = asked.validated_data.get("holder")

        def make():
            called = {"whom": "portefeuillehouder"}
            made = in_dutch(asked, lambda: verbs.ask(self.plan, by=by, holder=holder), called)
            return str(made.pk)

        try:
            submission.once(token, f"api-onlooker-{self.plan.pk}", make, by=by)
        except submission.Refused as refused:
            raise exceptions.ValidationError({submission.HEADER: [str(refused)]}) from None
        return self.get(request, kenmerk)

    def delete(self, request, kenmerk):
        found = list(self.plan.onlookers.open().select_related("initiative"))
        if not found:
            raise ValidationError(_("Er kijkt niemand mee."), code="conflict")
        for one in found:
            verbs.revoke(one, by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


ON_PLANS = {"meekijkers": Onlookers}
