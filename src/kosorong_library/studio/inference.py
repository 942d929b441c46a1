"""The one place where the library meets translator, voice and aligner: clients over HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlencode

from django.conf import settings

from kosorong.errors import ServiceError
from kosorong.ports import Translator, Voice
from kosorong.terms import Terms

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kosorong.client.models import AlignedWords


class TermTranslator(Translator, Protocol):
    """A translator that can keep to terms."""

    def with_terms(self, terms: Terms) -> Translator:
        """Return a translator that keeps to a user's terms."""
        ...


@dataclass(frozen=True, slots=True)
class SegmentModels:
    """What makes segments.

    Attributes:
        translator: Both directions.
        voice: Reads Jeju.
    """

    translator: TermTranslator
    voice: Voice


def open_models(voice: str) -> SegmentModels:
    """Return translator and voice of the inference server; it is asked when they are used.

    Args:
        voice: Its name, "" for the service's own choice.
    """
    from kosorong.client.http import Server
    from kosorong.client.models import RemoteTranslator, RemoteVoice

    server = Server(settings.INFERENCE_URL, settings.INFERENCE_TOKEN)
    return SegmentModels(RemoteTranslator(server), RemoteVoice(server, voice or settings.VOICE))


def is_there() -> bool:
    """Say whether the inference server answers, within two seconds."""
    from kosorong.client.http import Patience, Server

    quick = Patience(connect=1.0, answer=2.0, tries=1)
    return Server(settings.INFERENCE_URL, settings.INFERENCE_TOKEN, quick).healthy()


def align(samples: NDArray[np.float32], sample_rate: int, text: str) -> AlignedWords:
    """Time the words of a recording; see `kosorong.client.models.RemoteAligner`.

    Raises:
        InputError: The recording does not fit the text.
        ServiceError: The server does not answer.
    """
    from kosorong.client.http import Server
    from kosorong.client.models import RemoteAligner

    server = Server(settings.INFERENCE_URL, settings.INFERENCE_TOKEN)
    return RemoteAligner(server).align(samples, sample_rate, text)


def spell(text: str) -> dict[str, Any]:
    """Return what is right, wrong and unsure in a Jeju text, as `POST /spelling` has it.

    Raises:
        InputError: The server cannot take the text.
        ServiceError: The server does not answer.
    """
    from kosorong.client.http import Server

    server = Server(settings.INFERENCE_URL, settings.INFERENCE_TOKEN)
    (found,) = server.post_lines("/spelling", {"text": text})
    return found


def look_up(form: str) -> dict[str, Any]:
    """Return the rows of the lexicon for a word, as `GET /lexicon` has them.

    Raises:
        InputError: The server cannot take the word.
        ServiceError: The server does not answer.
    """
    from kosorong.client.http import Server

    server = Server(settings.INFERENCE_URL, settings.INFERENCE_TOKEN)
    return server.get(f"/lexicon?{urlencode({'form': form})}")


def voices() -> list[dict[str, str]]:
    """Return the voices of the inference server: `id`, `name`.

    Raises:
        ServiceError: The server does not answer.
    """
    from kosorong.client.http import Patience, Server

    # Somebody looks at a page meanwhile.
    quick = Patience(connect=2.0, answer=5.0, tries=1)
    server = Server(settings.INFERENCE_URL, settings.INFERENCE_TOKEN, quick)
    rows = server.get("/v1/audio/voices").get("voices")
    try:
        return [{"id": str(row["id"]), "name": str(row["name"])} for row in rows or ()]
    except (KeyError, TypeError) as error:
        raise ServiceError(
            "this is no answer of an inference server.",
            where=settings.INFERENCE_URL,
            cure="Set KOSORONG_INFERENCE_URL to where `kosorong inference` runs.",
        ) from error
