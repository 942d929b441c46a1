import type { Preview, SourceChapter } from "@/shared/api/sourceShapes";

/**
 * What was switched by hand, by number. A switch holds for the chapter of that name only: another
 * text, or one that was changed, has other chapters under the same numbers.
 */
export type Switched = Readonly<Record<number, { title: string; read: boolean }>>;

export function isRead(chapter: SourceChapter, switched: Switched): boolean {
  const here = switched[chapter.number];
  return here?.title === chapter.title ? here.read : chapter.read;
}

export function withSwitch(switched: Switched, { number, title }: SourceChapter, read: boolean): Switched {
  return { ...switched, [number]: { title, read } };
}

/** What the service is told: the chapters that are not as they would be by themselves. */
export function listsOf(chapters: readonly SourceChapter[], switched: Switched): { include?: string; leave_out?: string } {
  const changed = chapters.filter((one) => isRead(one, switched) !== one.read);
  const include = ranges(changed.filter((one) => !one.read).map((one) => one.number));
  const leaveOut = ranges(changed.filter((one) => one.read).map((one) => one.number));
  return { ...(include && { include }), ...(leaveOut && { leave_out: leaveOut }) };
}

/** Rising numbers as a list: 1,4-6. */
export function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last?.[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first}-${last}`)).join(",");
}

export function lettersOf(chapters: readonly SourceChapter[]): number {
  return chapters.reduce((sum, one) => sum + one.characters, 0);
}

/** Share of what would be read that is in neither Korean nor Jeju: guessed where chapters were switched. */
export function foreignShare(preview: Preview, switched: Switched): number {
  const { chapters, languages } = preview;
  const changed = chapters.some((one) => isRead(one, switched) !== one.read);
  if (!changed) return languages.foreign;
  const read = chapters.filter((one) => isRead(one, switched));
  const foreign = read.reduce((sum, one) => sum + one.foreign * one.characters, 0);
  return foreign / Math.max(1, lettersOf(read));
}
