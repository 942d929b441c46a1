import { changeRole, listPeople } from "@/shared/api/accounts";
import type { Person, Role } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Link } from "@/shared/router";
import { useSession } from "@/shared/session";
import { Notice } from "@/shared/ui/Notice";
import { useDay } from "@/shared/useDay";
import { useList } from "@/shared/useList";
import { useSend } from "@/shared/useSend";
import { everyPage } from "./everyPage";
import { Invitations } from "./Invitations";
import { ROLES } from "./roles";

const people = (signal: AbortSignal) => everyPage((page) => listPeople(page, signal));

/** For admins: who is here, and who is invited. */
export function PeoplePage() {
  const words = useWords().account;
  const { reports } = useWords().sharing;
  const { items, error, reload } = useList(people);
  return (
    <div className="studio">
      <div className="page-head">
        <div>
          <h1>{words.people}</h1>
          <p className="lead">{words.peopleLead}</p>
        </div>
      </div>
      <p className="page-links">
        <Link href="/reports" className="button quiet">
          {reports}
        </Link>
      </p>
      {error !== null && <Notice error={error} />}
      <ul className="rows">
        {items?.map((person) => <PersonRow key={person.id} person={person} onChange={reload} />)}
      </ul>
      <section className="part">
        <h2>{words.invitations}</h2>
        <Invitations />
      </section>
    </div>
  );
}

function PersonRow({ person, onChange }: { person: Person; onChange: () => void }) {
  const words = useWords();
  const day = useDay();
  const { me, askAgain } = useSession();
  const { send, sending, refused } = useSend();
  const change = (role: Role) =>
    send(async () => {
      await changeRole(person.id, role);
      onChange();
      if (person.id === me?.id) askAgain();
    });
  return (
    <li>
      <span>
        <strong>{person.name}</strong>
        <span className="faint">
          {words.library.count(person.books)} ·{" "}
          {person.last_login ? words.account.lastSeen(day(person.last_login)) : words.account.neverSeen}
        </span>
        {refused !== null && <Notice error={refused} />}
      </span>
      <select
        aria-label={words.account.roleOf(person.name)}
        value={person.role}
        disabled={sending}
        onChange={(event) => void change(event.target.value as Role)}
      >
        {ROLES.map((role) => (
          <option key={role} value={role}>
            {words.account.role[role]}
          </option>
        ))}
      </select>
    </li>
  );
}
