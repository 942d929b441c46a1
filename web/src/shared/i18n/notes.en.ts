import type { notes as korean } from "./notes.ko";

/** The service says them in English. */
export const notes: typeof korean = { reasons: {}, warnings: {}, values: {} };
