import type { Kinds, Visibilities } from "../kinds/kind";
import type { Store } from "../store";
import { disclose, hidden, urlSecrets, withoutUrlSecrets } from "./disclosure";

// What a channel or property that is not known here is likely to call a secret.
const secretName =
  /secret|token|passw|passphrase|credential|certificate|private|signature|jwt|authorization|key$/i;
const jwt = /eyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g;
const userInfo = /(?<=\w:\/\/)[^/?#\s@"]+(?=@)/g;
const word = /[\w-]+/g;

// Shorter ones would also be found in text that has nothing to do with them.
const minLength = 6;

/**
 * Removes secrets from requests, responses and deliveries. Properties are recognized by name, so that a secret is hidden
 * even when it is sent for the first time; each one found is remembered and from then on hidden in any text.
 */
export class Redactor {
  readonly #plain: ReadonlySet<string>;
  readonly #secret: ReadonlySet<string>;
  readonly #urls: ReadonlySet<string>;
  readonly #known = new Set<string>();
  /** Known secrets that are not a single word, as the others are. */
  readonly #phrases = new Set<string>();

  constructor(kinds: Kinds) {
    const named = Object.values(kinds).flatMap(({ visibility }) => listNames(visibility));
    const names = (wanted: string) => new Set(named.flatMap(([name, how]) => (how === wanted ? [name] : [])));
    this.#plain = names("plain");
    this.#secret = names("secret");
    this.#urls = names("url");
  }

  /** Remembers the secrets of everything that exists. */
  learnAll(store: Store, kinds: Kinds): void {
    this.learnAccountKeys(store);
    for (const { snapshot, visibility } of Object.values(kinds)) {
      for (const object of snapshot(store)) {
        for (const secret of Object.values(disclose(object, visibility).secrets)) {
          this.#learn(secret);
          urlSecrets(secret).forEach(this.#learn);
        }
      }
    }
  }

  learnAccountKeys({ accountKeys }: Store): void {
    for (const { secret } of accountKeys.values()) this.#learn(secret);
  }

  /** A body without secrets. What is not JSON is only described, because nothing in it has a name. */
  body(text: string): string {
    if (text === "") return "";
    try {
      return JSON.stringify(this.value(JSON.parse(text)));
    } catch {
      return `(${text.length} characters that are not JSON)`;
    }
  }

  /** A body that another server sent: JSON or any text. */
  foreign(text: string): string {
    try {
      return JSON.stringify(this.value(JSON.parse(text)));
    } catch {
      return this.text(text);
    }
  }

  /** A JSON value whose strings are without known secrets. */
  values(value: unknown): unknown {
    if (typeof value === "string") return this.text(value);
    if (Array.isArray(value)) return value.map((item) => this.values(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [this.text(name), this.values(inner)]),
    );
  }

  /** A JSON value without secrets. */
  value(value: unknown, name = ""): unknown {
    if (Array.isArray(value)) return value.map((item) => this.value(item, name));
    if (typeof value === "object" && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([field, inner]) => [this.text(field), this.value(inner, field)]),
      );
    }
    if (typeof value !== "string" && typeof value !== "number") return value;
    const text = String(value);
    if (this.#isSecret(name) && text !== "") {
      this.#learn(text);
      return hidden;
    }
    if (typeof value === "number") return value;
    if (!this.#urls.has(name)) return this.text(text);
    urlSecrets(text).forEach(this.#learn);
    return this.text(withoutUrlSecrets(text));
  }

  /** A text without known secrets, tokens and the user info of URLs. */
  text(text: string): string {
    if (text.length < minLength) return text;
    if (this.#known.has(text)) return hidden;
    let shown = text.replace(jwt, hidden).replace(userInfo, hidden);
    for (const phrase of this.#phrases) shown = shown.replaceAll(phrase, hidden);
    return shown.replace(word, (found) => (this.#known.has(found) ? hidden : found));
  }

  #isSecret(name: string): boolean {
    return this.#secret.has(name) || (!this.#plain.has(name) && secretName.test(name));
  }

  readonly #learn = (secret: string): void => {
    if (secret.length < minLength) return;
    this.#known.add(secret);
    if (/[^\w-]/.test(secret)) this.#phrases.add(secret);
  };
}

function listNames(visibilities: Visibilities): [string, string][] {
  return Object.entries(visibilities).flatMap(([name, how]): [string, string][] =>
    typeof how === "object" ? listNames(how) : [[name, how]],
  );
}
