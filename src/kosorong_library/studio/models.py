"""What is made: takes of segments, exports of books."""

from __future__ import annotations

from django.db import models


class Take(models.Model):
    """A spoken segment, kept under what it depends on and shared by all segments that need it.

    Attributes:
        key: Hash of spoken text, voice and speed (`kosorong.book.plan.speech_key`).
        audio: A FLAC file, "" where there is nothing to hear.
        samples: Length.
        sample_rate: Hz.
        words: `[text, start, end]`, seconds from its beginning.
        warnings: What the voice said.
        voice: Name of the voice.
        fingerprint: Of the voice.
        credit: Licence and credit of the voice, for exports.
        synthetic: False where a person spoke.
    """

    key = models.CharField(max_length=64, unique=True)
    audio = models.FileField(max_length=200, blank=True)
    samples = models.PositiveBigIntegerField()
    sample_rate = models.PositiveIntegerField()
    words = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    voice = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=200)
    credit = models.TextField(blank=True)
    synthetic = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key[:12]

    @property
    def milliseconds(self) -> int:
        """Length."""
        return round(self.samples * 1000 / self.sample_rate)


class Export(models.Model):
    """A file of a whole book.

    Attributes:
        format: Of `kosorong.book.plan.FORMATS`.
        revision: Of the book it was asked for.
        file: Of the revision `made`, "" until there is one.
        made: Revision of the book that the file holds.
        asked_at: When somebody last asked for a new one; None while nobody waits.
        problem: Why the last attempt failed, "" where it did not.
    """

    book = models.ForeignKey("library.Book", models.CASCADE, related_name="exports")
    format = models.CharField(max_length=10)
    revision = models.PositiveBigIntegerField()
    file = models.FileField(max_length=200, blank=True)
    made = models.PositiveBigIntegerField(null=True)
    asked_at = models.DateTimeField(null=True)
    problem = models.TextField(blank=True)

    class Meta:
        """One of each format."""

        constraints = (models.UniqueConstraint(fields=["book", "format"], name="export_of_book"),)

    def __str__(self) -> str:
        return f"{self.book_id}.{self.format}"
