"""What the tests do in their own way."""
