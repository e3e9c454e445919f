"""Who is asking, and which of the CMS is theirs."""
