import type { ReactNode } from "react";
import { explain } from "@/shared/explain";
import { useLocale, useWords } from "@/shared/i18n";

/** A calm box for what went wrong: what, where, and what helps. */
export function Notice({ error, children }: { error: unknown; children?: ReactNode }) {
  const words = useWords();
  const { what, details } = explain(error, words.error, useLocale());
  return (
    <div className="notice" role="alert">
      <p className="notice-what">{what}</p>
      {details.map((line) => (
        <p key={line}>{line}</p>
      ))}
      {children && <div className="notice-acts">{children}</div>}
    </div>
  );
}
