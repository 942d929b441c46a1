import type { ReactNode } from "react";
import { createContext, use, useCallback, useEffect, useMemo, useState } from "react";
import { readMe } from "@/shared/api/accounts";
import { ApiError, STRANGER } from "@/shared/api/http";
import type { Me } from "@/shared/api/shapes";
import { follow, unfollow } from "@/shared/settings";
import { useWhenBack } from "@/shared/useWhenBack";

export interface Session {
  /** Null while nobody is logged in, or nothing is known yet. */
  me: Me | null;
  /** Whether the service has said who asks. */
  asked: boolean;
  /** Why it did not, where it did not. */
  error: unknown;
  enter: (me: Me) => void;
  leave: () => void;
  askAgain: () => void;
}

const nothing = () => undefined;
const SessionContext = createContext<Session>({
  me: null,
  asked: false,
  error: null,
  enter: nothing,
  leave: nothing,
  askAgain: nothing,
});

/** Asks the service who uses the page, before anything else is asked. */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [known, setKnown] = useState<Pick<Session, "me" | "asked" | "error">>({
    me: null,
    asked: false,
    error: null,
  });
  const [times, setTimes] = useState(0);
  const enter = useCallback((me: Me) => {
    setKnown({ me, asked: true, error: null });
  }, []);
  const leave = useCallback(() => {
    setKnown({ me: null, asked: true, error: null });
  }, []);
  const askAgain = useCallback(() => {
    setTimes((count) => count + 1);
  }, []);

  useEffect(() => {
    const leaving = new AbortController();
    readMe(leaving.signal).then(enter, (error: unknown) => {
      if (leaving.signal.aborted) return;
      if (error instanceof ApiError && error.status === 401) leave();
      else setKnown({ me: null, asked: false, error });
    });
    return () => {
      leaving.abort();
    };
  }, [times, enter, leave]);

  useWhenBack(known.error !== null, askAgain);

  useEffect(() => {
    window.addEventListener(STRANGER, leave);
    return () => {
      window.removeEventListener(STRANGER, leave);
    };
  }, [leave]);

  const who = known.me?.id;
  useEffect(() => {
    if (who === undefined) return undefined;
    const leaving = new AbortController();
    void follow(leaving.signal);
    return () => {
      leaving.abort();
      unfollow();
    };
  }, [who]);

  const session = useMemo(
    () => ({ ...known, enter, leave, askAgain }),
    [known, enter, leave, askAgain],
  );
  return <SessionContext value={session}>{children}</SessionContext>;
}

export function useSession(): Session {
  return use(SessionContext);
}
