/** Far more than a message shows; a regular expression may fail on megabytes. */
const maxLength = 100_000;

/** Removes secrets from text that people will see. One per connection; learns secrets as they pass through. */
export class Redactor {
  #secrets = new Set<string>();

  learn(secret: string | undefined): void {
    // Shorter values would garble ordinary words; no Smooch secret is shorter.
    if (secret !== undefined && secret.length >= 8) this.#secrets.add(secret);
  }

  /** The end of a very long text is dropped: messages show the beginning at most. */
  redact(text: string, ...more: readonly string[]): string {
    let clean = text.slice(0, maxLength).replace(jwtLike, "$1[secret]");
    // Longest first: replacing a shorter secret inside a longer one would leave the rest of the longer one.
    const longestFirst = [...this.#secrets, ...more].sort((one, other) => other.length - one.length);
    for (const secret of longestFirst) clean = clean.replaceAll(secret, "[secret]");
    return clean;
  }
}

/**
 * The lookahead checks for the two dots of a JWT once per run of token characters before searching within it, so that
 * matching takes linear rather than quadratic time.
 */
const jwtLike = /(?<![\w-])(?=[\w-]+\.[\w-]+\.)([\w-]*?)\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;
