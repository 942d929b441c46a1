import type { Bookmark } from "@/shared/api/shapes";

/** What somebody marked in a book, to keep or to hand on: each sentence in both languages, and its note. */
export function marksText(title: string, marks: readonly Bookmark[], sentence: (number: number) => string): string {
  const parts = marks.map(({ position, text, beside, note }) =>
    [`## ${sentence(position + 1)}`, quote([text, beside]), note].filter(Boolean).join("\n\n"),
  );
  return `${[`# ${title}`, ...parts].join("\n\n")}\n`;
}

function quote(lines: readonly string[]): string {
  return lines
    .filter(Boolean)
    .map((line) => `> ${line}`)
    .join("\n>\n");
}

/** Let the browser keep a text as a file. */
export function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "text/markdown;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
