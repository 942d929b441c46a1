import { useId, useState } from "react";
import { reportBook } from "@/shared/api/sharing";
import type { Book, Complaint } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { licenceIn } from "@/shared/licence";
import { Notice } from "@/shared/ui/Notice";
import { TextArea } from "@/shared/ui/TextArea";
import { useSend } from "@/shared/useSend";

const REASONS: readonly Complaint[] = ["rights", "privacy", "harm", "other"];

/** Where a book of somebody else is from, and a word to the operator. */
export function ReportForm({ book }: { book: Book }) {
  const words = useWords().sharing;
  const [reason, setReason] = useState<Complaint>("rights");
  const [told, setTold] = useState("");
  const { send, sending, refused, done } = useSend();
  const id = useId();
  return (
    <>
      <p className="faint rights">{[licenceIn(words, book.licence), book.attribution].filter(Boolean).join(". ")}</p>
      <details className="notes">
        <summary>{words.report}</summary>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void send(async () => { await reportBook(book.id, reason, told); });
          }}
        >
          <div className="field">
            <label htmlFor={id}>{words.reportWhy}</label>
            <select id={id} value={reason} onChange={(event) => { setReason(event.target.value as Complaint); }}>
              {REASONS.map((one) => (
                <option key={one} value={one}>
                  {words.reasons[one]}
                </option>
              ))}
            </select>
          </div>
          <TextArea label={words.reportWords} value={told} onText={setTold} maxLength={2000} />
          {refused !== null && <Notice error={refused} />}
          <p role="status">{done && words.reported}</p>
          <div>
            <button type="submit" className="button" disabled={sending || done}>
              {words.reportSend}
            </button>
          </div>
        </form>
      </details>
    </>
  );
}
