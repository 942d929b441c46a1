import type { ReactNode } from "react";
import { Notice } from "@/shared/ui/Notice";

interface DoorProps {
  title: string;
  lead?: string;
  action: string;
  sending: boolean;
  refused: unknown;
  onSend: () => void;
  children: ReactNode;
  below?: ReactNode;
}

/** A page with one short form: log in, register, choose a password. */
export function Door({ title, lead, action, sending, refused, onSend, children, below }: DoorProps) {
  return (
    <div className="door">
      <h1>{title}</h1>
      {lead && <p className="lead">{lead}</p>}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onSend();
        }}
      >
        {children}
        {refused !== null && <Notice error={refused} />}
        <button type="submit" className="button primary wide" disabled={sending}>
          {action}
        </button>
      </form>
      {below && <div className="door-below">{below}</div>}
    </div>
  );
}
