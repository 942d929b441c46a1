import { useState } from "react";
import { listTokens, makeToken, revokeToken } from "@/shared/api/accounts";
import type { NewToken } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Field } from "@/shared/ui/Field";
import { Notice } from "@/shared/ui/Notice";
import { useDay } from "@/shared/useDay";
import { useList } from "@/shared/useList";
import { useSend } from "@/shared/useSend";
import { Once } from "./Once";

/** Tokens of one's programs: made, shown once, revoked. */
export function Tokens() {
  const words = useWords().account;
  const day = useDay();
  const { items, error, reload } = useList(listTokens);
  const [name, setName] = useState("");
  const [made, setMade] = useState<NewToken | null>(null);
  const { send, sending, refused } = useSend();
  const make = () =>
    send(async () => {
      setMade(await makeToken(name.trim()));
      setName("");
      reload();
    });
  const revoke = (id: number) =>
    send(async () => {
      await revokeToken(id);
      if (made?.id === id) setMade(null);
      reload();
    });
  return (
    <>
      <p>{words.tokensHint}</p>
      {made && <Once label={made.name} value={made.token} />}
      {(refused ?? error) !== null && <Notice error={refused ?? error} />}
      <ul className="rows">
        {items?.map((token) => (
          <li key={token.id}>
            <span>
              <strong>{token.name}</strong>
              <span className="faint">
                {token.used_at ? words.tokenUsed(day(token.used_at)) : words.tokenUnused}
              </span>
            </span>
            <button
              type="button"
              className="button small"
              aria-label={words.tokenRevokeNamed(token.name)}
              disabled={sending}
              onClick={() => void revoke(token.id)}
            >
              {words.tokenRevoke}
            </button>
          </li>
        ))}
      </ul>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <Field label={words.tokenName} value={name} onText={setName} maxLength={100} required />
        <div>
          <button type="submit" className="button" disabled={sending}>
            {words.tokenMake}
          </button>
        </div>
      </form>
    </>
  );
}
