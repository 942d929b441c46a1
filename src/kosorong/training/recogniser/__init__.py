"""A small recogniser of sounds, which judges how clearly a voice speaks."""
