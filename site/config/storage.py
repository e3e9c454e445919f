"""Files in object storage, read through the site: the bucket stays private, the origin one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from storages.backends.s3 import S3Storage

#: Seconds until an object storage counts as not there, or as silent, and how often it is asked.
CONNECT_SECONDS, SILENCE_SECONDS, ATTEMPTS = 3, 10, 2


class SiteAddressStorage(S3Storage):
    """Keep files in a private bucket and give them the site's own addresses below MEDIA_URL.

    A storage that is down or silent fails within half a minute, with an OSError as a disk would.
    """

    client_config: Config

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.client_config = self.client_config.merge(
            Config(
                connect_timeout=CONNECT_SECONDS,
                read_timeout=SILENCE_SECONDS,
                retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
            )
        )
        self.transfer_config = TransferConfig(num_download_attempts=ATTEMPTS)

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        """Store a file.

        Raises:
            OSError: the storage is down, silent or refuses.
        """
        with _as_disk():
            return str(super().save(name, content, max_length=max_length))

    def delete(self, name: str) -> None:
        """Remove a file.

        Raises:
            OSError: the storage is down, silent or refuses.
        """
        with _as_disk():
            super().delete(name)

    def url(
        self,
        name: str,
        parameters: dict[str, str] | None = None,
        expire: int | None = None,
        http_method: str | None = None,
    ) -> str:
        return settings.MEDIA_URL + quote(name)


@contextmanager
def _as_disk() -> Iterator[None]:
    try:
        yield
    except (Boto3Error, BotoCoreError, ClientError) as error:
        raise OSError(str(error)) from error
