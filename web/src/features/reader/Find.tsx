import { useEffect, useState } from "react";
import { findSegments } from "@/shared/api/segments";
import type { Segment } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Icon } from "@/shared/ui/Icon";
import { JejuKeys } from "@/shared/ui/JejuKeys";
import { Notice } from "@/shared/ui/Notice";
import { useJejuTyping } from "@/shared/useJejuTyping";
import { usePopover } from "./usePopover";

const TYPING_MS = 250;

interface FindProps {
  book: number;
  onGo: (segment: number, position: number) => void;
}

/** Sentences of this book that hold some words, in either language and any spelling of arae-a. */
export function Find({ book, onGo }: FindProps) {
  const words = useWords().reader;
  const { open, setOpen, box } = usePopover();
  return (
    <div className="contents" ref={box}>
      <button
        type="button"
        className="tool"
        aria-label={words.find}
        title={words.find}
        aria-expanded={open}
        onClick={() => { setOpen(!open); }}
      >
        <Icon name="search" />
      </button>
      {open && (
        <div className="contents-list find" role="search">
          <Sought
            book={book}
            onGo={(segment, position) => {
              setOpen(false);
              onGo(segment, position);
            }}
          />
        </div>
      )}
    </div>
  );
}

function Sought({ book, onGo }: FindProps) {
  const words = useWords().reader;
  const [sought, setSought] = useState("");
  const { press, ...typing } = useJejuTyping<HTMLInputElement>(setSought);
  const box = typing.ref;
  const { found, error } = useFound(book, sought.trim());
  useEffect(() => { box.current?.focus(); }, [box]);
  return (
    <>
      <input
        type="search"
        aria-label={words.find}
        placeholder={words.findHint}
        value={sought}
        {...typing}
      />
      <JejuKeys onPress={press} />
      <p className="faint" role="status">
        {found && words.found(found.count)}
      </p>
      {error !== null && <Notice error={error} />}
      <ol>
        {found?.results.map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => { onGo(one.id, one.position); }}>
              <span lang="jje">{one.text}</span>
              <span lang="ko" className="faint">
                {one.beside}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

function useFound(book: number, sought: string) {
  const [found, setFound] = useState<{ count: number; results: Segment[] } | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const leaving = new AbortController();
    const wait = window.setTimeout(() => {
      const asked = sought ? findSegments(book, sought, leaving.signal) : Promise.resolve(null);
      asked.then(
        (answer) => {
          setFound(answer);
          setError(null);
        },
        (reason: unknown) => {
          if (!leaving.signal.aborted) setError(reason);
        },
      );
    }, TYPING_MS);
    return () => {
      leaving.abort();
      window.clearTimeout(wait);
    };
  }, [book, sought]);
  return { found, error };
}
