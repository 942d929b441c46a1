import { useState } from "react";
import { confirmMail } from "@/shared/api/accounts";
import { useWords } from "@/shared/i18n";
import { Link, useHash } from "@/shared/router";
import { useSession } from "@/shared/session";
import { useSend } from "@/shared/useSend";
import { Door } from "./Door";

/** Where the letter leads that asks whether a mail address is one's own. */
export function ConfirmPage() {
  const { account: words, error } = useWords();
  const { me, askAgain } = useSession();
  const [key] = useState(useHash());
  const { send, sending, refused, done } = useSend();
  const go = () =>
    send(async () => {
      await confirmMail(key);
      if (me) askAgain();
    });
  if (done) {
    return (
      <div className="door">
        <h1>{words.mailConfirmed}</h1>
        <Link href="/" className="button primary">
          {error.toLibrary}
        </Link>
      </div>
    );
  }
  // Programs that look into letters open links: only a press says yes.
  return (
    <Door
      title={words.confirm}
      lead={words.confirmLead}
      action={words.confirmAct}
      sending={sending}
      refused={refused}
      onSend={() => void go()}
    >
      {null}
    </Door>
  );
}
