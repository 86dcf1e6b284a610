/** Removes secrets from text that people will see. One per connection; it learns secrets as they pass by. */
export class Redactor {
  #secrets = new Set<string>();

  learn(secret: string | undefined): void {
    // Shorter ones would blot out ordinary words; no Smooch secret is shorter.
    if (secret !== undefined && secret.length >= 8) this.#secrets.add(secret);
  }

  redact(text: string, more: readonly string[] = []): string {
    let clean = text.replace(jwtLike, "$1[secret]");
    // A short one would cut a longer one apart and leave its rest.
    const longestFirst = [...this.#secrets, ...more].sort((one, other) => other.length - one.length);
    for (const secret of longestFirst) clean = clean.replaceAll(secret, "[secret]");
    return clean;
  }
}

/**
 * Looks once at each run of a token's letters, and ahead for two dots before it looks for the beginning within the run:
 * so the time grows with the text, not with its square.
 */
const jwtLike = /(?<![\w-])(?=[\w-]+\.[\w-]+\.)([\w-]*?)\beyJ[\w-]+\.[\w-]+\.[\w-]*/g;
