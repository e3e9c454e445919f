"""The papers of judging: letters of explanation, certificates, score sheets on paper, summaries of the groups."""
