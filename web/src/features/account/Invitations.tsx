import { useState } from "react";
import { invite, listInvitations, takeBack } from "@/shared/api/accounts";
import type { Invitation, NewInvitation, Role } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Field } from "@/shared/ui/Field";
import { Notice } from "@/shared/ui/Notice";
import { useDay } from "@/shared/useDay";
import { useList } from "@/shared/useList";
import { useSend } from "@/shared/useSend";
import { everyPage } from "./everyPage";
import { Once } from "./Once";
import { RoleChoice } from "./RoleChoice";

const all = (signal: AbortSignal) => everyPage((page) => listInvitations(page, signal));

/** Invite somebody: a link, its QR code, and a PIN that is told beside it. */
export function Invitations() {
  const words = useWords().account;
  const { items, error, reload } = useList(all);
  const [fields, setFields] = useState({ note: "", role: "maker" as Role, days: 14 });
  const [made, setMade] = useState<NewInvitation | null>(null);
  const { send, sending, refused } = useSend();
  const make = () =>
    send(async () => {
      setMade(await invite({ ...fields, note: fields.note.trim() }));
      setFields({ ...fields, note: "" });
      reload();
    });
  const undo = (id: number) =>
    send(async () => {
      await takeBack(id);
      if (made?.id === id) setMade(null);
      reload();
    });
  return (
    <>
      <p>{words.inviteHint}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void make();
        }}
      >
        <Field
          label={words.inviteNote}
          value={fields.note}
          onText={(note) => { setFields({ ...fields, note }); }}
          maxLength={100}
        />
        <RoleChoice role={fields.role} onChoose={(role) => { setFields({ ...fields, role }); }} />
        <Field
          label={words.inviteDays}
          type="number"
          min={1}
          max={90}
          value={String(fields.days)}
          onText={(days) => { setFields({ ...fields, days: Number(days) }); }}
          required
        />
        <div>
          <button type="submit" className="button primary" disabled={sending}>
            {words.inviteMake}
          </button>
        </div>
      </form>
      {(refused ?? error) !== null && <Notice error={refused ?? error} />}
      {made && <Fresh made={made} />}
      <ul className="rows">
        {items?.map((one) => (
          <InvitationRow key={one.id} one={one} busy={sending} onUndo={() => void undo(one.id)} />
        ))}
      </ul>
    </>
  );
}

function Fresh({ made }: { made: NewInvitation }) {
  const words = useWords().account;
  return (
    <Once label={words.inviteLink} value={made.link}>
      <p>
        {words.pin}: <strong className="pin">{made.pin}</strong>
      </p>
      <img
        className="qr"
        src={`data:image/svg+xml,${encodeURIComponent(made.qr)}`}
        alt={words.inviteQr}
      />
      <p className="faint">{words.inviteTell}</p>
    </Once>
  );
}

interface InvitationRowProps {
  one: Invitation;
  busy: boolean;
  onUndo: () => void;
}

function InvitationRow({ one, busy, onUndo }: InvitationRowProps) {
  const words = useWords().account;
  const day = useDay();
  const name = one.note || words.inviteNobody;
  const state = {
    open: words.inviteOpen(day(one.expires_at)),
    used: words.inviteUsed(one.used_by ?? "—"),
    expired: words.inviteExpired,
  }[one.state];
  return (
    <li>
      <span>
        <strong>{name}</strong>
        <span className="faint">
          {words.role[one.role]} · {state}
        </span>
      </span>
      <button
        type="button"
        className="button small"
        aria-label={words.inviteUndoNamed(name)}
        disabled={busy}
        onClick={onUndo}
      >
        {words.inviteUndo}
      </button>
    </li>
  );
}
