"""Case studies (案例): written from finished projects, selected, published, later compiled into a book."""
