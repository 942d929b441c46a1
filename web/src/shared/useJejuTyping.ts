import type { ChangeEvent, CompositionEvent, RefObject } from "react";
import { useLayoutEffect, useRef } from "react";
import { joined } from "./jeju";

type Writable = HTMLInputElement | HTMLTextAreaElement;

export interface JejuTyping<Place extends Writable> {
  ref: RefObject<Place | null>;
  onChange: (event: ChangeEvent<Place>) => void;
  onCompositionEnd: (event: CompositionEvent<Place>) => void;
  /** Write something where the cursor stands, as a key would. */
  press: (letters: string) => void;
}

/** Writing Jeju: what is typed is joined to blocks as one goes, and the cursor stays where it was. */
export function useJejuTyping<Place extends Writable>(onText: (text: string) => void): JejuTyping<Place> {
  const ref = useRef<Place>(null);
  const caret = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (caret.current === null) return;
    ref.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });
  const write = (text: string, at: number) => {
    const whole = joined(text);
    // What stands before the cursor is joined by itself: so long it is afterwards.
    caret.current = whole === text ? at : whole.length - joined(text.slice(at)).length;
    onText(whole);
  };
  return {
    ref,
    onChange: (event) => {
      const { value, selectionStart } = event.target;
      // A keyboard that is still putting a block together would lose what it holds.
      if ((event.nativeEvent as InputEvent).isComposing) onText(value);
      else write(value, selectionStart ?? value.length);
    },
    onCompositionEnd: ({ currentTarget: { value, selectionStart } }) => {
      if (joined(value) !== value) write(value, selectionStart ?? value.length);
    },
    press: (letters) => {
      const place = ref.current;
      if (!place) return;
      place.focus();
      const [from, to] = [place.selectionStart ?? place.value.length, place.selectionEnd ?? place.value.length];
      write(place.value.slice(0, from) + letters + place.value.slice(to), from + letters.length);
    },
  };
}
