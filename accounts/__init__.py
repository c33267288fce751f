"""People who sign in; knows nothing of organisations or engagements."""
