import { useWords } from "@/shared/i18n";
import type { Numbered, ShownChapter } from "./chapters";
import type { Player } from "./player";
import { JejuSentence, KoreanSentence } from "./Sentence";

interface ChapterTextProps {
  chapter: ShownChapter;
  player: Player;
  korean: boolean;
}

/** One chapter: each paragraph large in Jeju, with its Korean beside or below. */
export function ChapterText({ chapter, player, korean }: ChapterTextProps) {
  return (
    <div className={korean ? "text with-korean" : "text"}>
      {chapter.paragraphs.map((paragraph) => (
        <Paragraph
          key={paragraph[0]?.index}
          paragraph={paragraph}
          player={player}
          korean={korean}
        />
      ))}
    </div>
  );
}

interface ParagraphProps {
  paragraph: readonly Numbered[];
  player: Player;
  korean: boolean;
}

function Paragraph({ paragraph, player, korean }: ParagraphProps) {
  return (
    <div className="paragraph" data-kind={paragraph[0]?.line.kind}>
      <p lang="jje" className="jeju">
        <Jeju paragraph={paragraph} player={player} />
      </p>
      {korean && (
        <p lang="ko" className="korean">
          {paragraph.map((one) => (
            <KoreanSentence key={one.index} {...one} player={player} />
          ))}
        </p>
      )}
    </div>
  );
}

function Jeju({ paragraph, player }: Omit<ParagraphProps, "korean">) {
  const words = useWords();
  const known = paragraph.filter(({ line }) => line.jeju);
  const problem = paragraph.find(({ line }) => line.problem)?.line.problem;
  return (
    <>
      {known.map((one) => (
        <JejuSentence key={one.index} {...one} player={player} />
      ))}
      {problem && <span className="problem">{problem}</span>}
      {!known.length && !problem && <span className="pending">{words.reader.notYet}</span>}
    </>
  );
}
