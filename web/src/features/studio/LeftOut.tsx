import { useWords } from "@/shared/i18n";
import type { Unread } from "@/shared/notes";

/** Longer lists and texts are opened by whoever wants to see them. */
const MOST_LINES = 20;
const LONGEST = 200;

interface LeftOutProps {
  /** Why, and in how many places. */
  name: string;
  passages: readonly Unread[];
  /** Places that are not shown. */
  more?: number;
}

/** What is not read for one reason. */
export function LeftOut({ name, passages, more = 0 }: LeftOutProps) {
  const words = useWords().preview;
  return (
    <details open={passages.length <= MOST_LINES}>
      <summary>{name}</summary>
      <ul>
        {passages.map((one, number) => (
          <li key={number}>
            <Left passage={one} />
          </li>
        ))}
        {more > 0 && <li>{words.more(more)}</li>}
      </ul>
    </details>
  );
}

function Left({ passage: { where, text } }: { passage: Unread }) {
  if (text.length <= LONGEST) return [where, text].filter(Boolean).join(" · ");
  return (
    <details>
      <summary>{`${where} · ${text.slice(0, LONGEST)}…`}</summary>
      {text}
    </details>
  );
}
