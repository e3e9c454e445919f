"""Official papers as files: plain data goes in, the bytes of a PDF or of an editable Word file come out."""
