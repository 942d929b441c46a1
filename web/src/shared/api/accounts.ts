import { request } from "./http";
import type { Invitation, Me, NewInvitation, NewToken, Page, Person, Registration, Role, Token } from "./shapes";

const at = (path: string) => `/api/accounts/${path}`;

export interface Registering {
  name: string;
  password: string;
  mail?: string;
  code?: string;
  pin?: string;
}

/** Who asks; refused with 401 where accounts are on and nobody is logged in. */
export function readMe(signal?: AbortSignal): Promise<Me> {
  return request("GET", at("me/"), undefined, signal ? { signal } : {});
}

export function logIn(name: string, password: string): Promise<Me> {
  return request("POST", at("login/"), { name, password });
}

export function logOut(): Promise<void> {
  return request("POST", at("logout/"), {});
}

export function readRegistration(signal?: AbortSignal): Promise<{ registration: Registration }> {
  return request("GET", at("register/"), undefined, signal ? { signal } : {});
}

export function register(fields: Registering): Promise<Me> {
  return request("POST", at("register/"), fields);
}

export function changeMail(mail: string, password: string): Promise<Me> {
  return request("PATCH", at("me/"), { mail, password });
}

export function changePassword(old: string, password: string): Promise<void> {
  return request("POST", at("password/"), { old, password });
}

/** Ask for a letter with a link; the answer never tells whether anybody has this address. */
export function askReset(mail: string): Promise<void> {
  return request("POST", at("password/reset/"), { mail });
}

/** Choose a password with what stands behind `#` in the letter's link. */
export function confirmReset(key: string, password: string): Promise<void> {
  return request("POST", at("password/reset/confirm/"), { key, password });
}

export function closeAccount(password: string): Promise<void> {
  return request("POST", at("close/"), { password });
}

export function listTokens(signal?: AbortSignal): Promise<Token[]> {
  return request("GET", "/api/tokens/", undefined, signal ? { signal } : {});
}

export function makeToken(name: string): Promise<NewToken> {
  return request("POST", "/api/tokens/", { name });
}

export function revokeToken(id: number): Promise<void> {
  return request("DELETE", `/api/tokens/${id}/`);
}

export function listPeople(page = 1, signal?: AbortSignal): Promise<Page<Person>> {
  return request("GET", at(`users/?page=${page}`), undefined, signal ? { signal } : {});
}

export function changeRole(id: number, role: Role): Promise<Person> {
  return request("PATCH", at(`users/${id}/`), { role });
}

export function listInvitations(page = 1, signal?: AbortSignal): Promise<Page<Invitation>> {
  return request("GET", at(`invitations/?page=${page}`), undefined, signal ? { signal } : {});
}

export function invite(fields: { note: string; role: Role; days: number }): Promise<NewInvitation> {
  return request("POST", at("invitations/"), fields);
}

export function takeBack(id: number): Promise<void> {
  return request("DELETE", at(`invitations/${id}/`));
}

/** Have the letter sent again that asks whether the mail address is one's own. */
export function askMail(): Promise<void> {
  return request("POST", at("mail/"), {});
}

/** Say so with what stands behind `#` in the letter's link. */
export function confirmMail(key: string): Promise<void> {
  return request("POST", at("mail/confirm/"), { key });
}
