"""How the installation is doing: what a probe asks, and the page that its people read."""
