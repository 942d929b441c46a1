import type { notes as korean } from "./notes.ko";

/** The service says them in English. */
export const notes: typeof korean = {
  reasons: {},
  warnings: {},
  languages: { ko: "Korean", jje: "Jeju", latin: "Latin letters", japanese: "Japanese", cjk: "Chinese" },
  roles: {
    aut: "by",
    trl: "translated by",
    ill: "illustrated by",
    art: "illustrated by",
    edt: "edited by",
    com: "edited by",
    nrt: "read by",
    pht: "photographs by",
    ctb: "with",
    pbl: "published by",
  },
  values: {},
};
