"""Backups and drills over the API, for whoever keeps the backups: what there is, and starting one in the background."""

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import mixins, serializers, status, viewsets
from rest_framework.response import Response

from crm.backups import page, services
from crm.backups.entries import FULL, INCREMENTAL
from crm.backups.models import Backup, Drill
from crm.core.keyset import Sort
from crm.core.policy import require
from crm.jobs.models import Job
from crm.rest.paging import PagingOfAsked
from crm.rest.serializers import Input, PersonRef
from crm.rest.strict import Strict
from crm.rest.viewsets import NounViewSet


class BackupAnswer(serializers.ModelSerializer):
    """One run: the backup it made, or why it made none. `size` is in bytes, `message` in the reader's language."""

    actor = PersonRef(read_only=True)
    seconds = serializers.FloatField(read_only=True, allow_null=True)
    message = serializers.CharField(source="words", read_only=True)

    class Meta:
        model = Backup
        fields = [
            "id", "code", "kind", "state", "based_on", "actor", "started_at", "ended_at", "seconds",
            "size", "sha256", "rows", "files", "key", "places", "message",
        ]  # fmt: skip
        read_only_fields = fields


class DrillStep(serializers.Serializer):
    """One question of a drill, what was found as a stable code, and in words."""

    name = serializers.CharField()
    ok = serializers.BooleanField()
    code = serializers.CharField()
    words = serializers.CharField()
    seconds = serializers.FloatField()


class DrillAnswer(serializers.ModelSerializer):
    """One drill: which backup was brought back to life, whether it held, and each step."""

    actor = PersonRef(read_only=True)
    seconds = serializers.FloatField(read_only=True, allow_null=True)
    steps = serializers.SerializerMethodField()

    class Meta:
        model = Drill
        fields = ["id", "code", "place", "ok", "actor", "started_at", "ended_at", "seconds", "steps"]
        read_only_fields = fields

    @extend_schema_field(DrillStep(many=True))
    def get_steps(self, drill):
        """The steps in their order."""
        return DrillStep(page.steps(drill), many=True).data


class JobAnswer(serializers.ModelSerializer):
    """Where the work stands: `result` names the backup when it is done, `message` says what went wrong."""

    class Meta:
        model = Job
        fields = ["id", "kind", "state", "done", "total", "note", "message", "result", "created_at", "started_at", "finished_at"]
        read_only_fields = fields


class BackupInput(Input):
    """What to take: everything, or what has changed since the newest one."""

    kind = serializers.ChoiceField(choices=[FULL, INCREMENTAL])


class DrillInput(Input):
    """Which backup to prove; the newest unless one is named."""

    code = serializers.CharField(required=False, max_length=60, allow_blank=True)


class Kept(Strict, mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet):
    """What belongs to the house and not to one of its people: subclass with `queryset`."""

    noun = "house"
    filter_backends = ()
    pagination_class = PagingOfAsked
    related = ("actor",)
    lookup_value_regex = NounViewSet.lookup_value_regex
    sorts = (Sort("started", _("Newest first"), "started_at", descending=True),)

    def get_queryset(self):
        """All rows, for whoever keeps the backups."""
        require(self.request.user, "house.back_up")
        return super().get_queryset().select_related("actor")

    def begun(self, job):
        """The job that does it."""
        return Response(JobAnswer(job).data, status=status.HTTP_202_ACCEPTED)


class BackupViewSet(Kept):
    """Every run, the newest first."""

    queryset = Backup.objects.all()
    serializer_class = BackupAnswer

    @extend_schema(request=BackupInput, responses={202: JobAnswer})
    def create(self, request):
        """Take a backup in the background."""
        return self.begun(services.start(self.read(BackupInput)["kind"], by=request.user))


class DrillViewSet(Kept):
    """Every drill, the newest first."""

    queryset = Drill.objects.all()
    serializer_class = DrillAnswer

    @extend_schema(request=DrillInput, responses={202: JobAnswer})
    def create(self, request):
        """Bring a backup back to life in the background."""
        return self.begun(services.start_drill(by=request.user, code=self.read(DrillInput).get("code", "")))


class BackupJobViewSet(Strict, viewsets.GenericViewSet):
    """The work that was started, until thirty days after its end."""

    noun = "house"
    queryset = Job.objects.filter(kind__in=(services.JOB, services.DRILL_JOB))
    serializer_class = JobAnswer
    pagination_class = None
    filter_backends = ()
    lookup_value_regex = NounViewSet.lookup_value_regex

    @extend_schema(responses=JobAnswer)
    def retrieve(self, request, pk=None):
        """Where it stands."""
        require(request.user, "house.back_up")
        job = self.get_queryset().filter(pk=int(pk)).first()
        if job is None:
            raise Http404
        return Response(JobAnswer(job).data)
