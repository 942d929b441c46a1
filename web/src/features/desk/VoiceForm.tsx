import { useCallback } from "react";
import { readTerms, sendRecording, withdrawRecording } from "@/shared/api/corrections";
import type { Book, Segment } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Notice } from "@/shared/ui/Notice";
import { useItem } from "@/shared/useItem";
import { useSend } from "@/shared/useSend";
import { SendForm } from "./SendForm";

interface VoiceFormProps {
  book: Book;
  segment: Segment;
  onChange: () => void;
}

/** One's own voice in place of the machine's, as long as one agrees. */
export function VoiceForm({ book, segment, onChange }: VoiceFormProps) {
  const words = useWords().desk;
  const terms = useItem(useCallback((signal: AbortSignal) => readTerms(signal), []));
  const { send, sending, refused, done } = useSend();
  const back = () =>
    send(async () => {
      await withdrawRecording(book.id, segment.id);
      onChange();
    });
  return (
    <>
      {segment.human && (
        <p>
          {words.human}{" "}
          <button type="button" className="link" disabled={sending} onClick={() => void back()}>
            {words.voiceBack}
          </button>
        </p>
      )}
      <p className="faint">{words.voiceHint}</p>
      {terms.item && (
        <SendForm
          terms={terms.item}
          sending={sending}
          onSend={(sound, speaker, licence) =>
            void send(async () => {
              await sendRecording(book.id, segment.id, sound, { speaker, licence });
              onChange();
            })
          }
        />
      )}
      {(refused ?? terms.error) !== null && <Notice error={refused ?? terms.error} />}
      <p role="status">{done && words.sent}</p>
    </>
  );
}
