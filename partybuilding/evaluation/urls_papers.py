"""The papers of the evaluation for staff, and the signed score sheets that come back."""

from django.urls import path

from partybuilding.evaluation.views import papers

urlpatterns = [
    path("runs/<int:pk>/", papers.RunPapersView.as_view(), name="run_papers"),
    path("runs/<int:pk>/letters.pdf", papers.run_letters, name="run_letters"),
    path("runs/<int:pk>/letters/<int:project>.<str:edition>", papers.letter, name="run_letter"),
    path("runs/<int:pk>/certificates.pdf", papers.run_certificates, name="run_certificates"),
    path("runs/<int:pk>/groups.<str:edition>", papers.run_groups, name="run_groups"),
    path("awards/<int:pk>/certificate.<str:edition>", papers.certificate, name="certificate"),
    path("cycles/<int:pk>/groups/<int:group>/sheets.pdf", papers.group_sheets, name="group_sheets"),
    path("projects/<int:pk>/sheets/", papers.ProjectSheetsView.as_view(), name="project_sheets"),
    path("sheets/<int:pk>/sheet.<str:edition>", papers.sheet, name="score_sheet_paper"),
    path("sheets/<int:pk>/scan/", papers.ScanView.as_view(), name="score_sheet_scan"),
]
