import { useWords } from "@/shared/i18n";
import type { Place } from "./usePlace";

/** Another device is elsewhere in the book: the listener chooses. */
export function Elsewhere({ place }: { place: Place }) {
  const words = useWords().reader;
  if (!place.elsewhere) return null;
  return (
    <div className="elsewhere" role="status">
      <p>{words.newer}</p>
      <div className="acts">
        <button type="button" className="button small" onClick={place.go}>
          {words.goThere}
        </button>
        <button type="button" className="button small quiet" onClick={place.stay}>
          {words.stay}
        </button>
      </div>
    </div>
  );
}
