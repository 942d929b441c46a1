import { useState } from "react";

export interface Sending {
  /** Send something; what the service refuses is kept for showing. */
  send: (act: () => Promise<void>) => Promise<void>;
  sending: boolean;
  refused: unknown;
  /** Whether the last sending went well. */
  done: boolean;
}

/** What a form knows of its sending. */
export function useSend(): Sending {
  const [sending, setSending] = useState(false);
  const [refused, setRefused] = useState<unknown>(null);
  const [done, setDone] = useState(false);
  const send = async (act: () => Promise<void>) => {
    setSending(true);
    setRefused(null);
    setDone(false);
    try {
      await act();
      setDone(true);
    } catch (error) {
      setRefused(error);
    }
    setSending(false);
  };
  return { send, sending, refused, done };
}
