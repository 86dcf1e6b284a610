/** Returns undefined for invalid JSON: the parser's own message would quote the text, and so the secrets in it. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
