import type { FormEvent, ReactNode } from "react";
import { useState } from "react";
import { askMail, changeMail, changePassword, closeAccount } from "@/shared/api/accounts";
import type { Me } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { navigate } from "@/shared/router";
import { useSession } from "@/shared/session";
import { Confirm } from "@/shared/ui/Confirm";
import { Field } from "@/shared/ui/Field";
import { PasswordField } from "@/shared/ui/PasswordField";
import { Notice } from "@/shared/ui/Notice";
import { useSend, type Sending } from "@/shared/useSend";

interface OwnFormProps {
  action: string;
  told: string;
  danger?: boolean;
  state: Sending;
  onSend: () => void;
  children: ReactNode;
}

function OwnForm({ action, told, danger = false, state, onSend, children }: OwnFormProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSend();
  };
  return (
    <form onSubmit={submit}>
      {children}
      {state.refused !== null && <Notice error={state.refused} />}
      <p role="status">{state.done ? told : ""}</p>
      <div>
        <button type="submit" className={danger ? "button danger" : "button"} disabled={state.sending}>
          {action}
        </button>
      </div>
    </form>
  );
}

/** Another password, with the old one. */
export function PasswordForm({ name }: { name: string }) {
  const words = useWords().account;
  const [old, setOld] = useState("");
  const [password, setPassword] = useState("");
  const state = useSend();
  const go = () =>
    state.send(async () => {
      await changePassword(old, password);
      setOld("");
      setPassword("");
    });
  return (
    <OwnForm action={words.passwordChange} told={words.passwordChanged} state={state} onSend={() => void go()}>
      {/* Keepers of passwords want to know whose they keep. */}
      <input type="text" name="username" value={name} autoComplete="username" readOnly hidden />
      <PasswordField
        label={words.passwordOld}
        value={old}
        onText={setOld}
      />
      <PasswordField
        label={words.passwordNew}
        hint={words.passwordHint}
        value={password}
        onText={setPassword}
        chosen
      />
    </OwnForm>
  );
}

/** Where a letter goes when the password is forgotten. */
export function MailForm({ me }: { me: Me }) {
  const words = useWords().account;
  const { enter } = useSession();
  const [mail, setMail] = useState(me.mail);
  const [password, setPassword] = useState("");
  const state = useSend();
  const go = () =>
    state.send(async () => {
      enter(await changeMail(mail.trim(), password));
      setPassword("");
    });
  return (
    <OwnForm action={words.mailChange} told={words.mailChanged} state={state} onSend={() => void go()}>
      <Field
        label={words.mailOptional}
        hint={words.mailHint}
        type="email"
        value={mail}
        onText={setMail}
        autoComplete="email"
      />
      <PasswordField
        label={words.passwordOld}
        value={password}
        onText={setPassword}
      />
      <MailState key={me.mail} me={me} />
    </OwnForm>
  );
}

/** Whether the address is known to be theirs, and the letter once more where it is not. */
function MailState({ me }: { me: Me }) {
  const words = useWords().account;
  const { send, sending, refused, done } = useSend();
  if (me.mail_confirmed === null) return null;
  if (me.mail_confirmed) return <p className="faint">{words.mailConfirmed}</p>;
  return (
    <>
      <p>
        {words.mailUnconfirmed}{" "}
        <button type="button" className="link" disabled={sending} onClick={() => void send(askMail)}>
          {words.mailAgain}
        </button>
      </p>
      <p role="status">{done && words.mailSent}</p>
      {refused !== null && <Notice error={refused} />}
    </>
  );
}

/** Leave for good: the password, and then a question. */
export function CloseForm() {
  const words = useWords().account;
  const { leave } = useSession();
  const [password, setPassword] = useState("");
  const [asking, setAsking] = useState(false);
  const state = useSend();
  const go = () => {
    setAsking(false);
    void state.send(async () => {
      await closeAccount(password);
      leave();
      navigate("/");
    });
  };
  return (
    <>
      <p>{words.closeHint}</p>
      <OwnForm action={words.closeAct} told="" danger state={state} onSend={() => { setAsking(true); }}>
        <PasswordField
          label={words.passwordOld}
          value={password}
          onText={setPassword}
        />
      </OwnForm>
      {asking && (
        <Confirm
          question={words.closeAsk}
          hint={words.closeHint}
          yes={words.closeAct}
          no={words.stay}
          onYes={go}
          onNo={() => { setAsking(false); }}
        />
      )}
    </>
  );
}
