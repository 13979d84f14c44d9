"""Files over the API: those of a record, one added, one fetched, one removed."""

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from crm.files import page, services
from crm.files.finding import content_of, file_of, record_of
from crm.files.models import KeptFile
from crm.files.refusals import refused
from crm.rest.serializers import Input, PersonRef
from crm.rest.strict import Strict

NOUN = OpenApiParameter("noun", str, OpenApiParameter.PATH, description="The kind of record, as in the other addresses: `companies`, `contracts` …")
RECORD = OpenApiParameter("record", int, OpenApiParameter.PATH, description="The id of the record.")
ID = OpenApiParameter("id", int, OpenApiParameter.PATH, description="The id of the file.")


class FileAnswer(serializers.ModelSerializer):
    """One file; `noun` and `record` say what it lies with."""

    noun = serializers.SerializerMethodField()
    record = serializers.IntegerField(source="object_id")
    added_by = PersonRef()

    class Meta:
        model = KeptFile
        fields = ["id", "noun", "record", "name", "media_type", "size", "sha256", "added_by", "added_at"]
        read_only_fields = fields

    def get_noun(self, file) -> str:
        """The kind of the record it lies with."""
        return file.kind.model_class().noun


class FileInput(Input):
    """The content, sent as a part of a form."""

    file = serializers.FileField(max_length=500, allow_empty_file=True)


class FileViewSet(Strict, viewsets.GenericViewSet):
    """The files of one record; a token needs the scope of the record's kind."""

    queryset = KeptFile.objects.none()
    serializer_class = FileAnswer
    parser_classes = [MultiPartParser]
    pagination_class = None
    lookup_value_regex = r"\d{1,18}"

    @property
    def noun(self):
        """The plural that rights and token scopes speak of."""
        return self.kwargs.get("noun", "")

    @extend_schema(parameters=[NOUN, RECORD], responses=FileAnswer(many=True))
    def list(self, request, noun, record):
        """The newest 200 files of a record; of a company also those of what lies under it."""
        found = page.files_of(self.record("view"), request.user)[: page.SHOWN]
        return Response(self.get_serializer(found, many=True).data)

    @extend_schema(parameters=[NOUN, RECORD], request={"multipart/form-data": FileInput}, responses={201: FileAnswer})
    def create(self, request, noun, record):
        """Keep a file with the record; sent twice it is kept once."""
        holder = self.record("edit")
        # What is too large is not read to its end: then no file has come.
        if not request.FILES and getattr(request._request, "upload_refused", None):
            raise refused("too_large")
        file = services.add(holder, self.read(FileInput)["file"], by=request.user)
        return Response(self.get_serializer(file).data, status.HTTP_201_CREATED)

    @extend_schema(parameters=[NOUN, RECORD, ID], responses={204: None})
    def destroy(self, request, noun, record, pk=None):
        """Take the file away from the record."""
        services.delete(self.file("edit"), by=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(parameters=[NOUN, RECORD, ID], responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def content(self, request, noun, record, pk=None):
        """The content."""
        return content_of(self.file("view"))

    def record(self, action_name):
        """The record of the URL."""
        return record_of(self.request.user, self.kwargs["noun"], int(self.kwargs["record"]), action_name)

    def file(self, action_name):
        """The file of the URL, if it lies with the record of the URL."""
        file, record = file_of(self.request.user, int(self.kwargs["pk"]), action_name)
        if (record.noun, record.pk) != (self.kwargs["noun"], int(self.kwargs["record"])):
            raise Http404
        return file
