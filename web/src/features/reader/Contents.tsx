import { useWords } from "@/shared/i18n";
import { Icon } from "@/shared/ui/Icon";
import type { ShownChapter } from "./chapters";
import { usePopover } from "./usePopover";

interface ContentsProps {
  chapters: readonly ShownChapter[];
  current: number;
  onChoose: (chapter: number) => void;
}

/** The table of contents behind a button; Escape and a press elsewhere close it. */
export function Contents({ chapters, current, onChoose }: ContentsProps) {
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
                  {chapter.title || words.chapter(number + 1)}
                </button>
              </li>
            ))}
          </ol>
        </nav>
      )}
    </div>
  );
}
