/** The page's few icons, drawn on a 24-unit square in the colour of the text. */
const paths = {
  play: "M8 5.2v13.6c0 .8.9 1.3 1.6.8l10-6.8a1 1 0 0 0 0-1.6l-10-6.8c-.7-.5-1.6 0-1.6.8z",
  pause: "M7 5h3.2v14H7zM13.8 5H17v14h-3.2z",
  previous: "M6 5h2.2v14H6zM19 6v12c0 .8-.9 1.3-1.6.8L9.8 13a1.2 1.2 0 0 1 0-2l7.6-5.8c.7-.5 1.6 0 1.6.8z",
  next: "M15.8 5H18v14h-2.2zM5 6v12c0 .8.9 1.3 1.6.8l7.6-5.8a1.2 1.2 0 0 0 0-2L6.6 5.2C5.9 4.7 5 5.2 5 6z",
  back15:
    "M12 5a8 8 0 1 1-7.7 5.8l1.9.5A6 6 0 1 0 12 7v3L7 6l5-4zM9.2 11h1.5v5.5H9.200zm3 0h3.500v1.300h-2.200v.8a2 2 0 1 1 .1 3.500h-1.500v-1.300h1.400a.7.7 0 1 0-.1-1.400h-1.200z",
  on15:
    "M12 5a8 8 0 1 0 7.700 5.800l-1.900.5A6 6 0 1 1 12 7v3l5-4-5-4zM9.200 11h1.500v5.500H9.200zm3 0h3.500v1.300h-2.200v.8a2 2 0 1 1 .1 3.500h-1.500v-1.300h1.400a.7.7 0 1 0-.1-1.400h-1.200z",
  back: "M14.7 5.3 8 12l6.7 6.7 1.4-1.4L10.8 12l5.3-5.3z",
  list: "M4 6h2v2H4zM8.5 6H20v2H8.5zM4 11h2v2H4zM8.5 11H20v2H8.5zM4 16h2v2H4zM8.5 16H20v2H8.5z",
  search: "M10.5 4a6.5 6.5 0 1 0 4 11.6l4 4 1.4-1.4-4-4A6.5 6.5 0 0 0 10.5 4zm0 2a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9z",
  pen: "M16.6 3.6 20.4 7.4 8.8 19H5v-3.8zM5 20.6h14V22H5z",
  plus: "M11 5h2v6h6v2h-6v6h-2v-6H5v-2h6z",
  trash: "M9 4h6l1 2h4v2H4V6h4zM6 9.5h12L17.2 20H6.8zM9.5 12v5.5h1.6V12zm3.4 0v5.5h1.6V12z",
  file: "M6 3h8l4 4v14H6zm7 1.8V8h3.2zM8.5 11v1.6h7V11zm0 3.6v1.6h7v-1.6z",
  person: "M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zm0 9.5c4.2 0 7.5 2.2 7.5 5V20h-15v-1.5c0-2.8 3.3-5 7.5-5z",
  close: "m6.4 5 5.6 5.6L17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4z",
  light: "M12 7.5a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9zM11 2h2v3h-2zm0 17h2v3h-2zM2 11h3v2H2zm17 0h3v2h-3zM5.6 4.2l2.1 2.1-1.4 1.4-2.1-2.1zm12.1 12.1 2.1 2.1-1.4 1.4-2.1-2.1zM18.4 4.2l1.4 1.4-2.1 2.1-1.4-1.4zM6.3 16.3l1.4 1.4-2.1 2.1-1.4-1.4z",
  dark: "M19.5 14.6A8 8 0 0 1 9.4 4.5a8 8 0 1 0 10.1 10.1z",
  system: "M4 5h16v11H4zm2 2v7h12V7zM9 18h6v1.6H9z",
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill="currentColor" fillRule="evenodd" />
    </svg>
  );
}
