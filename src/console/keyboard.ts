/** `/` focuses the search. Escape leaves a field, or closes the details. Arrow keys move in a list. */
export function onKey(event: KeyboardEvent): void {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (!(event.target instanceof HTMLElement) || document.querySelector("dialog[open]") !== null) return;
  const { target } = event;
  const isField = target.matches("input, textarea, select");
  if (event.key === "/" && !isField) {
    event.preventDefault();
    const searches = [...document.querySelectorAll<HTMLInputElement>("[data-search]")];
    searches.find((search) => search.checkVisibility())?.select();
  } else if (event.key === "Escape") {
    if (isField) target.blur();
    else close();
  } else if (target.matches("[data-row]")) {
    moveInList(event, target);
  }
}

/** Closes the details, and returns to the row that they belong to. */
function close(): void {
  const row = document.querySelector<HTMLElement>("[data-row][aria-current]");
  document.querySelector<HTMLElement>("[data-close]")?.click();
  row?.focus();
}

function moveInList(event: KeyboardEvent, from: HTMLElement): void {
  const rows = [...(from.closest("section")?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
  const index = rows.indexOf(from);
  const target = { ArrowDown: index + 1, ArrowUp: index - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (target === undefined) return;
  event.preventDefault();
  rows[target]?.focus();
}
