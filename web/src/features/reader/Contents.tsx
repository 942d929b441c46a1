import type { Bookmark } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { clock } from "@/shared/time";
import { Icon } from "@/shared/ui/Icon";
import type { ShownChapter } from "./chapters";
import { lengthOf, type Timeline } from "./timeline";
import { usePopover } from "./usePopover";

interface ContentsProps {
  chapters: readonly ShownChapter[];
  current: number;
  timeline: Timeline;
  /** What the listener marked, by the number of the sentence. */
  marks: ReadonlyMap<number, Bookmark>;
  onChoose: (chapter: number) => void;
  onGo: (segment: number, position: number) => void;
}

/** The table of contents behind a button; Escape and a press elsewhere close it. */
export function Contents({ chapters, current, timeline, marks, onChoose, onGo }: ContentsProps) {
  const words = useWords().reader;
  const { open, setOpen, box } = usePopover();
  return (
    <div className="contents" ref={box}>
      <button type="button" className="tool" aria-expanded={open} onClick={() => { setOpen(!open); }}>
        <Icon name="list" />
        <span>{words.contents}</span>
      </button>
      {open && (
        <nav className="contents-list" aria-label={words.contents}>
          <ol>
            {chapters.map((chapter, number) => (
              <li key={chapter.id}>
                <button
                  type="button"
                  aria-current={number === current || undefined}
                  onClick={() => {
                    setOpen(false);
                    onChoose(number);
                  }}
                >
                  <Entry chapter={chapter} number={number} ms={lengthOf(timeline, chapter)} />
                </button>
              </li>
            ))}
          </ol>
          {marks.size > 0 && (
            <Marks
              marks={marks}
              onGo={(segment, position) => {
                setOpen(false);
                onGo(segment, position);
              }}
            />
          )}
        </nav>
      )}
    </div>
  );
}

/** The sentences that the listener marked, with their notes. */
function Marks({ marks, onGo }: Pick<ContentsProps, "marks" | "onGo">) {
  const words = useWords().desk;
  return (
    <>
      <p className="contents-part">{words.bookmarks}</p>
      <ul>
        {[...marks.values()].map((one) => (
          <li key={one.id}>
            <button type="button" onClick={() => { onGo(one.segment, one.position); }}>
              <span className="contents-name">
                <span lang="jje">{one.text || words.sentence(one.position + 1)}</span>
                {one.note && <span className="faint">{one.note}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** A chapter's name in Jeju where it has one, its own beside, and how long it sounds. */
function Entry({ chapter: { title, jeju }, number, ms }: { chapter: ShownChapter; number: number; ms: number }) {
  const words = useWords().reader;
  const name = title || words.chapter(number + 1);
  return (
    <>
      <span className="contents-name">
        {jeju ? <span lang="jje">{jeju}</span> : name}
        {jeju && jeju !== name && (
          <span lang="ko" className="faint">
            {name}
          </span>
        )}
      </span>
      {ms > 0 && (
        <span className="faint contents-length">
          <span className="unseen">{words.length} </span>
          {clock(ms)}
        </span>
      )}
    </>
  );
}
