import { useEffect, useRef, useState } from "react";
import { prepareExport } from "@/shared/api/exports";
import type { Book } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Notice } from "@/shared/ui/Notice";

/** The finished book to take away, in the formats the service has. */
export function Downloads({ book }: { book: Book }) {
  const words = useWords().production;
  const [building, setBuilding] = useState<string | null>(null);
  const [refused, setRefused] = useState<unknown>(null);
  const asking = useRef<AbortController | null>(null);
  useEffect(() => () => asking.current?.abort(), []);
  const formats = Object.entries(book.exports);
  if (book.status !== "done" || !formats.length) return null;
  const fetchFile = async (format: string, address: string) => {
    const leaving = new AbortController();
    asking.current = leaving;
    setBuilding(format);
    setRefused(null);
    try {
      await prepareExport(address, leaving.signal);
      window.location.assign(address);
    } catch (error) {
      if (leaving.signal.aborted) return;
      setRefused(error);
    }
    setBuilding(null);
  };
  return (
    <section className="downloads" aria-label={words.download}>
      <p>{words.download}</p>
      <div className="downloads-formats">
        {formats.map(([format, address]) => (
          <button
            key={format}
            type="button"
            className="button quiet small"
            disabled={building !== null}
            onClick={() => void fetchFile(format, address)}
          >
            {format.toUpperCase()}
          </button>
        ))}
      </div>
      <p role="status">{building && words.building(building.toUpperCase())}</p>
      {refused !== null && <Notice error={refused} />}
    </section>
  );
}
