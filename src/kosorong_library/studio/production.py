"""Making the segments of a claim: translated together, spoken one by one, written down at once."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Min

from kosorong.audio.mark import Mark
from kosorong.book.keys import translation_key
from kosorong.book.making import SpeechRequest, speak_one, translate_all
from kosorong.book.packing import Packed, Packer
from kosorong.book.route import route_of
from kosorong.book.sound import Level
from kosorong.errors import KosorongError
from kosorong.ports import Speech, Translation, Translator
from kosorong_library.config.clock import now
from kosorong_library.config.deadlocks import retried
from kosorong_library.library import doubts, search
from kosorong_library.library.models import Segment, State
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

_WRITTEN = (
    *_TRANSLATED,
    "translation_key",
    *("take", "cost", "state", "problem", "attempts", "not_before", "claimed_by", "claimed_until"),
)


@dataclass(slots=True)
class _Spoken:
    """A segment that is spoken and not written down; of a new take the packer has the sound."""

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
    _known: dict[str, Take] = field(default_factory=dict)
    _spoken: deque[_Spoken] = field(default_factory=deque)
    _heard: list[_Spoken] = field(default_factory=list)
    _written: float = field(default_factory=time.perf_counter)
    _asked: float = field(default_factory=time.perf_counter)
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
        translated = [segment for segment in self.claim.segments if segment.translation_key]
        share = (time.perf_counter() - self._started) / max(1, len(self.claim.segments))
        self._known = _known_takes(map(self._key, translated))
        with Packer(levels=True) as packer:
            for segment in translated:
                if not self._is_wanted():
                    break
                self._hold()
                self._make(segment, share, packer)
            self._settle(0)
        self._write_down()
        if self._made < len(self.claim.segments):
            claims.release(self.claim)
        return self._made

    def _is_wanted(self) -> bool:
        """Return whether the book is still to be made; asked once a second."""
        moment = time.perf_counter()
        if moment - self._asked < pace.WISH_SECONDS:
            return True
        self._asked = moment
        return claims.is_wanted(self.claim)

    def _hold(self) -> None:
        """Lengthen the claim where a third of it is over; the rest is more than a segment takes."""
        moment = time.perf_counter()
        if moment - self._held > pace.LEASE.total_seconds() / 3:
            claims.hold(self.claim)
            self._held = moment

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
        _copy_known(segments, keys)
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
        """Keep the sound of spoken segments until so many are left; write down what waits long."""
        while len(self._spoken) > left:
            spoken, started = self._spoken.popleft(), time.perf_counter()
            try:
                if spoken.packed is not None:
                    keep_sound(spoken.take, spoken.packed.result())
            except KosorongError as error:
                put_off(self.claim, [spoken.segment], error)
                continue
            spoken.cost += time.perf_counter() - started
            self._heard.append(spoken)
        if time.perf_counter() - self._written > pace.WRITE_SECONDS:
            self._write_down()

    def _request(self, segment: Segment) -> SpeechRequest:
        book = self.claim.book
        reads_other = route_of(book.language, True).reads_other
        text = segment.target_text if reads_other else segment.source_text
        return SpeechRequest(text, book.speed, segment.spoken_text or self._lexicon.respell(text))

    def _key(self, segment: Segment) -> str:
        return self._request(segment).key(self.models.voice)

    def _take(self, segment: Segment) -> tuple[Take, Speech | None]:
        """Return the take of a segment; where it is new, unsaved and with its sound."""
        if segment.take is not None and not segment.take.synthetic:
            return segment.take, None
        request = self._request(segment)
        key = request.key(self.models.voice)
        # The same sentence may still be with the packer: it is spoken once.
        if any(spoken.take.key == key for spoken in self._spoken):
            self._settle(0)
        before = (spoken.take for spoken in self._heard if spoken.take.key == key)
        known = self._known.get(key) or next(before, None)
        if known is not None:
            return known, None
        speech = speak_one(self.models.voice, request)
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

    def _write_down(self) -> None:
        """Write down what can be heard, at once; nothing of what was changed meanwhile stays."""
        heard, self._heard, self._written = self._heard, [], time.perf_counter()
        if not heard:
            return
        # The file of a take that was there before is not ours to take away.
        files = {one.take.audio.name for one in heard if one.packed is not None}
        search.learn_letters((one.segment.book_id, search.text_line(one.segment)) for one in heard)
        try:
            kept = _write_batch(self.claim.name, heard)
            files -= {take.audio.name for take in kept}
            self._made += len(kept)
            for take in kept:
                self._known[take.key] = take
            if len(kept) < len(heard):
                search.learnt_in_vain(self.claim.book.pk)
        finally:
            forget(sorted(name for name in files if name))


@retried
def _write_batch(claim: str, heard: Sequence[_Spoken]) -> list[Take]:
    """Write down segments that are still held; return the take that each of them has now."""
    with transaction.atomic():
        numbers = [one.segment.pk for one in heard]
        held = Segment.objects.filter(pk__in=numbers, claimed_by=claim, state=State.WAITING)
        mine = set(held.select_for_update().values_list("pk", flat=True).order_by())
        wanted = [one for one in heard if one.segment.pk in mine]
        rows = _shared([one.take for one in wanted])
        made = [one for one in wanted if one.take.key in rows]
        for one in made:
            one.segment.take, one.segment.cost = rows[one.take.key], one.cost
            for name, value in claims.settled(State.DONE).items():
                setattr(one.segment, name, value)
        segments = [one.segment for one in made]
        if segments:
            Segment.objects.bulk_update(segments, _WRITTEN)
            search.index(segments, learn=False)
            doubts.write(segments)
        return [rows[one.take.key] for one in made]


def _shared(takes: Sequence[Take]) -> dict[str, Take]:
    """Return the one take of each key, held against deletion; none of those deleted meanwhile.

    Of two that spoke the same sentence at the same time, the first is kept.
    """
    new = {take.key: take for take in takes if take.pk is None}
    # In the order of their keys: two that write the same ones do not wait for each other.
    Take.objects.bulk_create([new[key] for key in sorted(new)], ignore_conflicts=True)
    keys = {take.key for take in takes}
    held = Take.objects.select_for_update().filter(key__in=keys).order_by("pk")
    return {take.key: take for take in held}


def _known_takes(keys: Iterable[str]) -> dict[str, Take]:
    """Return those takes of some keys that are there already."""
    return {take.key: take for take in Take.objects.filter(key__in=set(keys))}


def _copy_known(segments: Sequence[Segment], keys: dict[int, str]) -> None:
    """Take over translations of the same sentences from anywhere in the library."""
    same = Segment.objects.filter(translation_key__in=set(keys.values())).order_by()
    firsts = same.values("translation_key").annotate(first=Min("pk")).values("first")
    known = {row.translation_key: row for row in Segment.objects.filter(pk__in=firsts)}
    for segment in segments:
        row = known.get(keys[segment.pk])
        if row is not None:
            for name in _TRANSLATED:
                setattr(segment, name, getattr(row, name))
            segment.translation_key = row.translation_key


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
            again = now(pace.wait_after(attempts))
            held.update(not_before=again, claimed_until=None, **changed)
