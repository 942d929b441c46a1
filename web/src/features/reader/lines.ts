import type { Link, Segment, Word } from "@/shared/api/shapes";

/** A segment as the reading room needs it: what to show, what to play, how long to rest. */
export interface Line {
  id: number;
  chapter: number;
  paragraph: number;
  kind: string;
  /** "" until it is known. */
  jeju: string;
  korean: string;
  links: Link[];
  audio: string | null;
  /** The sentence in Korean, spoken by the same voice; null where there is nothing to hear. */
  koreanAudio: string | null;
  /** Length of the sound, milliseconds. */
  ms: number;
  /** Silence after it, milliseconds. */
  pause: number;
  words: Word[];
  /** Nothing more will come of it: it sounds, or there is nothing to hear. */
  settled: boolean;
  /** A person speaks it. */
  human: boolean;
  problem: string;
}

// Rests where the next segment is not placed yet, near those that the books get.
const SENTENCE_MS = 400;
const PARAGRAPH_MS = 800;
const CHAPTER_MS = 1500;

export function toLines(segments: readonly Segment[]): Line[] {
  return segments.map((segment, number) => toLine(segment, segments[number + 1]));
}

function toLine(segment: Segment, next: Segment | undefined): Line {
  const { id, chapter, paragraph, kind, links, audio, words, problem } = segment;
  return {
    id,
    chapter,
    paragraph,
    kind,
    jeju: segment.text,
    korean: segment.beside,
    links,
    audio,
    koreanAudio: audio && segment.beside ? audio.replace(/audio\/[^/]*$/, "korean/") : null,
    ms: segment.duration_ms ?? 0,
    pause: pauseAfter(segment, next),
    words,
    settled: segment.state !== "waiting",
    human: segment.human,
    problem,
  };
}

function pauseAfter(segment: Segment, next: Segment | undefined): number {
  if (segment.pause_ms !== null) return segment.pause_ms;
  if (!next) return 0;
  if (next.chapter !== segment.chapter) return CHAPTER_MS;
  return segment.ends_paragraph ? PARAGRAPH_MS : SENTENCE_MS;
}
