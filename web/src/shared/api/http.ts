import type { ErrorBody } from "./shapes";

/** An answer that was no success; `status` 0 means that none came. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
    this.name = "ApiError";
  }
}

/** Told to the window when an answer says that nobody is logged in (any more). */
export const STRANGER = "kosorong:stranger";

const SAFE = new Set(["GET", "HEAD"]);

function csrfToken(): string {
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}

/** A browser whose cookies were cleared is given the token anew before it writes. */
async function tokenForWriting(): Promise<string> {
  if (!csrfToken()) await fetch("/api/accounts/me/", { credentials: "same-origin" }).catch(() => null);
  return csrfToken();
}

/** The id that the request carries through every log, down to the models. */
function requestId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(8));
  return `page-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === "object" && body !== null && "message" in body;
}

async function failure(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null);
  if (isErrorBody(body)) return new ApiError(response.status, body.message, body.extra);
  return new ApiError(response.status, "");
}

/** Send one request and read JSON back. */
export async function request<Answer>(
  method: string,
  path: string,
  body?: object,
  options: { signal?: AbortSignal; keepalive?: boolean } = {},
): Promise<Answer> {
  const headers = new Headers({ Accept: "application/json", "X-Request-ID": requestId() });
  if (!SAFE.has(method)) headers.set("X-CSRFToken", await tokenForWriting());
  const init: RequestInit = { method, headers, credentials: "same-origin", ...options };
  if (body instanceof FormData) {
    init.body = body;
  } else if (body) {
    headers.set("Content-Type", "application/json");
    init.body = JSON.stringify(body);
  }
  const response = await fetch(path, init).catch((reason: unknown) => {
    if (reason instanceof DOMException && reason.name === "AbortError") throw reason;
    throw new ApiError(0, "");
  });
  if (response.status === 401) window.dispatchEvent(new Event(STRANGER));
  if (!response.ok) throw await failure(response);
  // 204, and 202 where nothing is told but that it was taken.
  const told = await response.text();
  return (told ? JSON.parse(told) : undefined) as Answer;
}
