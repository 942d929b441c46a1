import type { Line } from "./lines";
import { NO_WORD, placeWords, wordAtOffset } from "./words";

/** The word of a sentence that was pressed; NO_WORD where none was. */
export function tappedWord(event: { target: EventTarget; currentTarget: Element; clientX: number; clientY: number }, line: Line): number {
  const target = event.target as Element;
  const marked = target.closest<HTMLElement>("[data-word]");
  if (marked) return Number(marked.dataset.word);
  const at = caret(event.clientX, event.clientY);
  // A sentence that is not read stands there as one piece of text.
  if (!at || at.node.parentNode !== event.currentTarget) return NO_WORD;
  return wordAtOffset(placeWords(line.jeju, line.words), at.offset);
}

interface Caret {
  node: Node;
  offset: number;
}

/** Where between the letters of the page somebody pressed; two browsers have two names for it. */
function caret(x: number, y: number): Caret | null {
  const page = document as Partial<Document>;
  const position = page.caretPositionFromPoint?.(x, y);
  if (position) return { node: position.offsetNode, offset: position.offset };
  const range = page.caretRangeFromPoint?.(x, y);
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}
