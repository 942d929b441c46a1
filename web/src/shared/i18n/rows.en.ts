import type { Words } from "./ko";

const sources: Record<string, string> = {
  prov_dict_words: "Jeju Province's dictionary",
  prov_dict_glosses: "glosses of Jeju Province's dictionary",
  life_dialogues_araea: "everyday dialogues of Jeju Province",
  proverbs_clean: "proverbs of Jeju Province",
  open_words: "우리말샘",
  open_glosses: "glosses of 우리말샘",
  examples_direct: "examples of 우리말샘",
  examples_gloss: "glossed examples of 우리말샘",
  rule: "a rule",
  none: "found in no source",
};

export const rows: Words["rows"] = {
  parts: {},
  registers: {},
  sources,
  evidence: "Evidence",
  correction: (id, who) => (who ? `correction ${id} by ${who}` : `correction ${id}`),
};
