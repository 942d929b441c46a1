/** Words for a row of the lexicon; its table writes them in English, and sources by their files. */
const parts: Record<string, string> = {
  noun: "명사",
  verb: "동사",
  adjective: "형용사",
  "adverb or other": "부사와 그 밖",
  particle: "조사",
  "set phrase": "정해진 말",
};
const registers: Record<string, string> = { polite: "높임말", rude: "낮춤말", old: "옛말", set: "굳은 말" };
const sources: Record<string, string> = {
  prov_dict_words: "제주도 제주어사전",
  prov_dict_glosses: "제주도 제주어사전 풀이",
  life_dialogues_araea: "제주 생활 방언",
  proverbs_clean: "제주 속담",
  open_words: "우리말샘",
  open_glosses: "우리말샘 풀이",
  examples_direct: "우리말샘 보기",
  examples_gloss: "우리말샘 풀이 보기",
  rule: "규칙",
  none: "자료에서 찾지 못함",
};

export const rows = {
  parts,
  registers,
  sources,
  evidence: "근거",
  correction: (id: string, who: string) => (who ? `${who}의 고침 ${id}` : `고침 ${id}`),
};
