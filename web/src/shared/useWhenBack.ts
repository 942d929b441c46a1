import { useEffect } from "react";

/** Ask again as soon as the network is back, while something did not come. */
export function useWhenBack(missing: boolean, again: () => void): void {
  useEffect(() => {
    if (!missing) return undefined;
    window.addEventListener("online", again);
    return () => {
      window.removeEventListener("online", again);
    };
  }, [missing, again]);
}
