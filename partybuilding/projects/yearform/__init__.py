"""The application form of one year: what is added to the built-in form, renamed, reordered or left out."""
