"""The bin: what is deleted lies here with all that belongs to it, comes back in one step, and goes for good after sixty days."""
