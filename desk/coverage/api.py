"""Who covers what, for machines: the same reading as the page."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, serializers
from rest_framework.views import APIView

from desk.coverage.reading import Coverage, choice, may_see
from townhall.api_defaults import Pagination, refuse_unknown
from townhall.rest import CodeField, RecordSerializer


class ManagerName(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    functie = serializers.CharField(source="function")


class CoverGoal(RecordSerializer):
    kenmerk = serializers.CharField(source="key")
    titel = serializers.CharField(source="heading")


class CoverSerializer(RecordSerializer):
    audience = "officer"

    doel = CoverGoal(source="goal")
    wijk = serializers.CharField(source="district")
    accounthouder = ManagerName(source="manager", allow_null=True)
    regel = CodeField(
        source="rule",
        names={
            "contactpersoon-van-doel": "goal_owner",
            "vervanger": "deputy",
            "onderwerp": "profile",
            "wijk": "district",
            "loket": "front_desk",
        },
    )
    isGat = serializers.BooleanField(source="is_hole", help_text="Alleen het loket blijft over.")


class PageOfCovers(RecordSerializer):
    """A page of them, as every list gives it."""

    aantal = serializers.IntegerField()
    pagina = serializers.IntegerField()
    paginas = serializers.IntegerField()
    volgende = serializers.URLField(allow_null=True)
    vorige = serializers.URLField(allow_null=True)
    resultaten = CoverSerializer(many=True)


class CoverageView(APIView):
    """Wie voor welk doel in welke wijk de contactpersoon zou zijn. Voor beheerders en leidinggevenden."""

    http_method_names = ("get", "head")
    gives = {"GET": PageOfCovers}

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        if not may_see(request.user):
            raise Http404

    def get(self, request):
        coverage = Coverage()
        unknown = refuse_unknown(request, {"wijk", "portefeuille", "pagina", "perPagina"})
        if unknown:
            raise exceptions.ValidationError(unknown)
        try:
            found = coverage.chosen(*choice(request.query_params, coverage))
        except Http404:
            words = {"wijk": [_("Deze wijk of portefeuille kennen we niet.")]}
            raise exceptions.ValidationError(words) from None
        pages = Pagination()
        rows = [coverage.told(one) for one in pages.paginate_queryset(found, request, self)]
        return pages.get_paginated_response(CoverSerializer(rows, many=True).data)

    head = get


SINGLE = {"dekking": CoverageView}
