"""The addresses of the portal, with the namespace "portal"."""

from django.urls import path

from partybuilding.portal.views import (
    account,
    application,
    assessments,
    attachments,
    changes,
    commitments,
    feedback,
    files,
    home,
    messages,
    papers,
    partners,
    progress,
    questions,
    results,
    sections,
    status,
    submission,
    supervision,
)

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("login/", account.Login.as_view(), name="login"),
    path("logout/", account.Logout.as_view(), name="logout"),
    path("password/", account.password_change, name="password"),
    path("start/", home.start, name="start"),
    path("projects/<int:pk>/", status.project, name="project"),
    path("projects/<int:pk>/form.<str:edition>", status.form_paper, name="form_paper"),
    path("projects/<int:pk>/letter.<str:edition>", status.letter_paper, name="letter_paper"),
    path("projects/<int:pk>/result.<str:edition>", papers.result_letter, name="result_letter"),
    path(
        "projects/<int:pk>/certificate/<int:award>.<str:edition>",
        papers.certificate,
        name="certificate",
    ),
    path("projects/<int:pk>/application/", application.application, name="application"),
    path("projects/<int:pk>/application/attachments/", attachments.attachments, name="attachments"),
    path(
        "projects/<int:pk>/application/attachments/<int:file>/remove/",
        attachments.remove,
        name="file_remove",
    ),
    path("projects/<int:pk>/application/partners/", partners.partners, name="partners"),
    path("projects/<int:pk>/consent/", partners.consent, name="consent"),
    path("projects/<int:pk>/application/check/", submission.check, name="check"),
    path("projects/<int:pk>/application/<str:section>/", sections.section, name="section"),
    path(
        "projects/<int:pk>/application/<str:section>/autosave/", sections.autosave, name="autosave"
    ),
    path("projects/<int:pk>/receipt/", submission.receipt, name="receipt"),
    path("projects/<int:pk>/recall/", submission.recall, name="recall"),
    path("projects/<int:pk>/withdraw/", submission.withdraw, name="withdraw"),
    path("projects/<int:pk>/commitments/", commitments.commitments, name="commitments"),
    path("projects/<int:pk>/commitments/<int:number>/", commitments.commitment, name="commitment"),
    path("projects/<int:pk>/progress/", progress.progress, name="progress"),
    path("projects/<int:pk>/results/", results.results, name="results"),
    path(
        "projects/<int:pk>/results/autosave/",
        results.results_autosave,
        name="results_autosave",
    ),
    path("projects/<int:pk>/steps/<int:step>/report/", progress.report, name="report"),
    path(
        "projects/<int:pk>/steps/<int:step>/report/autosave/",
        progress.report_autosave,
        name="report_autosave",
    ),
    path("projects/<int:pk>/questions/<int:number>/", questions.question, name="question"),
    path(
        "projects/<int:pk>/questions/<int:number>/autosave/",
        questions.answer_autosave,
        name="answer_autosave",
    ),
    path("projects/<int:pk>/changes/<int:number>/", changes.change, name="change"),
    path(
        "projects/<int:pk>/changes/commitment/<int:item>/<slug:part>/",
        changes.change_commitment,
        name="change_commitment",
    ),
    path(
        "projects/<int:pk>/changes/commitment/<int:item>/<slug:part>/autosave/",
        changes.commitment_autosave,
        name="change_commitment_autosave",
    ),
    path(
        "projects/<int:pk>/changes/step/<int:item>/<slug:part>/",
        changes.change_step,
        name="change_step",
    ),
    path(
        "projects/<int:pk>/changes/step/<int:item>/<slug:part>/autosave/",
        changes.step_autosave,
        name="change_step_autosave",
    ),
    path("projects/<int:pk>/supervision/", supervision.supervision, name="supervision"),
    path(
        "projects/<int:pk>/supervision/<int:number>/",
        supervision.rectification,
        name="rectification",
    ),
    path("projects/<int:pk>/feedback/<int:notice>/", feedback.feedback, name="feedback"),
    path(
        "projects/<int:pk>/feedback/<int:notice>/notice.<str:edition>",
        feedback.feedback_paper,
        name="feedback_paper",
    ),
    path("files/<int:pk>/", files.file, name="file"),
    path("messages/", messages.inbox, name="messages"),
    path("messages/<int:pk>/", messages.message, name="message"),
    path("sheets/<int:pk>/sheet.<str:edition>", papers.sheet, name="sheet_paper"),
    path("sheets/<int:pk>/scan/", papers.scan, name="sheet_scan"),
    path("assessments/", assessments.assessments, name="assessments"),
    path("assessments/<int:pk>/", assessments.assessment, name="assessment"),
]
