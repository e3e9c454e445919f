"""The addresses of the portal, with the namespace "portal"."""

from django.urls import path

from partybuilding.portal.views import (
    account,
    application,
    assessments,
    attachments,
    commitments,
    feedback,
    files,
    home,
    messages,
    partners,
    sections,
    status,
    submission,
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
    path("projects/<int:pk>/application/", application.application, name="application"),
    path("projects/<int:pk>/application/attachments/", attachments.attachments, name="attachments"),
    path(
        "projects/<int:pk>/application/attachments/<int:file>/remove/",
        attachments.remove,
        name="file_remove",
    ),
    path("projects/<int:pk>/application/partners/", partners.partners, name="partners"),
    path("projects/<int:pk>/application/check/", submission.check, name="check"),
    path("projects/<int:pk>/application/<str:section>/", sections.section, name="section"),
    path(
        "projects/<int:pk>/application/<str:section>/autosave/", sections.autosave, name="autosave"
    ),
    path("projects/<int:pk>/receipt/", submission.receipt, name="receipt"),
    path("projects/<int:pk>/withdraw/", submission.withdraw, name="withdraw"),
    path("projects/<int:pk>/commitments/", commitments.commitments, name="commitments"),
    path("projects/<int:pk>/commitments/<int:number>/", commitments.commitment, name="commitment"),
    path("projects/<int:pk>/feedback/<int:notice>/", feedback.feedback, name="feedback"),
    path(
        "projects/<int:pk>/feedback/<int:notice>/notice.<str:edition>",
        feedback.feedback_paper,
        name="feedback_paper",
    ),
    path("files/<int:pk>/", files.file, name="file"),
    path("messages/", messages.inbox, name="messages"),
    path("messages/<int:pk>/", messages.message, name="message"),
    path("assessments/", assessments.assessments, name="assessments"),
    path("assessments/<int:pk>/", assessments.assessment, name="assessment"),
]
