/** Where to go after the log-in: an address of this site, whatever the address bar says. */
export function nextOf(search: string): string {
  const wanted = new URLSearchParams(search).get("next") ?? "/";
  try {
    const url = new URL(wanted, window.location.origin);
    if (url.origin !== window.location.origin) return "/";
    return url.pathname + url.search + url.hash;
  } catch {
    return "/";
  }
}

/** Whether the service itself answers an address, and not this page. */
export function isOutside(path: string): boolean {
  return /^\/(admin|api)\//.test(path);
}
