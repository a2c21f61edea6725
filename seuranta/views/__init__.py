"""Pages of the seurantajaksot: recording, moving a jakso on, importing a table."""
