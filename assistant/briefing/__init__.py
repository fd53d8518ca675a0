"""All that the sources say of a place or of several, side by side, and what they changed."""
