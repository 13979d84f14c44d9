"""Refusing what is too large while it arrives, before it fills the disk."""

from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler

from crm.importexport.refusals import MEGABYTE, MOST_BYTES, refused

# A form around the file takes little; what states more than this, or sends more, is not read to its end.
MOST_BODY = MOST_BYTES + 5 * MEGABYTE


class Limited(TemporaryFileUploadHandler):
    """Keeps uploads on the disk up to the limit; the view finds the refusal on the request."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        self.too_large = content_length > MOST_BODY
        self.received = 0

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self._stop_if(self.too_large)

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        self._stop_if(self.received > MOST_BODY)
        return super().receive_data_chunk(raw_data, start)

    def _stop_if(self, too_large):
        if too_large:
            self.request.upload_refused = refused("too_large")
            raise StopUpload(connection_reset=True)
