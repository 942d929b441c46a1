import type { Book } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Link } from "@/shared/router";
import { useStore } from "@/shared/store";
import { Cover } from "@/shared/ui/Cover";
import { Icon } from "@/shared/ui/Icon";
import type { Player } from "./player";

interface SmallPlayerProps {
  book: Book;
  chapter: string;
  player: Player;
  onClose: () => void;
}

/** What stays of the reading room while one walks around the library. */
export function SmallPlayer({ book, chapter, player, onClose }: SmallPlayerProps) {
  const words = useWords().reader;
  const phase = useStore(player.spot, (spot) => spot.phase);
  const going = phase === "playing" || phase === "waiting";
  return (
    <aside className="small-player" aria-label={words.stays}>
      <Link href={`/books/${book.id}`} className="small-player-book" aria-label={words.backTo(book.title)}>
        <Cover title={book.title} src={book.cover} />
        <span>
          <span className="small-player-title">{book.title}</span>
          {chapter && chapter !== book.title && <span className="faint small-player-title">{chapter}</span>}
        </span>
      </Link>
      <button type="button" className="round play" aria-label={going ? words.pause : words.play} onClick={() => { player.toggle(); }}>
        <Icon name={going ? "pause" : "play"} />
      </button>
      <button type="button" className="round small" aria-label={words.closePlayer} onClick={onClose}>
        <Icon name="close" />
      </button>
    </aside>
  );
}
