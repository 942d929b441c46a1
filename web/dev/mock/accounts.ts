import type { Invitation, Me, Person, Registration, Role, Token } from "../../src/shared/api/shapes";

export interface Answer {
  status: number;
  body: unknown;
}

interface Known extends Person {
  password: string;
}

const ALONE: Me = { id: 1, name: "owner", mail: "", mail_confirmed: null, role: "admin", single_user: true };
const BORN = "2026-11-22T09:00:00Z";
const CODE = "code-of-the-link";
const PIN = "471100";

/** The service's accounts as far as the page sees them, in memory: alone until `turnOn`. */
export class MockAccounts {
  #registration: Registration = "closed";
  #here: Known | null = null;
  #alone = true;
  #people: Known[] = [];
  #tokens: Token[] = [];
  #invitations: Invitation[] = [];

  /** Let people log in; nobody is logged in then. */
  turnOn(registration: Registration = "invited"): void {
    this.#alone = false;
    this.#registration = registration;
    this.#here = null;
  }

  add(name: string, password: string, role: Role = "maker"): void {
    const id = this.#people.length + 1;
    const rest = { mail: "", active: true, books: 0, created_at: BORN, last_login: null };
    this.#people.push({ id, name, password, role, ...rest });
  }

  /** Log somebody in without a form. */
  enter(name: string): void {
    this.#here = this.#people.find((one) => one.name === name) ?? null;
  }

  isIn(): boolean {
    return this.#alone || this.#here !== null;
  }

  handle(method: string, path: string, body: unknown): Answer {
    const sent = (body ?? {}) as Record<string, string>;
    const [, part = "", id] = /^\/api\/(?:accounts\/)?((?:\w+\/)*?\w+)\/(?:(\d+)\/)?$/.exec(path) ?? [];
    const open = this.#door(`${method} ${part}`, sent);
    if (open) return open;
    if (!this.isIn()) return refuse(401, "Log in first.");
    if (part === "tokens") return this.#handleTokens(method, Number(id), sent);
    if (part === "users") return this.#handlePeople(method, Number(id), sent);
    if (part === "invitations") return this.#handleInvitations(method, Number(id), sent);
    return this.#own(`${method} ${part}`, sent);
  }

  #door(what: string, sent: Record<string, string>): Answer | null {
    switch (what) {
      case "GET register":
        return { status: 200, body: { registration: this.#registration } };
      case "POST register":
        return this.#register(sent);
      case "POST login":
        this.#here = this.#people.find(({ name, password }) => name === sent.name && password === sent.password) ?? null;
        return this.#here ? this.#me() : refuse(401, "Name or password are not right.", "wrong_login");
      case "POST password/reset":
        return { status: 202, body: null };
      case "POST password/reset/confirm":
        return sent.key === "good" ? GONE : refuse(400, "The link is used up.", "wrong_link");
      default:
        return null;
    }
  }

  #register({ name = "", password = "", code, pin }: Record<string, string>): Answer {
    if (code ? code !== CODE || pin !== PIN : this.#registration !== "open") {
      return refuse(400, "The invitation does not hold.", "wrong_invitation");
    }
    if (password.length < 10) return refuse(400, "password: too short", "password_too_short");
    this.add(name, password, code ? "listener" : "maker");
    this.enter(name);
    return { ...this.#me(), status: 201 };
  }

  #me(): Answer {
    if (this.#alone) return { status: 200, body: ALONE };
    if (!this.#here) return refuse(401, "Log in first.");
    const { id, name, mail, role } = this.#here;
    return { status: 200, body: { id, name, mail, mail_confirmed: null, role, single_user: false } satisfies Me };
  }

  #own(what: string, sent: Record<string, string>): Answer {
    const here = this.#here;
    if (what === "GET me") return this.#me();
    if (!here) return refuse(409, "Nobody logs in here.", "single_user");
    if (what === "POST logout") {
      this.#here = null;
      return GONE;
    }
    if ((sent.old ?? sent.password) !== here.password) {
      return refuse(400, "This is not your password.", "wrong_password");
    }
    if (what === "POST password") here.password = sent.password ?? "";
    if (what === "POST close") {
      this.#people = this.#people.filter((one) => one !== here);
      this.#here = null;
    }
    if (what !== "PATCH me") return GONE;
    here.mail = sent.mail ?? "";
    return this.#me();
  }

  #handleTokens(method: string, id: number, { name = "" }: Record<string, string>): Answer {
    if (method === "GET") return { status: 200, body: this.#tokens };
    if (method === "DELETE") {
      this.#tokens = this.#tokens.filter((token) => token.id !== id);
      return GONE;
    }
    const made = { id: this.#tokens.length + 1, name, created_at: BORN, used_at: null };
    this.#tokens = [made, ...this.#tokens];
    return { status: 201, body: { ...made, token: "kosorong_shown-this-once" } };
  }

  #handlePeople(method: string, id: number, { role }: Record<string, string>): Answer {
    if (method === "GET") return { status: 200, body: pageOf(this.#people) };
    const found = this.#people.find((one) => one.id === id);
    if (!found) return refuse(404, "There is nothing here.");
    const others = this.#people.some((one) => one.role === "admin" && one !== found);
    if (found.role === "admin" && !others) return refuse(409, "This is the last admin.", "last_admin");
    found.role = role as Role;
    return { status: 200, body: found };
  }

  #handleInvitations(method: string, id: number, { note = "", role }: Record<string, string>): Answer {
    if (method === "GET") return { status: 200, body: pageOf(this.#invitations) };
    if (method === "DELETE") {
      this.#invitations = this.#invitations.filter((one) => one.id !== id);
      return GONE;
    }
    const made: Invitation = {
      id: this.#invitations.length + 1,
      note,
      role: role as Role,
      state: "open",
      created_at: BORN,
      expires_at: "2026-12-06T09:00:00Z",
      used_by: null,
    };
    this.#invitations = [made, ...this.#invitations];
    const qr = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>';
    return { status: 201, body: { ...made, qr, pin: PIN, link: `http://localhost/register#${CODE}` } };
  }
}

const GONE: Answer = { status: 204, body: null };

function refuse(status: number, message: string, reason = ""): Answer {
  return { status, body: { message, extra: reason ? { reason } : {} } };
}

function pageOf(results: readonly unknown[]) {
  return { count: results.length, next: null, previous: null, results };
}
