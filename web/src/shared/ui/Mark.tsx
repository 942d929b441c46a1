/** The mark of the house: a tangerine above the sea. */
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 64 64" aria-hidden="true">
      <circle cx="32" cy="29" r="19" fill="var(--tangerine-fill)" />
      <path d="M32 12c1-6 5-9 11-9-1 6-5 9-11 9z" fill="var(--leaf)" />
      <path d="M4 50c7-6 12-6 19 0s11 6 18 0 12-6 19 0v8H4z" fill="var(--sea)" />
    </svg>
  );
}
