"""A bucket of S3 (Amazon's, OpenStack Swift, Ceph, MinIO) that several machines share, in place of a folder.

A module of its own: its library is loaded only where files lie so.
"""

import errno
from contextlib import contextmanager

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage

from .varasto import VarastoEiVastaa

SEKUNTEJA = 10  # that an answer is waited for; then twice more


class Sanko(S3Storage):
    """Files nobody reads but through our pages: no public address, no name given twice, an object whole or not."""

    def __init__(self, **options):
        config = Config(
            signature_version="s3v4",
            s3={"addressing_style": "path"},
            connect_timeout=SEKUNTEJA,
            read_timeout=SEKUNTEJA,
            retries={"max_attempts": 3, "mode": "standard"},
            # Checksums in trailers are Amazon's own: others answer them with an error.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        super().__init__(client_config=config, file_overwrite=False, default_acl=None, querystring_auth=True, **options)

    def put(self, name: str, content: bytes) -> None:
        """In place of an object of that name: see Varasto.put."""
        with _told():
            self.bucket.Object(self._normalize_name(name)).put(Body=content)

    def _save(self, name, content):
        with _told():
            return super()._save(name, content)

    def _open(self, name, mode="rb"):
        """Read at once: a file that is opened is there, one that is not says so."""
        with _told():
            return ContentFile(super()._open(name, mode).read(), name=name)

    def exists(self, name):
        with _told():
            return super().exists(name)

    def delete(self, name):
        with _told():
            super().delete(name)

    def listdir(self, name):
        with _told():
            return super().listdir(name)

    def get_modified_time(self, name):
        with _told():
            return super().get_modified_time(name)


@contextmanager
def _told():
    """What the library says, as the faults that a folder has: a missing file and a machine that does not answer."""
    try:
        yield
    except ClientError as error:
        if error.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            raise FileNotFoundError(errno.ENOENT, str(error)) from error
        raise VarastoEiVastaa(f"Tiedostovarasto ei vastaa: {error}") from error
    except FileNotFoundError as error:
        raise FileNotFoundError(errno.ENOENT, str(error)) from error  # as a folder's, which has its number
    except BotoCoreError as error:
        raise VarastoEiVastaa(f"Tiedostovarasto ei vastaa: {error}") from error
