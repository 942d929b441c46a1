import type { ReactNode } from "react";
import { logOut } from "@/shared/api/accounts";
import type { Me } from "@/shared/api/shapes";
import { useWords } from "@/shared/i18n";
import { Link, navigate } from "@/shared/router";
import { useSession } from "@/shared/session";
import { Notice } from "@/shared/ui/Notice";
import { useSend } from "@/shared/useSend";
import { CloseForm, MailForm, PasswordForm } from "./OwnForms";
import { Tokens } from "./Tokens";

/** One's own account. */
export function AccountPage({ me }: { me: Me }) {
  const words = useWords().account;
  if (me.single_user) {
    return (
      <div className="studio">
        <div className="page-head">
          <h1>{words.title}</h1>
        </div>
        <p className="notice calm">{words.single}</p>
        <Part title={words.training}>
          <Training />
        </Part>
      </div>
    );
  }
  return (
    <div className="studio">
      <div className="page-head">
        <div>
          <h1>{me.name}</h1>
          <p className="lead">
            {words.role[me.role]} · {words.roleHint[me.role]}
          </p>
        </div>
        <LeaveButton />
      </div>
      {me.role === "admin" && (
        <p className="page-links">
          <Link href="/people" className="button">
            {words.people}
          </Link>
          <a href="/watch/" className="button quiet">
            {words.watch}
          </a>
          <a href="/admin/" className="button quiet">
            {words.adminSite}
          </a>
        </p>
      )}
      <Part title={words.passwordChange}>
        <PasswordForm name={me.name} />
      </Part>
      <Part title={words.mail}>
        <MailForm me={me} />
      </Part>
      <Part title={words.training}>
        <Training />
      </Part>
      <Part title={words.tokens}>
        <Tokens />
      </Part>
      <Part title={words.close}>
        <CloseForm />
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** What models may learn from, to take away. */
function Training() {
  const words = useWords().account;
  return (
    <>
      <p className="faint">{words.trainingHint}</p>
      <p>
        <a href="/api/corrections/export/" download="corrections.jsonl" className="button">
          {words.trainingGet}
        </a>
      </p>
    </>
  );
}

function LeaveButton() {
  const words = useWords().account;
  const { leave } = useSession();
  const { send, sending, refused } = useSend();
  const go = () =>
    send(async () => {
      await logOut();
      leave();
      navigate("/");
    });
  return (
    <div>
      <button type="button" className="button" disabled={sending} onClick={() => void go()}>
        {words.logout}
      </button>
      {refused !== null && <Notice error={refused} />}
    </div>
  );
}
