"""Real workers, a real broker, a mail server that misbehaves on demand."""
