"""How promises are kept, in public: progress by date, what is late, a project's history and pictures."""
