import type { ReactNode } from "react";
import { useEffect, useRef, useState } from "react";

const MARGIN = "600px";

/** Something that is drawn, and asks for what it needs, when one comes near it. */
export function Near({ children }: { children: ReactNode }) {
  const [near, setNear] = useState(() => typeof IntersectionObserver === "undefined");
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (near || !place.current) return undefined;
    const observer = new IntersectionObserver(
      (seen) => {
        if (seen.some(({ isIntersecting }) => isIntersecting)) setNear(true);
      },
      { rootMargin: MARGIN },
    );
    observer.observe(place.current);
    return () => {
      observer.disconnect();
    };
  }, [near]);
  return near ? children : <div ref={place} />;
}
