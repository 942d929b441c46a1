import { useWords } from "@/shared/i18n";
import type { Player } from "./player";
import type { Elsewhere as Place } from "./usePlace";

interface ElsewhereProps {
  place: Place | null;
  player: Player;
  onSettled: () => void;
}

/** The service knows a newer place, from another device: the listener chooses. */
export function Elsewhere({ place, player, onSettled }: ElsewhereProps) {
  const words = useWords().reader;
  if (!place) return null;
  return (
    <div className="notice calm" role="status">
      <p>{words.newer}</p>
      <div className="notice-acts">
        <button
          type="button"
          className="button"
          onClick={() => {
            player.seek(place.index, place.ms);
            onSettled();
          }}
        >
          {words.goThere}
        </button>
        <button type="button" className="button quiet" onClick={onSettled}>
          {words.stay}
        </button>
      </div>
    </div>
  );
}
