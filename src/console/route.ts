import { signal } from "@preact/signals";

/** The parts of the page's address after `#/`, decoded. */
export const route = signal(parse(location.hash));

addEventListener("hashchange", () => {
  route.value = parse(location.hash);
});

/** The address of a view, for links. */
export const address = (...parts: readonly (string | number)[]) =>
  `#/${parts.map(encodeURIComponent).join("/")}`;

export function navigate(...parts: readonly (string | number)[]): void {
  location.hash = address(...parts);
}

function parse(hash: string): readonly string[] {
  try {
    return hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
  } catch {
    // A broken percent encoding, typed by hand.
    return [];
  }
}
