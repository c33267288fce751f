"""Who may reach which page: every address, every persona, real rows."""
