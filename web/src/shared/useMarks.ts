import { useCallback, useEffect, useMemo } from "react";
import { listBookmarks, removeBookmark, saveBookmark } from "@/shared/api/sharing";
import type { Bookmark } from "@/shared/api/shapes";
import { useItem } from "@/shared/useItem";

const CHANGED = "kosorong:marks";

/** Bookmarks of a book were changed: whoever shows them asks again. */
export function tellMarks(book: number): void {
  window.dispatchEvent(new CustomEvent(CHANGED, { detail: book }));
}

const nothing: Bookmark[] = [];

/** What a listener marked in a book, by the number of the sentence; nothing for guests. */
export function useMarks(book: number, known: boolean): ReadonlyMap<number, Bookmark> {
  const ask = useCallback(
    (signal: AbortSignal) => (known ? listBookmarks(book, signal) : Promise.resolve(nothing)),
    [book, known],
  );
  const { item, reload } = useItem(ask);
  useEffect(() => {
    const changed = (event: Event) => {
      if ((event as CustomEvent<number>).detail === book) reload();
    };
    window.addEventListener(CHANGED, changed);
    return () => {
      window.removeEventListener(CHANGED, changed);
    };
  }, [book, reload]);
  return useMemo(() => new Map(item?.map((one) => [one.position, one])), [item]);
}

/** Mark a sentence, or take its mark away. */
export async function turnMark(book: number, segment: number | undefined, mark: Bookmark | undefined): Promise<void> {
  if (mark) await removeBookmark(book, mark.id);
  else if (segment !== undefined) await saveBookmark(book, segment, "");
  tellMarks(book);
}
