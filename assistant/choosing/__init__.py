"""What answers it? From passages to quotes that are about the place, hold what was asked for, and read whole."""
