import type { Foreign, Language } from "@/shared/api/shapes";
import type { Passage, Preview, SourceChapter } from "@/shared/api/sourceShapes";
import { useWords } from "@/shared/i18n";
import { aboutLine, say, sharesIn } from "@/shared/notes";
import { ChapterChoice } from "./ChapterChoice";
import type { Switched } from "./chapters";
import { Choice } from "./Choice";
import { LeftOut } from "./LeftOut";
import type { Draft } from "./useDraft";

/** What the line on the language says already. */
const ON_LANGUAGE = /^(Its sentences are|Neither Korean nor Jeju:|Some sentences are neither) /;

interface PreviewPanelProps {
  preview: Preview | null;
  reading: boolean;
  /** It has a title of its own, as files have. */
  named: boolean;
  switched: Switched;
  onTurn: (chapters: readonly SourceChapter[], read?: boolean) => void;
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  /** Share of foreign sentences, where somebody is asked what becomes of them. */
  foreign: number | null;
  /** Nothing is made before they have said it. */
  mustSay: boolean;
}

/** What the service read: the language, the chapters, what is left out, before a book is made. */
export function PreviewPanel(props: PreviewPanelProps) {
  const { preview, reading, named, switched, onTurn, draft, change, foreign, mustSay } = props;
  const words = useWords().preview;
  if (!preview && !reading && foreign === null) return null;
  return (
    <section className="preview" aria-label={words.label} aria-busy={reading}>
      <p role="status" className={preview ? "unseen" : "faint"}>
        {preview ? words.found(preview.chapters.length) : reading && words.reading}
      </p>
      {preview && <Told {...{ preview, named }} chosen={draft.language} onLanguage={(language) => { change({ language }); }} />}
      {foreign !== null && (
        <ForeignQuestion
          chosen={draft.foreign || (mustSay ? "" : "read")}
          share={foreign}
          samples={preview?.languages.samples ?? []}
          onChoose={(chosen) => { change({ foreign: chosen }); }}
        />
      )}
      {preview && preview.chapters.length > 1 && (
        <ChapterChoice chapters={preview.chapters} switched={switched} onTurn={onTurn} />
      )}
      {preview && <Noted preview={preview} />}
    </section>
  );
}

interface ToldProps {
  preview: Preview;
  named: boolean;
  chosen: Language | "";
  onLanguage: (language: Language) => void;
}

/** Whose it is, in which language, what becomes of it; and back, where that was told wrong. */
function Told({ preview, named, chosen, onLanguage }: ToldProps) {
  const { preview: words, notes } = useWords();
  const { languages, about, author, title } = preview;
  const language = chosen || preview.language;
  const told = languages.told || "foreign";
  const who = aboutLine(about, author, notes);
  // Jeju that nobody called so is kept as it is: somebody may know better.
  const doubtful = languages.told !== "" && (language !== languages.told || (!chosen && language === "jje"));
  const other: Language = language === "jje" ? "ko" : "jje";
  return (
    <div className="told">
      {named && <p className="told-title">{[title, author].filter(Boolean).join(" · ")}</p>}
      {who && <p className="faint">{who}</p>}
      <p>
        <strong>{words.told[told]}</strong> {told !== "foreign" && words.becomes[language]}
      </p>
      {Object.keys(languages.shares).length > 1 && (
        <p className="faint">{words.shares(sharesIn(languages.shares, notes))}</p>
      )}
      {doubtful && (
        <button type="button" className="button quiet small" onClick={() => { onLanguage(other); }}>
          {words.switchTo[other]}
        </button>
      )}
    </div>
  );
}

/** Foreign sentences that are shown. */
const SHOWN = 3;

interface ForeignQuestionProps {
  chosen: Foreign | "";
  /** Of what would be read. */
  share: number;
  samples: readonly Passage[];
  onChoose: (foreign: Foreign) => void;
}

/** What becomes of sentences in neither language, with some of them. */
function ForeignQuestion({ chosen, share, samples, onChoose }: ForeignQuestionProps) {
  const words = useWords().preview;
  const options: [Foreign, string, string][] = [
    ["read", words.foreignRead, words.foreignReadHint],
    ["skip", words.foreignSkip, words.foreignSkipHint],
  ];
  const legend = share > 0 ? words.foreign(Math.max(1, Math.round(share * 100))) : words.foreignSome;
  return (
    <div className="foreign">
      <Choice legend={legend} name="foreign" options={options} chosen={chosen} onChoose={onChoose} />
      {samples.length > 0 && (
        <p className="faint">{words.foreignSamples(samples.slice(0, SHOWN).map(({ text }) => `“${text}”`).join(" "))}</p>
      )}
    </div>
  );
}

/** What is left out, and what the reader of manuscripts decided. */
function Noted({ preview: { left_out: groups, warnings } }: { preview: Preview }) {
  const { preview: words, notes } = useWords();
  const told = warnings.filter((line) => !ON_LANGUAGE.test(line));
  const places = groups.reduce((sum, { count }) => sum + count, 0);
  return (
    <>
      {places > 0 && (
        <details className="notes">
          <summary>{words.leftOut(places)}</summary>
          {groups.map((one) => (
            <LeftOut
              key={one.reason}
              name={words.places(notes.reasons[one.reason] ?? one.reason, one.count, one.characters)}
              passages={one.samples.map(({ where, text }) => ({ where: say(where, notes), text }))}
              more={one.count - one.samples.length}
            />
          ))}
        </details>
      )}
      {told.length > 0 && (
        <details className="notes">
          <summary>{words.noted(told.length)}</summary>
          <ul>
            {told.map((line, number) => (
              <li key={number}>{say(line, notes)}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
