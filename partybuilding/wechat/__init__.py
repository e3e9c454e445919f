"""Articles for the WeChat official account: set from the pages of the column, copied or taken along by people."""
