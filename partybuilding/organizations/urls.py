"""The staff screens of organisations, people and expert groups."""

from django.urls import path

from partybuilding.organizations.views import accounts, groups, importing, organizations, people

urlpatterns = [
    path("organizations/tree/", organizations.TreeView.as_view(), name="organization_tree"),
    path(
        "organizations/new/", organizations.OrganizationFormView.as_view(), name="organization_add"
    ),
    path("organizations/import/", importing.UploadView.as_view(), name="import"),
    path("organizations/import/confirm/", importing.ConfirmView.as_view(), name="import_confirm"),
    path(
        "organizations/import/template/",
        importing.TemplateFileView.as_view(),
        name="import_template",
    ),
    path("organizations/<int:pk>/", organizations.OrganizationView.as_view(), name="organization"),
    path(
        "organizations/<int:pk>/edit/",
        organizations.OrganizationFormView.as_view(),
        name="organization_edit",
    ),
    path(
        "organizations/<int:pk>/<slug:step>/",
        organizations.OrganizationStepView.as_view(),
        name="organization_step",
    ),
    path("people/new/", people.AddPersonView.as_view(), name="person_add"),
    path("people/<int:pk>/", people.PersonView.as_view(), name="person"),
    path("people/<int:pk>/edit/", people.EditPersonView.as_view(), name="person_edit"),
    path("people/<int:pk>/appoint/", people.AppointView.as_view(), name="person_appoint"),
    path("people/<int:pk>/password/", accounts.PasswordView.as_view(), name="person_password"),
    path("people/<int:pk>/<slug:step>/", accounts.AccountStepView.as_view(), name="person_step"),
    path("memberships/<int:membership>/post/", people.PostView.as_view(), name="membership_post"),
    path("memberships/<int:membership>/end/", people.EndView.as_view(), name="membership_end"),
    path("groups/new/", groups.GroupFormView.as_view(), name="expert_group_add"),
    path("groups/<int:pk>/", groups.GroupView.as_view(), name="expert_group"),
    path("groups/<int:pk>/edit/", groups.GroupFormView.as_view(), name="expert_group_edit"),
]
