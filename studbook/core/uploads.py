"""What is sent with a form: a file above the limit is dropped as it comes in, so that nobody can fill the disk."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class LimitedUpload(FileUploadHandler):
    """Stands before the handlers that keep files. The form finds no file, and says how large one may be."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._received = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self._received += len(raw_data)
        if self._received > settings.LARGEST_UPLOAD:
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
