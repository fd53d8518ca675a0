"""One small module a format: bytes in, a document's text and metadata out."""
