import { useEffect, useState } from "react";
import type { Foreign, Language } from "@/shared/api/shapes";
import { recall, remember } from "@/shared/storage";

export interface Draft {
  text: string;
  title: string;
  /** Told by the text where empty. */
  language: Language | "";
  /** Read by whoever makes it, not by a machine. */
  narrated: boolean;
  /** Who reads; the service's own choice where empty. */
  voice: string;
  /** What becomes of foreign sentences; "" where nobody was asked. */
  foreign: Foreign | "";
  /** The source's where empty. */
  author: string;
  /** From Korean, 0, to full Jeju, 1. */
  strength: number;
  /** 1 is the voice's own pace. */
  speed: number;
}

const EMPTY: Draft = { text: "", title: "", language: "", narrated: false, voice: "", foreign: "", author: "", strength: 1, speed: 1 };
const KEEP_MS = 400;

/** A form that a reload does not empty. */
export function useDraft() {
  const [draft, setDraft] = useState<Draft>(() => ({ ...EMPTY, ...(recall("draft") as Partial<Draft> | null) }));
  useEffect(() => {
    const timer = window.setTimeout(() => {
      remember("draft", draft);
    }, KEEP_MS);
    return () => {
      window.clearTimeout(timer);
    };
  }, [draft]);
  const change = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const forget = () => {
    remember("draft", null);
    setDraft(EMPTY);
  };
  return { draft, change, forget };
}
