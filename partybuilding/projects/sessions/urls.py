"""The staff screens of decision sessions."""

from django.urls import path

from partybuilding.projects.sessions import meeting
from partybuilding.projects.sessions import views as sessions
from partybuilding.projects.views import letters

urlpatterns = [
    path("", sessions.SessionListView.as_view(), name="sessions"),
    path("open/<int:cycle>/", sessions.OpenView.as_view(), name="session_open"),
    path("<int:pk>/", meeting.enter, name="session"),
    path("<int:pk>/items/<int:item>/", meeting.MeetingView.as_view(), name="session_item"),
    path("<int:pk>/pulse/", meeting.pulse, name="session_pulse"),
    path("<int:pk>/summary/", sessions.SummaryView.as_view(), name="session_summary"),
    path("<int:pk>/list.docx", sessions.decision_list, name="session_list"),
    path("<int:pk>/letters-<slug:edition>.zip", letters.session_letters, name="session_letters"),
]
