/** Small things remembered on this device; a browser that forbids it just forgets. */

/** What was remembered; whoever asks checks it, since people and versions change it. */
export function recall(key: string): unknown {
  try {
    const kept = localStorage.getItem(`kosorong.${key}`);
    return kept === null ? null : JSON.parse(kept);
  } catch {
    return null;
  }
}

export function remember(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(`kosorong.${key}`);
    else localStorage.setItem(`kosorong.${key}`, JSON.stringify(value));
  } catch {
    // Private windows and full disks: nothing depends on this.
  }
}
