/**
 * A name for people as a resource's name: words in lower case, joined by dashes. Accents go, the letters of other
 * alphabets stay: a program may use them too. Empty where there is nothing to read.
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

/** Each name once: of those that collide the later ones get a number. */
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

/** `support-desk` -> `supportDeskApp`; the ending keeps it from being a word of the language. */
export function identifier(name: string, ending: string): string {
  const words = name.split("-").filter((word) => word !== "");
  const camel = words.map((word, index) => (index === 0 ? word : capitalized(word))).join("");
  return /^\p{ID_Start}/u.test(camel) ? camel + ending : `${ending.toLowerCase()}${camel}`;
}

/** The same for a key of Pulumi's configuration, which people type: in ASCII. */
export function configKey(name: string, fallback: string, field: string): string {
  const key = identifier(name, capitalized(field));
  return /^\w+$/.test(key) ? key : identifier(fallback, capitalized(field));
}

export function capitalized(word: string): string {
  const [first = "", ...rest] = Array.from(word);
  return first.toUpperCase() + rest.join("");
}
