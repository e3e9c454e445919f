"""Files in object storage, read through the site: the bucket stays private, the origin one."""

from urllib.parse import quote

from django.conf import settings
from storages.backends.s3 import S3Storage


class SiteAddressStorage(S3Storage):
    """Keep files in a private bucket and give them the site's own addresses below MEDIA_URL."""

    def url(
        self,
        name: str,
        parameters: dict[str, str] | None = None,
        expire: int | None = None,
        http_method: str | None = None,
    ) -> str:
        return settings.MEDIA_URL + quote(name)
