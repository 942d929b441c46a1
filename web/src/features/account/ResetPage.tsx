import { useState } from "react";
import { askReset, confirmReset } from "@/shared/api/accounts";
import { useWords } from "@/shared/i18n";
import { Link, useHash } from "@/shared/router";
import { Field } from "@/shared/ui/Field";
import { PasswordField } from "@/shared/ui/PasswordField";
import { useSend } from "@/shared/useSend";
import { Door } from "./Door";

/** A forgotten password: ask for a letter, or come from its link. */
export function ResetPage() {
  const key = useHash();
  return key ? <Choose key={key} proof={key} /> : <Ask />;
}

function Ask() {
  const words = useWords().account;
  const [mail, setMail] = useState("");
  const { send, sending, refused, done } = useSend();
  return (
    <Door
      title={words.reset}
      lead={words.resetLead}
      action={words.resetAsk}
      sending={sending}
      refused={refused}
      onSend={() => void send(() => askReset(mail.trim()))}
      below={
        <>
          {done && <p role="status">{words.resetAsked}</p>}
          <Link href="/login">{words.login}</Link>
        </>
      }
    >
      <Field
        label={words.mail}
        type="email"
        value={mail}
        onText={setMail}
        autoComplete="email"
        required
      />
    </Door>
  );
}

function Choose({ proof }: { proof: string }) {
  const words = useWords().account;
  const [password, setPassword] = useState("");
  const { send, sending, refused, done } = useSend();
  if (done) {
    return (
      <div className="door">
        <h1>{words.resetDone}</h1>
        <Link href="/login" className="button primary">
          {words.login}
        </Link>
      </div>
    );
  }
  return (
    <Door
      title={words.reset}
      action={words.passwordChange}
      sending={sending}
      refused={refused}
      onSend={() => void send(() => confirmReset(proof, password))}
    >
      <PasswordField
        label={words.passwordNew}
        hint={words.passwordHint}
        value={password}
        onText={setPassword}
        chosen
      />
    </Door>
  );
}
