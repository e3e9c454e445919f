"""What came of the demonstration; a package, so that its fixture ends with the folder."""
