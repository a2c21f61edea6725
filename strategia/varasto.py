"""Where uploaded files lie: Django's own storage, of which a failed write leaves nothing behind."""

from contextlib import suppress

from django.core.files.storage import FileSystemStorage


class Varasto(FileSystemStorage):
    """Logos and imported files under MEDIA_ROOT."""

    def _save(self, name, content):
        """Half a file of a full disk would look like a whole one, and take the room that is missing."""
        existed = self.exists(name)
        try:
            return super()._save(name, content)
        except OSError:
            if not existed:
                with suppress(OSError):
                    self.delete(name)
            raise
