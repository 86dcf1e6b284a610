import type { Kinds, Visibilities } from "../kinds/kind";
import type { Store } from "../store";
import { decode, disclose, hidden, urlSecrets, withoutUrlSecrets } from "./disclosure";

// What a channel or property that is not known here is likely to call a secret. It may be something else, so such a value
// is not hidden elsewhere.
const secretName =
  /secret|token|passw|passphrase|credential|certificate|private|signature|jwt|authorization|key$/i;
// Bounded, because texts come from anywhere and an unbounded one can take quadratic time.
const jwt = /eyJ[\w-]{2,500}\.[\w-]+(\.[\w-]*)?/g;
const userInfo = /(?<=\w:\/\/)[^/?#\s"]+(?=@)/g;
/** A word, without a percent-encoded character before it. */
const word = /%[\da-f]{2}|[\w-]+/gi;

// Shorter ones would also be found in text that has nothing to do with them.
const minLength = 6;

/**
 * Removes secrets from requests, responses and deliveries. Properties are recognized by name, so that a secret is hidden
 * even when it is sent for the first time; from then on it is hidden in any text.
 */
export class Redactor {
  readonly #plain: ReadonlySet<string>;
  readonly #secret: ReadonlySet<string>;
  readonly #urls: ReadonlySet<string>;
  readonly #known = new Set<string>();
  /** The known secrets that are not a single word, as they are and as a URL has them. */
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

  /** A body of the API. What is not JSON is only described, because nothing in it has a name. */
  body(text: string): string {
    return text === "" ? "" : (this.#json(text) ?? `(${text.length} characters that are not JSON)`);
  }

  /** A body that another server sent: JSON or any text. */
  foreignBody(text: string): string {
    return this.#json(text) ?? this.text(text);
  }

  /** A JSON value in which nothing is secret by its name. */
  texts(value: unknown): unknown {
    return this.#map(value, "", (text) => this.text(text));
  }

  /** A text without known secrets, tokens and the user info of URLs. */
  text(text: string): string {
    if (text.length < minLength) return text;
    if (this.#known.has(text)) return hidden;
    let shown = text.replace(jwt, hidden).replace(userInfo, hidden);
    for (const phrase of this.#phrases) {
      if (phrase.length <= shown.length) shown = shown.replaceAll(phrase, hidden);
    }
    return shown.replace(word, (found) => (this.#known.has(found) ? hidden : found));
  }

  /** A path of the API, in which a secret may be percent-encoded in any way. */
  path(path: string): string {
    const decoded = decode(path);
    const shown = this.text(decoded);
    return shown === decoded ? this.text(path) : shown;
  }

  #json(text: string): string | undefined {
    try {
      const value = this.#map(JSON.parse(text), "", (inner, name) => this.#property(inner, name));
      return JSON.stringify(value);
    } catch {
      return undefined;
    }
  }

  /** Replaces every string, and every number as a string, in a JSON value. */
  #map(value: unknown, name: string, replace: (text: string, name: string) => string): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#map(item, name, replace));
    if (typeof value === "object" && value !== null) {
      const entries = Object.entries(value);
      return Object.fromEntries(
        entries.map(([field, inner]) => [
          this.text(field),
          this.#map(inner, this.#hidesAll(name) ? name : field, replace),
        ]),
      );
    }
    if (typeof value === "string") return replace(value, name);
    return typeof value === "number" && replace(String(value), name) === hidden ? hidden : value;
  }

  /** Whether a property is secret with all that it holds. The API's own `key` holds an id and a name too. */
  #hidesAll(name: string): boolean {
    return name !== "key" && (this.#secret.has(name) || (!this.#plain.has(name) && secretName.test(name)));
  }

  #property(text: string, name: string): string {
    if (text === "") return text;
    if (this.#secret.has(name)) {
      this.#learn(text);
      return hidden;
    }
    if (!this.#plain.has(name) && secretName.test(name)) return hidden;
    if (!this.#urls.has(name)) return this.text(text);
    urlSecrets(text).forEach(this.#learn);
    return this.text(withoutUrlSecrets(text));
  }

  readonly #learn = (secret: string): void => {
    // Tokens are recognized without being known, and there are many.
    if (secret.length < minLength || secret.replace(jwt, "") === "") return;
    this.#known.add(secret);
    if (/^[\w-]+$/.test(secret)) return;
    this.#phrases.add(secret);
    // Through a buffer, because half a character cannot be encoded.
    this.#phrases.add(encodeURIComponent(Buffer.from(secret).toString()));
  };
}

function listNames(visibilities: Visibilities): [string, string][] {
  return Object.entries(visibilities).flatMap(([name, how]): [string, string][] =>
    typeof how === "object" ? listNames(how) : [[name, how]],
  );
}
