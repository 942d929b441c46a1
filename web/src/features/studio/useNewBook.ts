import { useState } from "react";
import { createBook } from "@/shared/api/books";
import { ApiError } from "@/shared/api/http";
import type { Language } from "@/shared/api/shapes";
import type { SourceChapter } from "@/shared/api/sourceShapes";
import { useWords } from "@/shared/i18n";
import { navigate } from "@/shared/router";
import { settingsNow } from "@/shared/settings";
import type { Switched } from "./chapters";
import { foreignShare, isRead, listsOf, withSwitch } from "./chapters";
import { LARGEST_MB, otherKindOf, titleFrom, troubleOf } from "./manuscript";
import { useDraft } from "./useDraft";
import { usePreview } from "./usePreview";

/** From this share of foreign sentences on somebody is asked; from half on there must be an answer. */
const MENTIONED = 0.02;
const HALF = 0.5;

/** What the form holds and does; the page only draws it. */
export function useNewBook() {
  const words = useWords().studio;
  const { draft, change, forget } = useDraft();
  const [file, setFile] = useState<File | null>(null);
  const [switched, setSwitched] = useState<Switched>({});
  const [trouble, setTrouble] = useState("");
  const [refused, setRefused] = useState<unknown>(null);
  const [sending, setSending] = useState(false);
  // What is in a file is told again by the file itself; a text says it in its first line.
  const looked = usePreview(file, file ? "" : draft.text, draft.language);
  const { preview } = looked;
  const language: Language | "" = draft.language || (preview?.language ?? "");
  const narrated = draft.narrated && language === "jje";
  const share = preview ? foreignShare(preview, switched) : 0;
  const mustSay = share > HALF || isForeign(refused);
  /** Share of foreign sentences, where somebody is asked what becomes of them. */
  const foreign = share >= MENTIONED || mustSay ? share : null;

  const renew = () => {
    setTrouble("");
    setRefused(null);
  };
  const take = (chosen: File | null) => {
    const wrong = chosen && troubleOf(chosen);
    renew();
    if (wrong) {
      const wayOut = wrong === "wrongKind" ? ` ${words.wayOut[otherKindOf(chosen.name)]}` : "";
      setTrouble(words[wrong](chosen.name, LARGEST_MB) + wayOut);
      return;
    }
    setFile(chosen);
    setSwitched({});
    change({ foreign: "" });
  };
  const write = (text: string) => {
    renew();
    change(draft.text ? { text } : { text, foreign: "" });
  };
  const turn = (chapters: readonly SourceChapter[], read?: boolean) => {
    renew();
    setSwitched(chapters.reduce((all, one) => withSwitch(all, one, read ?? one.read), switched));
  };
  /** What has to be said or done first, and the name of the field for it; null where nothing has. */
  const missing = () => {
    if (!file && !draft.text.trim()) return [words.needText, "text"] as const;
    const some = preview?.chapters.some((one) => isRead(one, switched)) ?? true;
    if (!some) return [words.needChapter, "chapter"] as const;
    return mustSay && !draft.foreign ? ([words.needForeign, "foreign"] as const) : null;
  };
  const send = async () => {
    const [first, field] = missing() ?? ["", ""];
    setTrouble(first);
    if (first) {
      document.getElementsByName(field)[0]?.focus();
      return;
    }
    setSending(true);
    setRefused(null);
    try {
      const { text, voice, strength, speed } = draft;
      const title = draft.title.trim();
      const sent = narrated ? "jje" : draft.language;
      const book = await createBook({
        ...{ voice, narrated, strength, speed },
        ...(draft.author.trim() && { author: draft.author.trim() }),
        spelling: settingsNow().spelling,
        ...(sent && { language: sent }),
        ...(foreign !== null && draft.foreign && { foreign: draft.foreign }),
        ...listsOf(preview?.chapters ?? [], switched),
        ...(file ? { title, file } : { title: title || titleFrom(text) || words.untitled, text }),
      });
      forget();
      // A book that waits for one's own recording has nothing to be heard yet.
      navigate(`/books/${book.id}`, narrated ? null : "listen");
    } catch (error) {
      setRefused(error);
      setSending(false);
    }
  };
  return {
    ...{ draft, change, file, take, write, send, trouble, sending, looked, switched, turn, language },
    ...{ narrated, foreign, mustSay },
    // A text that only begins is no fault yet.
    refused: refused ?? (file && looked.refused),
  };
}

function isForeign(error: unknown): boolean {
  return error instanceof ApiError && error.extra.reason === "foreign_book";
}
