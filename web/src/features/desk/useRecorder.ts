import { useEffect, useRef, useState } from "react";

export interface Recording {
  /** Whether this browser, at this address, can record at all. */
  can: boolean;
  going: boolean;
  failed: boolean;
  toggle: () => void;
}

/** Records from the microphone; `onSound` gets what was recorded when it stops. */
export function useRecorder(onSound: (sound: Blob) => void): Recording {
  const recorder = useRef<MediaRecorder | null>(null);
  const [going, setGoing] = useState(false);
  const [failed, setFailed] = useState(false);
  useEffect(() => () => { release(recorder.current); }, []);
  const begin = async () => {
    setFailed(false);
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const made = new MediaRecorder(stream);
    const parts: Blob[] = [];
    made.addEventListener("dataavailable", ({ data }) => { parts.push(data); });
    made.addEventListener("stop", () => {
      release(made);
      setGoing(false);
      onSound(new Blob(parts, { type: made.mimeType }));
    });
    recorder.current = made;
    made.start();
    setGoing(true);
  };
  return {
    can: typeof MediaRecorder !== "undefined" && "mediaDevices" in navigator,
    going,
    failed,
    toggle: () => {
      if (going) recorder.current?.stop();
      else begin().catch(() => { setFailed(true); });
    },
  };
}

/** Let the microphone go. */
function release(recorder: MediaRecorder | null): void {
  recorder?.stream.getTracks().forEach((track) => { track.stop(); });
}
