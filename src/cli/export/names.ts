/**
 * Turns a display name into a resource name: lower-case words joined by dashes. Removes accents and keeps the letters
 * of other alphabets, which programs can use too. Empty if no letters or digits remain.
 */
export function slug(text: string): string {
  const plain = text
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .toLowerCase();
  const words = plain.match(/(?:(?!_)\p{ID_Continue})+/gu) ?? [];
  return Array.from(words.join("-")).slice(0, 40).join("").replace(/-$/, "");
}

/** Makes names unique: the second and later of equal names get a number. */
export function numbered(wanted: readonly string[], taken: Iterable<string> = [], joint = "-"): string[] {
  const used = new Set(taken);
  const plain = new Set(wanted);
  return wanted.map((base) => {
    let name = base;
    for (let n = 2; used.has(name) || (n > 2 && plain.has(name)); n += 1) name = `${base}${joint}${n}`;
    used.add(name);
    return name;
  });
}

/** `support-desk` -> `supportDeskApp`; the suffix keeps it from being a reserved word. */
export function identifier(name: string, ending: string): string {
  const words = name.split("-").filter((word) => word !== "");
  const camel = words.map((word, index) => (index === 0 ? word : capitalized(word))).join("");
  return /^\p{ID_Start}/u.test(camel) ? camel + ending : `${ending.toLowerCase()}${camel}`;
}

/** The same for a key in Pulumi's configuration: ASCII only, because users type it. */
export function configKey(name: string, fallback: string, field: string): string {
  const key = identifier(name, capitalized(field));
  return /^\w+$/.test(key) ? key : identifier(fallback, capitalized(field));
}

export function capitalized(word: string): string {
  const [first = "", ...rest] = Array.from(word);
  return first.toUpperCase() + rest.join("");
}
