import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach } from "vitest";
import { choose } from "@/shared/settings";

// Pages are loaded when they are first shown: a busy machine takes its time for that.
configure({ asyncUtilTimeout: 25_000 });

// jsdom draws nothing and plays nothing: what the page asks of both is answered here.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true;
};
HTMLDialogElement.prototype.close = function close() {
  this.open = false;
};
HTMLMediaElement.prototype.play = () => Promise.resolve();
HTMLMediaElement.prototype.pause = () => undefined;
HTMLMediaElement.prototype.load = () => undefined;
HTMLCanvasElement.prototype.getContext = () => null;
window.scrollTo = () => undefined;
const silent = { addEventListener: () => undefined, removeEventListener: () => undefined };
window.matchMedia = (query) => ({ matches: true, media: query, ...silent }) as unknown as MediaQueryList;
Element.prototype.scrollIntoView = () => undefined;

beforeEach(() => {
  localStorage.clear();
  choose({ speed: 1, size: 2, korean: true, tongue: "ko", theme: "system", spelling: "araea" });
  window.history.replaceState(null, "", "/");
});

afterEach(cleanup);
