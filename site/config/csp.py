"""Two content security policies: a strict one for readers and the portal, another for /admin/.

Wagtail's date choosers, inline panels and choosers print inline scripts without a nonce, so the
administration allows them; nothing a reader or an applicant opens does.
"""

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

ADMIN = "/admin/"


class TwoPoliciesMiddleware(CSPMiddleware):
    """Send the policy of the administration below /admin/, the strict one everywhere else."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(ADMIN) and not report_only:
            parts.config = parts.config or settings.ADMIN_CONTENT_SECURITY_POLICY
        return parts
