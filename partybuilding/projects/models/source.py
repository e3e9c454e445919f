"""What an application was begun from: a case of others, one's own project, an earlier application."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.projects.models.project import Project
from partybuilding.projects.states import SourceKind


class Source(models.Model):
    """The one project that another was begun from, and why; written with the draft, never changed."""

    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="source")
    kind = models.CharField(_("begun by"), max_length=20, choices=SourceKind, editable=False)
    origin = models.ForeignKey(
        Project,
        verbose_name=_("begun from"),
        on_delete=models.PROTECT,
        related_name="followers",
        editable=False,
    )
    #: The case that is learnt from, by its name: cases stand above projects.
    case = models.ForeignKey(
        "partybuilding.CaseStudy",
        verbose_name=_("case study"),
        null=True,
        on_delete=models.PROTECT,
        related_name="adoptions",
        editable=False,
    )
    begun_at = models.DateTimeField(_("begun at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("source of an application")
        verbose_name_plural = _("sources of applications")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(project=F("origin")), name="source_is_another_project"
            ),
            models.CheckConstraint(
                condition=Q(kind=SourceKind.ADOPT, case__isnull=False)
                | (~Q(kind=SourceKind.ADOPT) & Q(case__isnull=True)),
                name="source_names_its_case",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.origin}"
