import { useState } from "react";
import { register } from "@/shared/api/accounts";
import { useWords } from "@/shared/i18n";
import { Link, navigate, useHash } from "@/shared/router";
import { useSession } from "@/shared/session";
import { Field } from "@/shared/ui/Field";
import { PasswordField } from "@/shared/ui/PasswordField";
import { useSend } from "@/shared/useSend";
import { Door } from "./Door";
import { useRegistration } from "./LoginPage";

/** Become a user; the link of an invitation brings its code behind `#`, which no server sees. */
export function RegisterPage() {
  const words = useWords().account;
  const { me, enter } = useSession();
  const code = useHash();
  const [fields, setFields] = useState({ name: "", password: "", mail: "", pin: "" });
  const registration = useRegistration();
  const { send, sending, refused } = useSend();
  const change = (part: Partial<typeof fields>) => {
    setFields((before) => ({ ...before, ...part }));
  };
  const go = () =>
    send(async () => {
      const { pin, ...own } = fields;
      enter(await register(code ? { ...own, pin, code } : own));
      navigate("/");
    });

  if (me) return <Already name={me.name} />;
  if (!code && registration !== null && registration !== "open") return <NotHere />;
  return (
    <Door
      title={words.register}
      lead={code ? words.registerInvited : words.registerLead}
      action={words.registerAct}
      sending={sending}
      refused={refused}
      onSend={() => void go()}
      below={<Link href="/login">{words.haveAccount}</Link>}
    >
      {code && (
        <Field
          label={words.pin}
          hint={words.pinHint}
          value={fields.pin}
          onText={(pin) => { change({ pin }); }}
          inputMode="numeric"
          autoComplete="one-time-code"
          required
        />
      )}
      <Field
        label={words.name}
        hint={words.nameHint}
        value={fields.name}
        onText={(name) => { change({ name }); }}
        autoComplete="username"
        autoCapitalize="none"
        maxLength={50}
        required
      />
      <PasswordField
        label={words.password}
        hint={words.passwordHint}
        value={fields.password}
        onText={(password) => { change({ password }); }}
        chosen
      />
      <Field
        label={words.mailOptional}
        hint={words.mailHint}
        type="email"
        value={fields.mail}
        onText={(mail) => { change({ mail }); }}
        autoComplete="email"
      />
    </Door>
  );
}

function Already({ name }: { name: string }) {
  const words = useWords();
  return (
    <div className="door">
      <h1>{words.account.already(name)}</h1>
      <Link href="/" className="button">
        {words.error.toLibrary}
      </Link>
    </div>
  );
}

function NotHere() {
  const words = useWords().account;
  return (
    <div className="door">
      <h1>{words.register}</h1>
      <p className="lead">{words.registerClosed}</p>
      <Link href="/login" className="button">
        {words.login}
      </Link>
    </div>
  );
}
