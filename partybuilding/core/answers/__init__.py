"""One cache of whole answers to readers without an account (docs/adr/0042-whole-answers.md)."""
