"""Letters, certificates and messages in the department's own words, every version kept."""
