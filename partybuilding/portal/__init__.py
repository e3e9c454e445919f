"""The screens of applicants and experts, outside the CMS admin; good on a phone, whole without JavaScript."""
