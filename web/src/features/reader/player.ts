import type { After } from "@/shared/settings";
import { Store } from "@/shared/store";
import type { Lines } from "./feed";
import type { Line } from "./lines";
import { NO_WORD, wordAt } from "./words";

/** Silence between a sentence and the same in the other language. */
const BETWEEN_MS = 450;

/** Sentences from one number up to another. */
export interface Stretch {
  first: number;
  end: number;
}

/** In which language a sentence is heard. */
export type Heard = "jje" | "ko";

/** `waiting`: wants to play, but the segment is not made yet. */
export type Phase = "paused" | "playing" | "waiting" | "failed";

export interface Spot {
  index: number;
  /** The word lit now, or NO_WORD. */
  word: number;
  phase: Phase;
  /** The Korean of the sentence is heard now. */
  korean: boolean;
}

export type Sound = Pick<
  HTMLAudioElement,
  "src" | "currentTime" | "playbackRate" | "volume" | "preload" | "play" | "pause" | "load" | "addEventListener"
>;

export interface Machinery {
  sound: () => Sound;
  nextFrame: (callback: () => void) => number;
  dropFrame: (handle: number) => void;
}

const browser: Machinery = {
  sound: () => new Audio(),
  nextFrame: (callback) => requestAnimationFrame(callback),
  dropFrame: (handle) => {
    cancelAnimationFrame(handle);
  },
};

/**
 * Plays lines one after another on two decks: while one sounds, the other has loaded what
 * comes next, so the change costs no more than an event. The lit word is looked up each frame
 * from the deck's own clock, never from a timer beside it.
 */
export class Player {
  readonly spot = new Store<Spot>({ index: 0, word: NO_WORD, phase: "paused", korean: false });
  /** Time inside the segment, milliseconds; moves some four times a second. */
  readonly clock = new Store(0);

  readonly #machinery: Machinery;
  readonly #decks: [Sound, Sound];
  readonly #sources = ["", ""];
  #active: 0 | 1 = 0;
  #lines: Lines = [];
  #rate = 1;
  #after: After = "go";
  #loop: Stretch | null = null;
  #lastToHear: number | null = null;
  #programme: readonly Heard[] = ["jje"];
  #step = 0;
  #koreanDeck: Sound | null = null;
  #startAt = 0;
  #pauseTimer: ReturnType<typeof setTimeout> | undefined;
  #frame = 0;

  constructor(machinery: Machinery = browser) {
    this.#machinery = machinery;
    this.#decks = [this.#makeDeck(0), this.#makeDeck(1)];
  }

  /** Take the lines as they are now; a player that waits goes on by itself. */
  setLines(lines: Lines): void {
    this.#lines = lines;
    const { phase } = this.spot.get();
    if (phase === "waiting") this.#start();
    else if (phase === "playing") this.#loadNext();
  }

  /** Stand somewhere before anything is known of it. */
  begin(index: number, ms: number): void {
    this.#startAt = ms;
    this.clock.set(ms);
    this.spot.set({ index, word: NO_WORD, phase: "paused", korean: false });
  }

  get rate(): number {
    return this.#rate;
  }

  setRate(rate: number): void {
    this.#rate = rate;
    for (const deck of this.#all()) deck.playbackRate = rate;
  }

  /** What follows a sentence, and a stretch that begins again at its end. */
  setWay(after: After, loop: Stretch | null): void {
    this.#after = after;
    this.#loop = loop;
  }

  /** In which languages each sentence is heard, one after another. */
  setProgramme(programme: readonly Heard[]): void {
    this.#programme = programme;
    this.#step = Math.min(this.#step, programme.length - 1);
  }

  /** Stop for good after this sentence; null for none. */
  stopAfter(index: number | null): void {
    this.#lastToHear = index;
  }

  /** How loud, from 0 to 1: a sleep timer lets the voice go softly. */
  setVolume(volume: number): void {
    for (const deck of this.#all()) deck.volume = volume;
  }

  play(): void {
    const { index, phase } = this.spot.get();
    if (phase === "playing") return;
    const last = this.#lines[index];
    const atEnd = last !== undefined && index === this.#lines.length - 1;
    if (atEnd && last.settled && this.#startAt >= last.ms) this.seek(0);
    this.#start();
  }

  pause(): void {
    if (this.spot.get().phase === "playing") this.#startAt = this.clock.get();
    this.#halt();
    this.#tell({ phase: "paused" });
  }

  toggle(): void {
    const { phase } = this.spot.get();
    if (phase === "playing" || phase === "waiting") this.pause();
    else this.play();
  }

  /** Go to a segment, at a time inside it, and go on playing if it was. */
  seek(index: number, ms = 0): void {
    const { phase } = this.spot.get();
    this.#halt();
    this.#startAt = ms;
    this.clock.set(ms);
    // In the midst of a sentence there is Jeju: times are those of its sound.
    this.#step = ms > 0 ? Math.max(this.#programme.indexOf("jje"), 0) : 0;
    const at = Math.min(Math.max(index, 0), Math.max(this.#lines.length - 1, 0));
    const wanted = phase === "playing" || phase === "waiting";
    this.#tell({ index: at, word: this.#wordAt(at, ms), phase: wanted ? "waiting" : "paused" });
    if (wanted) this.#start();
  }

  /** The start of this sentence if it has gone on for a while, else of the one before. */
  previous(): void {
    const { index } = this.spot.get();
    this.seek(this.clock.get() > 2500 ? index : index - 1);
  }

  next(): void {
    this.seek(this.spot.get().index + 1);
  }

  close(): void {
    this.#halt();
    this.#tell({ phase: "paused" });
    this.#sources.fill("");
    for (const deck of this.#all()) deck.src = "";
  }

  #all(): readonly Sound[] {
    return this.#koreanDeck ? [...this.#decks, this.#koreanDeck] : this.#decks;
  }

  #makeDeck(number: 0 | 1): Sound {
    const deck = this.#machinery.sound();
    deck.preload = "auto";
    deck.addEventListener("ended", () => {
      if (number === this.#active) this.#said();
    });
    deck.addEventListener("error", () => {
      if (number === this.#active && this.spot.get().phase === "playing") this.#failed();
    });
    return deck;
  }

  #deck(number: 0 | 1): Sound {
    return this.#decks[number];
  }

  #load(number: 0 | 1, line: Line): void {
    if (!line.audio || this.#sources[number] === line.audio) return;
    this.#sources[number] = line.audio;
    const deck = this.#deck(number);
    deck.src = line.audio;
    deck.playbackRate = this.#rate;
    deck.load();
  }

  #loadNext(): void {
    const next = this.#lines[this.spot.get().index + 1];
    if (next) this.#load(this.#active === 0 ? 1 : 0, next);
  }

  #start(): void {
    const index = this.#audibleFrom(this.spot.get().index);
    if (index === null) {
      this.#stopAtEnd();
      return;
    }
    const line = this.#lines[index];
    this.#tell({ index, phase: "waiting" });
    if (line?.audio) this.#perform(line);
  }

  /** Let a sentence be heard in the language whose turn it is. */
  #perform(line: Line): void {
    if (this.#programme[this.#step] === "ko" && line.koreanAudio) this.#sayKorean(line.koreanAudio);
    else if (this.#programme[this.#step] === "ko") this.#said();
    else this.#sound(line);
  }

  #sayKorean(address: string): void {
    const deck = (this.#koreanDeck ??= this.#makeKoreanDeck());
    if (!deck.src.endsWith(address)) deck.src = address;
    deck.currentTime = 0;
    deck.playbackRate = this.#rate;
    this.#tell({ phase: "playing", korean: true, word: NO_WORD });
    deck.play().catch((reason: unknown) => {
      const name = reason instanceof DOMException ? reason.name : "";
      if (name === "NotAllowedError") this.pause();
      else if (name !== "AbortError") this.#saidKorean();
    });
  }

  #makeKoreanDeck(): Sound {
    const deck = this.#machinery.sound();
    // A book is read on in Jeju where its Korean cannot be heard.
    for (const kind of ["ended", "error"] as const) deck.addEventListener(kind, () => { this.#saidKorean(); });
    return deck;
  }

  #saidKorean(): void {
    const { phase, korean } = this.spot.get();
    if (korean && phase === "playing") this.#said();
  }

  /** A sentence was heard in one language: the other one follows, or the next sentence. */
  #said(): void {
    const line = this.#lines[this.spot.get().index];
    this.#machinery.dropFrame(this.#frame);
    if (this.#step + 1 >= this.#programme.length || !line) {
      this.#step = 0;
      this.#finished();
      return;
    }
    this.#step += 1;
    this.#startAt = 0;
    this.clock.set(0);
    this.#tell({ word: NO_WORD, korean: false });
    this.#pauseTimer = setTimeout(() => { this.#perform(line); }, BETWEEN_MS / this.#rate);
  }

  /** Skip what has nothing to hear; null where nothing follows any more. */
  #audibleFrom(index: number): number | null {
    let at = index;
    for (let line = this.#lines[at]; line?.settled && !line.audio; line = this.#lines[at]) {
      at += 1;
      this.#startAt = 0;
    }
    return at > index && at >= this.#lines.length ? null : at;
  }

  #sound(line: Line): void {
    const other = this.#active === 0 ? 1 : 0;
    if (this.#sources[other] === line.audio) this.#active = other;
    this.#load(this.#active, line);
    const deck = this.#deck(this.#active);
    const from = this.#startAt / 1000;
    // A needless seek would cost a loaded deck some tens of milliseconds.
    if (Math.abs(deck.currentTime - from) > 0.005) deck.currentTime = from;
    deck.playbackRate = this.#rate;
    this.#tell({ phase: "playing", korean: false });
    deck.play().catch((reason: unknown) => {
      this.#refused(reason);
    });
    this.#loadNext();
    this.#watch();
  }

  #finished(): void {
    const { index } = this.spot.get();
    const line = this.#lines[index];
    this.#machinery.dropFrame(this.#frame);
    const next = this.#nextOf(index);
    if (next >= this.#lines.length) {
      this.#stopAtEnd();
      return;
    }
    const silence = line?.pause ?? 0;
    // Whoever says it after needs as long as it was.
    const repeated = this.#after === "shadow" ? (line?.ms ?? 0) + silence : 0;
    this.#pauseTimer = setTimeout(() => { this.#goOn(index, next); }, (silence + repeated) / this.#rate);
  }

  #nextOf(index: number): number {
    if (this.#after === "repeat") return index;
    const loop = this.#loop;
    return loop && index === loop.end - 1 ? loop.first : index + 1;
  }

  #goOn(from: number, next: number): void {
    const last = from === this.#lastToHear;
    this.#lastToHear = last ? null : this.#lastToHear;
    this.#startAt = 0;
    this.clock.set(0);
    if (last || this.#after === "stop") {
      this.#tell({ index: next, word: NO_WORD, phase: "paused", korean: false });
      return;
    }
    this.#tell({ index: next, word: NO_WORD, korean: false });
    this.#start();
  }

  #stopAtEnd(): void {
    const index = Math.max(this.#lines.length - 1, 0);
    this.#halt();
    this.#startAt = this.#lines[index]?.ms ?? 0;
    this.clock.set(this.#startAt);
    this.#tell({ index, phase: "paused", word: NO_WORD, korean: false });
  }

  #failed(): void {
    this.#startAt = this.clock.get();
    this.#halt();
    this.#sources[this.#active] = "";
    this.#tell({ phase: "failed" });
  }

  #refused(reason: unknown): void {
    const name = reason instanceof DOMException ? reason.name : "";
    // A browser that wants a press first; or a seek that came before the sound did.
    if (name === "NotAllowedError") this.pause();
    else if (name !== "AbortError" && this.spot.get().phase === "playing") this.#failed();
  }

  #halt(): void {
    clearTimeout(this.#pauseTimer);
    this.#machinery.dropFrame(this.#frame);
    for (const deck of this.#all()) deck.pause();
  }

  #watch(): void {
    this.#machinery.dropFrame(this.#frame);
    const look = () => {
      const ms = this.#deck(this.#active).currentTime * 1000;
      const { index } = this.spot.get();
      this.#tell({ word: this.#wordAt(index, ms) });
      if (Math.abs(ms - this.clock.get()) >= 250) this.clock.set(ms);
      this.#frame = this.#machinery.nextFrame(look);
    };
    this.#frame = this.#machinery.nextFrame(look);
  }

  #wordAt(index: number, ms: number): number {
    return wordAt(this.#lines[index]?.words ?? [], ms);
  }

  #tell(change: Partial<Spot>): void {
    const before = this.spot.get();
    const after = { ...before, ...change };
    const same =
      after.index === before.index &&
      after.word === before.word &&
      after.phase === before.phase &&
      after.korean === before.korean;
    if (!same) this.spot.set(after);
  }
}
