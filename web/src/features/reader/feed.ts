import { BLOCK, readSegments } from "@/shared/api/segments";
import { type Line, toLines } from "./lines";

const RETRY_MS = 3000;
const RESTING_MS = 400;

/** What is known of a book: a line by its position, nothing where nobody asked for it yet. */
export type Lines = readonly (Line | undefined)[];

/** The blocks that sentences from one position up to another stand in. */
export function blocksOf(from: number, to: number): number[] {
  const first = Math.floor(Math.max(from, 0) / BLOCK);
  const last = Math.floor(Math.max(to - 1, from, 0) / BLOCK);
  return Array.from({ length: last - first + 1 }, (_, number) => first + number);
}

/** What is known, as one list that is as long as the book. */
export function joined(blocks: ReadonlyMap<number, readonly Line[]>, total: number): Lines {
  const lines = new Array<Line | undefined>(total);
  for (const [block, known] of blocks) {
    known.forEach((line, number) => {
      if (block * BLOCK + number < total) lines[block * BLOCK + number] = line;
    });
  }
  return lines;
}

/**
 * Asks for the sentences near where somebody reads, a block at a time, and again for those that
 * were not made yet; what is told meanwhile makes one question more.
 */
export class Feed {
  #blocks = new Map<number, readonly Line[]>();
  #wanted: readonly number[] = [];
  readonly #due = new Set<number>();
  #running = false;
  #asking: number | null = null;
  readonly #leaving = new AbortController();

  constructor(
    readonly bookId: number,
    readonly show: (blocks: ReadonlyMap<number, readonly Line[]>) => void,
  ) {}

  /** Somebody reads here. */
  want(blocks: readonly number[]): void {
    this.#wanted = blocks;
    for (const block of blocks) {
      if (!this.#blocks.has(block) && this.#asking !== block) this.#due.add(block);
    }
    this.#wake();
  }

  /** Production went on: what was not made may be made now. */
  refresh(): void {
    for (const block of this.#wanted) {
      const known = this.#blocks.get(block);
      if (!known && this.#asking === block) continue;
      if (!known || known.length < BLOCK || known.some((line) => !line.settled)) this.#due.add(block);
    }
    this.#wake();
  }

  /** Somebody changed sentences that were made already: nothing that is known holds any more. */
  renew(): void {
    this.#blocks = new Map([...this.#blocks].filter(([block]) => this.#wanted.includes(block)));
    for (const block of this.#wanted) this.#due.add(block);
    this.#wake();
  }

  close(): void {
    this.#leaving.abort();
  }

  #wake(): void {
    if (!this.#running && this.#due.size) void this.#run();
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#due.size && !this.#leaving.signal.aborted) {
      const block = this.#next();
      this.#due.delete(block);
      this.#asking = block;
      const heard = await this.#ask(block).catch(() => false);
      this.#asking = null;
      if (!heard) this.#due.add(block);
      if (heard && this.#due.size && !this.#blocks.has(this.#next())) continue;
      await new Promise((resolve) => setTimeout(resolve, heard ? RESTING_MS : RETRY_MS));
    }
    this.#running = false;
  }

  /** What is shown comes before what somebody has left. */
  #next(): number {
    return this.#wanted.find((one) => this.#due.has(one)) ?? [...this.#due][0] ?? 0;
  }

  async #ask(block: number): Promise<true> {
    const { results } = await readSegments(this.bookId, block * BLOCK, this.#leaving.signal);
    this.#blocks = new Map(this.#blocks).set(block, toLines(results).slice(0, BLOCK));
    this.show(this.#blocks);
    return true;
  }
}
