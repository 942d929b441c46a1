import type { BookLine } from "@/shared/api/shapes";

/** How much of a book somebody has heard, from 0 to 1. */
export function heardPart({ heard, segments }: Pick<BookLine, "heard" | "segments">): number {
  return heard && segments.total > 1 ? Math.min(heard.position / (segments.total - 1), 1) : 0;
}

/** The same as a line; what stands beside it says it in words. */
export function HeardBar({ book }: { book: BookLine }) {
  return (
    <span className="heard-bar" aria-hidden="true">
      <span style={{ inlineSize: `${heardPart(book) * 100}%` }} />
    </span>
  );
}
