import type { Words } from "@/shared/i18n/ko";

/** A clock as players show it: 1:05, 1:00:05. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const tail = String(s).padStart(2, "0");
  return h ? `${h}:${String(m).padStart(2, "0")}:${tail}` : `${m}:${tail}`;
}

/** Time left in words, as coarse as the estimate is. */
export function timeLeft(seconds: number, words: Words["production"]): string {
  if (seconds < 55) return words.seconds(Math.max(5, Math.ceil(seconds / 5) * 5));
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return words.minutes(Math.max(1, minutes));
  return words.hours(Math.floor(minutes / 60), minutes % 60);
}
