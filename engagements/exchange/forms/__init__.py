"""What people say about a file: where it is, what its columns mean, what it lacks."""
