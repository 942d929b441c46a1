import { useEffect, useState } from "react";
import { previewBook } from "@/shared/api/books";
import { ApiError } from "@/shared/api/http";
import type { Language } from "@/shared/api/shapes";
import type { Preview } from "@/shared/api/sourceShapes";

/** Whoever writes is asked after by pauses, not by keys. */
const PAUSE_MS = 900;
/** What is wrong with the file or the text itself; anything else is told when the book is made. */
const REFUSED = new Set([400, 413]);

interface Looked {
  /** What would become of the text or the file; null until it is known. */
  preview: Preview | null;
  /** Why nothing would. */
  refused: unknown;
}

interface Told extends Looked {
  /** What it was told of. */
  file: File | null;
  text: string;
  language: Language | "";
}

const NOTHING: Looked = { preview: null, refused: null };

/** Read what is about to be sent, before a book is made of it. */
export function usePreview(file: File | null, text: string, language: Language | "") {
  const [told, setTold] = useState<Told | null>(null);
  const wanted = file !== null || text.trim() !== "";
  useEffect(() => {
    if (!wanted) return;
    const leaving = new AbortController();
    const settle = (found: Partial<Looked>) => {
      if (!leaving.signal.aborted) setTold({ ...NOTHING, file, text, language, ...found });
    };
    // What was told of the same file before is as true as it was: its chapters stay switched.
    const keep = () => {
      if (leaving.signal.aborted) return;
      setTold((before) => ({
        ...{ preview: before?.file === file ? before.preview : null, refused: null },
        ...{ file, text, language },
      }));
    };
    let timer = 0;
    const ask = () => {
      const sent = { ...(language && { language }), ...(file ? { file } : { text }) };
      previewBook(sent, leaving.signal).then(
        (preview) => { settle({ preview }); },
        (error: unknown) => {
          if (error instanceof ApiError && REFUSED.has(error.status)) {
            settle({ refused: error });
            return;
          }
          keep();
          const wait = error instanceof ApiError && Number(error.extra.retry_after);
          if (wait && !leaving.signal.aborted) timer = window.setTimeout(ask, 1000 * wait);
        },
      );
    };
    timer = window.setTimeout(ask, file ? 0 : PAUSE_MS);
    return () => {
      window.clearTimeout(timer);
      leaving.abort();
    };
  }, [wanted, file, text, language]);
  const settled = told?.file === file && told.text === text && told.language === language;
  // What was told of one file says nothing of another; of a text that goes on, it still does.
  const { preview, refused } = wanted && told?.file === file ? told : NOTHING;
  return { preview, refused: settled ? refused : null, reading: wanted && !settled };
}
