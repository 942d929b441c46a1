import type { IncomingMessage, ServerResponse } from "node:http";
import type { Plugin } from "vite";
import { MockLibrary } from "./mock/library";

/** `npm run dev:mock`: the page with books on the shelf and no service at all. */
export function mockLibrary(): Plugin {
  const library = new MockLibrary();
  return {
    name: "kosorong-mock-library",
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        if (!request.url?.startsWith("/api/")) next();
        else void answer(library, request, response, request.url);
      });
    },
  };
}

async function answer(
  library: MockLibrary,
  request: IncomingMessage,
  response: ServerResponse,
  address: string,
): Promise<void> {
  const events = /^\/api\/books\/(\d+)\/events\//.exec(address)?.[1];
  if (events) {
    stream(library, Number(events), response);
    return;
  }
  const { status, body } = library.handle(request.method ?? "GET", address, await bodyOf(request));
  if (body instanceof Uint8Array) {
    response.writeHead(status, { "Content-Type": "audio/wav", "Content-Length": body.length });
    response.end(body);
    return;
  }
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(body === null ? undefined : JSON.stringify(body));
}

function stream(library: MockLibrary, id: number, response: ServerResponse): void {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  const timer = setInterval(() => {
    response.write(`event: progress\ndata: ${JSON.stringify(library.progress(id))}\n\n`);
  }, 500);
  response.on("close", () => { clearInterval(timer); });
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString();
  return text ? JSON.parse(text) : null;
}
