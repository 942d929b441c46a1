import { request } from "./http";
import { everyRow } from "./pages";
import type { FixedTerm, Previewed, Pronunciation } from "./shapes";

export interface Preview {
  count: number;
  results: Previewed[];
}

/** A word, and what stands for it in all of one's books. */
export interface Entry {
  id: number;
  word: string;
  instead: string;
}

/** What the service keeps of one kind of entries. */
export interface WordBook {
  list: (signal: AbortSignal) => Promise<Entry[]>;
  /** What an entry would change, before it does. */
  preview: (word: string, instead: string) => Promise<Preview>;
  save: (word: string, instead: string) => Promise<void>;
  remove: (id: number) => Promise<void>;
}

function wordBook<Row>(
  address: string,
  read: (row: Row) => Entry,
  write: (word: string, instead: string) => Omit<Row, "id">,
): WordBook {
  return {
    list: async (signal) => (await everyRow<Row>(address, signal)).map(read),
    preview: (word, instead) => request("POST", `${address}preview/`, write(word, instead)),
    save: async (word, instead) => {
      await request("POST", address, write(word, instead));
    },
    remove: (id) => request("DELETE", `${address}${id}/`),
  };
}

/** How words are said. */
export const pronunciations = wordBook<Pronunciation>(
  "/api/pronunciations/",
  ({ id, term, spoken }) => ({ id, word: term, instead: spoken }),
  (term, spoken) => ({ term, spoken }),
);

/** How words are translated. */
export const fixedTerms = wordBook<FixedTerm>(
  "/api/terms/",
  ({ id, korean, jeju }) => ({ id, word: korean, instead: jeju }),
  (korean, jeju) => ({ korean, jeju }),
);
