"""The inference server: translation and speech over HTTP, stateless."""
