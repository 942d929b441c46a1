import type { Word } from "@/shared/api/shapes";

/** Voices begin a little before their words are measured to, and end a little after. */
const BEFORE_MS = 30;
const AFTER_MS = 60;
/** A sound that has not come by then says nothing any more. */
const LATEST_MS = 8000;

type Deck = Pick<HTMLAudioElement, "src" | "currentTime" | "playbackRate" | "volume" | "play" | "pause">;

/** One word of a sentence, heard alone. */
export class WordSound {
  readonly #deck: Deck;
  #frame = 0;

  constructor(make: () => Deck = () => new Audio()) {
    this.#deck = make();
  }

  /** Say one word out of the sound of its sentence. */
  say(audio: string, { start_ms, end_ms }: Word, rate: number): void {
    this.hush();
    const deck = this.#deck;
    if (!deck.src.endsWith(audio)) deck.src = audio;
    deck.currentTime = Math.max(start_ms - BEFORE_MS, 0) / 1000;
    deck.playbackRate = rate;
    const begun = performance.now();
    // What has no sound is not heard: the sentence itself says so when it is read.
    deck.play().catch(() => { this.hush(); });
    const look = () => {
      const over = deck.currentTime * 1000 >= end_ms + AFTER_MS || performance.now() - begun > LATEST_MS;
      if (over) this.hush();
      else this.#frame = requestAnimationFrame(look);
    };
    this.#frame = requestAnimationFrame(look);
  }

  hush(): void {
    cancelAnimationFrame(this.#frame);
    this.#deck.pause();
  }
}
