import { render, screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Book } from "@/shared/api/shapes";
import { ManuscriptNotes } from "./ManuscriptNotes";

const skipped = [
  ["글.txt:3", "- 7 -", "page number"],
  ["글.txt:9", "가".repeat(300), "licence"],
];

it("lists what is not read by reason, in the reader's language, for guests as well", () => {
  const book = { mine: false, warnings: ["Read as CP949."], skipped } as unknown as Book;
  render(<ManuscriptNotes book={book} />);
  expect(screen.getByText("원고를 읽으며 적어 둔 것 3가지")).toBeTruthy();
  expect(screen.getByText("CP949 글자로 읽었습니다.")).toBeTruthy();
  const pages = screen.getByText("읽지 않은 쪽 번호 1곳").closest("details")!;
  expect(within(pages).getByText("글.txt:3 · - 7 -")).toBeTruthy();
  const licence = screen.getByText("읽지 않은 이용 허락 1곳").closest("details")!;
  expect(licence.textContent).toContain("가".repeat(300));
});
