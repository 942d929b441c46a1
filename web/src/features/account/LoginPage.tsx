import { useEffect, useState } from "react";
import { logIn, readRegistration } from "@/shared/api/accounts";
import type { Registration } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Link, navigate, usePath } from "@/shared/router";
import { useSession } from "@/shared/session";
import { Field } from "@/shared/ui/Field";
import { PasswordField } from "@/shared/ui/PasswordField";
import { useSend } from "@/shared/useSend";
import { Door } from "./Door";
import { isOutside, nextOf } from "./next";

/** The log-in; on any other address than its own, what was asked for appears afterwards. */
export function LoginPage({ lead }: { lead?: string }) {
  const { account: words, sharing } = useWords();
  const { me, enter } = useSession();
  const path = usePath();
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const registration = useRegistration();
  const { send, sending, refused } = useSend();

  useEffect(() => {
    if (!me || path !== "/login") return;
    const next = nextOf(window.location.search);
    if (isOutside(next)) window.location.assign(next);
    else navigate(next);
  }, [me, path]);

  return (
    <Door
      title={words.login}
      lead={lead ?? words.loginLead}
      action={words.login}
      sending={sending}
      refused={refused}
      onSend={() => void send(async () => { enter(await logIn(name.trim(), password)); })}
      below={
        <>
          <Link href="/reset">{words.forgot}</Link>
          <Link href="/received">{sharing.shelfShared}</Link>
          <Link href="/public">{sharing.shelfPublic}</Link>
          {registration === "open" && <Link href="/register">{words.register}</Link>}
          {registration === "invited" && <p className="faint">{words.invitedOnly}</p>}
        </>
      }
    >
      <Field
        label={words.name}
        value={name}
        onText={setName}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
      />
      <PasswordField
        label={words.password}
        value={password}
        onText={setPassword}
      />
    </Door>
  );
}

/** Who may register; null until that is known. */
export function useRegistration(): Registration | null {
  const [registration, setRegistration] = useState<Registration | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    readRegistration(leaving.signal).then(
      (answer) => { setRegistration(answer.registration); },
      () => undefined,
    );
    return () => {
      leaving.abort();
    };
  }, []);
  return registration;
}
