"""Making the segments of a claim: translated together, spoken one by one, written down at once."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from kosorong.audio.mark import Mark
from kosorong.book.keys import translation_key
from kosorong.book.making import SpeechRequest, speak_one, translate_all
from kosorong.book.packing import Packed, Packer
from kosorong.book.route import route_of
from kosorong.book.sound import Level
from kosorong.errors import KosorongError
from kosorong.ports import Speech, Translation, Translator
from kosorong_library.config.deadlocks import retried
from kosorong_library.library import doubts, search
from kosorong_library.library.models import Book, Segment, State
from kosorong_library.storage.files import forget
from kosorong_library.studio import claims, pace
from kosorong_library.studio.claims import Claim
from kosorong_library.studio.inference import SegmentModels
from kosorong_library.studio.models import Take
from kosorong_library.studio.pronunciation_lexicon import PronunciationLexicon, lexicon_of
from kosorong_library.studio.takes import keep_sound
from kosorong_library.studio.terms import terms_of

# What a translation fills of a segment.
_TRANSLATED = ("target_text", "links", "confidence", "provenance", "warnings", "doubts")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Spoken:
    """A segment that is spoken and not finished; of a new take the packer has the sound."""

    segment: Segment
    take: Take
    packed: Future[Packed] | None
    cost: float


@dataclass(slots=True)
class Production:
    """Makes one claim.

    Args:
        claim: What is to be made.
        models: By whom.
    """

    claim: Claim
    models: SegmentModels
    _started: float = field(default_factory=time.perf_counter)
    _held: float = field(default_factory=time.perf_counter)
    _lexicon: PronunciationLexicon = field(init=False)
    _translator: Translator = field(init=False)
    _spoken: deque[_Spoken] = field(default_factory=deque)
    _made: int = 0

    def __post_init__(self) -> None:
        self._lexicon = lexicon_of(self.claim.book.owner_id)
        self._translator = self.models.translator.with_terms(terms_of(self.claim.book.owner_id))

    def run(self) -> int:
        """Make every segment of the claim; return how many were made.

        A failure that may pass is waited out, one that will not is written to its segment; neither
        stops the others.
        """
        self._translate([segment for segment in self.claim.segments if not segment.translation_key])
        share = (time.perf_counter() - self._started) / max(1, len(self.claim.segments))
        with Packer(levels=True) as packer:
            for segment in self.claim.segments:
                if not segment.translation_key:
                    continue
                if not claims.is_wanted(self.claim):
                    break
                self._hold()
                self._make(segment, share, packer)
            self._settle(0)
        claims.release(self.claim)
        return self._made

    def _hold(self) -> None:
        """Lengthen the claim where a third of it is over; the rest is more than a segment takes."""
        now = time.perf_counter()
        if now - self._held > pace.LEASE.total_seconds() / 3:
            claims.hold(self.claim)
            self._held = now

    # Translation

    def _translate(self, segments: Sequence[Segment]) -> None:
        """Translate segments, those apart that the others cannot be translated with."""
        if not segments:
            return
        try:
            self._translate_together(segments)
        except KosorongError as error:
            if len(segments) == 1 or not error.permanent:
                put_off(self.claim, segments, error)
                return
            for segment in segments:
                self._translate([segment])

    def _translate_together(self, segments: Sequence[Segment]) -> None:
        book = self.claim.book
        dial = route_of(book.language, True).dial(book.spelling, book.strength)
        fingerprint = self._translator.fingerprint
        keys = {
            segment.pk: translation_key(segment.source_text, dial, fingerprint)
            for segment in segments
        }
        for segment in segments:
            _copy_known(segment, keys[segment.pk])
        missing = [segment for segment in segments if not segment.translation_key]
        texts = {keys[segment.pk]: segment.source_text for segment in missing}
        translations = translate_all(self._translator, texts, dial, segments[0].position)
        for segment in missing:
            _write(segment, keys[segment.pk], translations[keys[segment.pk]])

    # Speech

    def _make(self, segment: Segment, share: float, packer: Packer) -> None:
        """Speak a segment while the one before it is packed, and finish that one."""
        started = time.perf_counter()
        try:
            take, speech = self._take(segment)
        except KosorongError as error:
            put_off(self.claim, [segment], error)
            return
        packed = None
        if speech is not None:
            level, mark = Level(speech.sample_rate), Mark((take.heard,))
            packed = packer.pack(speech.samples, level, mark)
        cost = share + time.perf_counter() - started
        self._spoken.append(_Spoken(segment, take, packed, cost))
        self._settle(1)

    def _settle(self, left: int) -> None:
        """Finish spoken segments until so many are left."""
        while len(self._spoken) > left:
            spoken, started = self._spoken.popleft(), time.perf_counter()
            try:
                if spoken.packed is not None:
                    keep_sound(spoken.take, spoken.packed.result())
            except KosorongError as error:
                put_off(self.claim, [spoken.segment], error)
                continue
            cost = spoken.cost + time.perf_counter() - started
            self._made += self._finish(spoken.segment, spoken.take, cost)

    def _take(self, segment: Segment) -> tuple[Take, Speech | None]:
        """Return the take of a segment; where it is new, unsaved and with its sound."""
        book, voice = self.claim.book, self.models.voice
        reads_other = route_of(book.language, True).reads_other
        text = segment.target_text if reads_other else segment.source_text
        if segment.take is not None and not segment.take.synthetic:
            return segment.take, None
        spoken = segment.spoken_text or self._lexicon.respell(text)
        request = SpeechRequest(text, book.speed, spoken or "")
        key = request.key(voice)
        # The same sentence may still be with the packer: it is spoken once.
        if any(spoken.take.key == key for spoken in self._spoken):
            self._settle(0)
        known = Take.objects.filter(key=key).first()
        if known is not None:
            return known, None
        speech = speak_one(voice, request)
        return self._new_take(key, speech), speech

    def _new_take(self, key: str, speech: Speech) -> Take:
        voice = self.models.voice
        return Take(
            key=key,
            samples=len(speech.samples),
            sample_rate=speech.sample_rate,
            words=[[word.text, word.start, word.end] for word in speech.words],
            warnings=list(speech.warnings),
            voice=voice.name,
            fingerprint=voice.fingerprint,
            credit=voice.credit,
        )

    def _finish(self, segment: Segment, take: Take, cost: float) -> bool:
        """Write down a finished segment; nothing of it stays where it was changed meanwhile."""
        known, name = take.pk is not None, take.audio.name
        # The file of a take that was there before is not ours to take away.
        kept = known
        try:
            row = self._write_down(segment, take, known, cost)
            kept = known or (row is not None and row.audio.name == name)
        finally:
            if not kept:
                forget([name])
        return row is not None

    @retried
    def _write_down(self, segment: Segment, take: Take, known: bool, cost: float) -> Take | None:
        """Return the take that the segment has now; None where it was changed meanwhile."""
        with transaction.atomic():
            row = _shared(take, known)
            if row is not None and self._mark(segment, row, cost):
                return row
            transaction.set_rollback(True)
        return None

    def _mark(self, segment: Segment, take: Take, cost: float) -> bool:
        rows = Segment.objects.filter(
            pk=segment.pk, claimed_by=self.claim.name, state=State.WAITING
        ).update(
            target_text=segment.target_text,
            translation_key=segment.translation_key,
            links=segment.links,
            confidence=segment.confidence,
            provenance=segment.provenance,
            warnings=segment.warnings,
            doubts=segment.doubts,
            take=take,
            cost=cost,
            **claims.settled(State.DONE),
        )
        if rows:
            search.index([segment])
            doubts.write([segment])
        Book.objects.filter(pk=segment.book_id).update(revision=F("revision") + 1)
        return bool(rows)


def _shared(take: Take, known: bool) -> Take | None:
    """Return the one take of a key, held against deletion; None where it was deleted meanwhile.

    Of two that spoke the same sentence at the same time, the first is kept.
    """
    if not known:
        take.pk = None
        with suppress(IntegrityError), transaction.atomic():
            take.save(force_insert=True)
            return take
    return Take.objects.select_for_update().filter(key=take.key).first()


def _copy_known(segment: Segment, key: str) -> None:
    """Take over the translation of the same sentence from anywhere in the library."""
    known = Segment.objects.filter(translation_key=key).first()
    if known is not None:
        for name in _TRANSLATED:
            setattr(segment, name, getattr(known, name))
        segment.translation_key = key


def _write(segment: Segment, key: str, translation: Translation) -> None:
    """Take a translation over."""
    segment.target_text = translation.text
    segment.translation_key = key
    segment.links = [[at.source, at.target, at.weight] for at in translation.links]
    segment.confidence = translation.confidence
    segment.provenance = translation.provenance[:200]
    segment.warnings = list(translation.warnings)
    segment.doubts = [[at.word, at.lemma, at.reason] for at in translation.doubts]


@retried
def put_off(claim: Claim, segments: Sequence[Segment], error: KosorongError) -> None:
    """Write down that segments could not be made, and when they may be tried again."""
    logger.warning("book %s: %s", claim.book.pk, error)
    for segment in segments:
        attempts = min(segment.attempts + 1, 1000)
        held = Segment.objects.filter(pk=segment.pk, claimed_by=claim.name)
        changed = {"problem": str(error), "attempts": attempts, "claimed_by": ""}
        if error.permanent:
            held.update(state=State.FAILED, claimed_until=None, **changed)
        else:
            again = timezone.now() + pace.wait_after(attempts)
            held.update(not_before=again, claimed_until=None, **changed)
