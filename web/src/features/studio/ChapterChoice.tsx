import type { SourceChapter } from "@/shared/api/sourceShapes";
import { useWords } from "@/shared/i18n";
import { timeLeft } from "@/shared/time";
import type { Switched } from "./chapters";
import { isRead, lettersOf } from "./chapters";
import { minutesOf } from "./manuscript";

interface ChapterChoiceProps {
  chapters: readonly SourceChapter[];
  switched: Switched;
  /** Have chapters read or not; as they would be by themselves where it is not said. */
  onTurn: (chapters: readonly SourceChapter[], read?: boolean) => void;
}

/** The chapters of a manuscript, each to be read or not. */
export function ChapterChoice({ chapters, switched, onTurn }: ChapterChoiceProps) {
  const { preview: words, production } = useWords();
  const read = chapters.filter((one) => isRead(one, switched));
  const letters = lettersOf(read);
  const changed = chapters.some((one) => isRead(one, switched) !== one.read);
  return (
    <fieldset className="chapters">
      <legend>{words.chapters}</legend>
      <p className="faint" aria-live="polite">
        {words.chosen(read.length, chapters.length, letters)}
        {letters > 0 && ` · ${words.sound(timeLeft(minutesOf(letters) * 60, production))}`}
      </p>
      <p className="chapters-acts">
        <Act label={words.all} off={read.length === chapters.length} act={() => { onTurn(chapters, true); }} />
        <Act label={words.none} off={read.length === 0} act={() => { onTurn(chapters, false); }} />
        <Act label={words.asFound} off={!changed} act={() => { onTurn(chapters); }} />
      </p>
      <ol className="chapters-list">
        {chapters.map((one) => (
          <li key={one.number}>
            <Line chapter={one} read={isRead(one, switched)} onTurn={(on) => { onTurn([one], on); }} />
          </li>
        ))}
      </ol>
    </fieldset>
  );
}

/** From this share on a chapter is called foreign. */
const HALF = 0.5;

interface LineProps {
  chapter: SourceChapter;
  read: boolean;
  onTurn: (read: boolean) => void;
}

function Line({ chapter, read, onTurn }: LineProps) {
  const { preview: words, reader, notes } = useWords();
  const { number, title, level, matter, foreign, characters, first } = chapter;
  return (
    <label className="chapters-line" data-level={Math.min(level, 3)}>
      <input type="checkbox" name="chapter" checked={read} onChange={(event) => { onTurn(event.target.checked); }} />
      <span className="chapters-name">
        <span>{title || reader.chapter(number)}</span>
        {matter && <span className="badge">{notes.reasons[matter] ?? matter}</span>}
        {foreign > HALF && <span className="badge">{words.isForeign}</span>}
      </span>
      <span className="faint chapters-size">{words.letters(characters)}</span>
      {first && <span className="faint chapters-first">{first}</span>}
    </label>
  );
}

function Act({ label, off, act }: { label: string; off: boolean; act: () => void }) {
  return (
    <button type="button" className="link" disabled={off} onClick={act}>
      {label}
    </button>
  );
}
