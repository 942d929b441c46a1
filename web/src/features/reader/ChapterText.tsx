import { useMemo } from "react";
import type { Bookmark } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { type Numbered, paragraphsOf } from "./chapters";
import type { Lines } from "./feed";
import type { Player } from "./player";
import { JejuSentence, KoreanSentence } from "./Sentence";
import { useWide } from "./useWide";
import type { Shown } from "./useWindow";

interface ChapterTextProps {
  lines: Lines;
  shown: Shown;
  player: Player;
  korean: boolean;
  marks: ReadonlyMap<number, Bookmark>;
  onWord: (index: number, word: number) => void;
}

/**
 * What of a chapter stands in the page, large in Jeju; its Korean stands beside, or beneath each
 * sentence where there is no room for two columns.
 */
export function ChapterText({ lines, shown, player, korean, marks, onWord }: ChapterTextProps) {
  const wide = useWide();
  const { from, to, above, below } = shown;
  const paragraphs = useMemo(() => paragraphsOf(lines, from, to), [lines, from, to]);
  const kind = korean ? (wide ? "text with-korean" : "text between") : "text";
  const Body = korean && !wide ? Between : Beside;
  return (
    <div className={kind}>
      {above > 0 && <div data-gap="above" style={{ blockSize: above }} />}
      {paragraphs.map((paragraph) => (
        <div key={paragraph[0]?.index} className="paragraph" data-kind={paragraph[0]?.line.kind}>
          <Body {...{ paragraph, player, korean, marks, onWord }} />
        </div>
      ))}
      {below > 0 && <div data-gap="below" style={{ blockSize: below }} />}
    </div>
  );
}

interface ParagraphProps extends Pick<ChapterTextProps, "player" | "korean" | "marks" | "onWord"> {
  paragraph: readonly Numbered[];
}

function Beside({ paragraph, player, korean, marks, onWord }: ParagraphProps) {
  const known = paragraph.filter(({ line }) => line.jeju);
  return (
    <>
      <p lang="jje" className="jeju">
        {known.map((one) => (
          <JejuSentence key={one.index} {...one} {...{ player, onWord }} mark={marks.get(one.index)?.note} />
        ))}
        <Missing paragraph={paragraph} />
      </p>
      {korean && (
        <p lang="ko" className="korean">
          {paragraph.map((one) => (
            <KoreanSentence key={one.index} {...one} player={player} />
          ))}
        </p>
      )}
    </>
  );
}

/** Each sentence with its Korean right beneath it. */
function Between({ paragraph, player, marks, onWord }: ParagraphProps) {
  return (
    <>
      {paragraph.map((one) => (
        <div key={one.index} className="both">
          <p lang="jje" className="jeju">
            {one.line.jeju && <JejuSentence {...one} {...{ player, onWord }} mark={marks.get(one.index)?.note} />}
          </p>
          <p lang="ko" className="korean">
            <KoreanSentence {...one} player={player} />
          </p>
        </div>
      ))}
      <Missing paragraph={paragraph} />
    </>
  );
}

/** A word where a paragraph is not made yet, or cannot be. */
function Missing({ paragraph }: Pick<ParagraphProps, "paragraph">) {
  const words = useWords().reader;
  const problem = paragraph.find(({ line }) => line.problem)?.line.problem;
  const known = paragraph.some(({ line }) => line.jeju);
  if (problem) return <span className="problem">{problem}</span>;
  return known ? null : <span className="pending">{words.notYet}</span>;
}
