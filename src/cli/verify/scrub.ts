import type { Exchange } from "./runner";
import { fill } from "./runner";
import type { Json } from "./step";

/** The mark and the target in recordings. */
export const recordedMark = "5ca1ab1e0000";
export const recordedTarget = `https://target.example/hook?verify=${recordedMark}-`;

/** Words of the API that tell nothing about an account. */
const apiWords = new Set(
  [
    ["active", "inactive", "error", "true", "false", "v1", "v1.1", "v2", "us", "eu-1", "public"],
    [
      "custom",
      "web",
      "android",
      "ios",
      "unity",
      "fcm",
      "apn",
      "slackconnect",
      "zd:agentWorkspace",
      "zd:answerBot",
    ],
    ["messenger", "instagram", "whatsapp", "telegram", "viber", "twilio", "line", "mailgun", "messagebird"],
    ["twitter", "apple", "wechat", "button", "tab", "link", "postback", "submenu", "reply", "text", "*", ""],
    ["appMaker", "appUser", "business", "user", "message", "app", "account", "integration"],
    ["message:appUser", "message:appMaker", "conversation:read", "conversation:message"],
  ].flat(),
);

interface Known {
  names: ReadonlyMap<string, string>;
  secrets: ReadonlySet<string>;
}

/**
 * Replaces everything that says anything about the account: only words of the API and what the suite itself sent stay.
 * A replacement has the form of the original, and the same original always gets the same one.
 */
export class Scrubber {
  readonly #replaced = new Map<string, string>();
  readonly #sent = new Map<string, string>();
  #count = 0;

  constructor(
    private readonly known: Known,
    exchanges: readonly Exchange[],
  ) {
    // Sent strings may contain these, and are written with their replacements.
    const fakes = new Map([...known.names].map(([name, value]) => [name, this.#nameOf(name, value)]));
    for (const { step, body, path } of exchanges) {
      this.#learnSent(step.body, body, fakes);
      this.#sent.set(path, String(fill(step.path, fakes)));
    }
  }

  /** A path as the suite sent it. */
  path(path: string): string {
    return this.#sent.get(path) ?? this.#text(path);
  }

  /** A code that the API gives to an error: words in snake case. */
  #code(text: string): string {
    return /^[a-z]{2,20}(_[a-z]{2,20}){0,6}$/.test(text) && !this.#isSecret(text) ? text : this.#text(text);
  }

  value(value: unknown, name = ""): Json {
    if (typeof value === "string") return name === "code" ? this.#code(value) : this.#text(value);
    if (typeof value === "number") return this.#number(value);
    if (typeof value === "boolean" || value === null || value === undefined) return value;
    if (Array.isArray(value)) return value.map((item) => this.value(item, name));
    return Object.fromEntries(
      Object.entries(value).map(([field, inner]) => [this.#field(field), this.value(inner, field)]),
    );
  }

  #learnSent(template: Json, value: unknown, fakes: ReadonlyMap<string, string>): void {
    if (typeof template === "string" && typeof value === "string") {
      this.#sent.set(value, String(fill(template, fakes)));
      return;
    }
    if (typeof template !== "object" || template === null) return;
    for (const [field, inner] of Object.entries(template))
      this.#learnSent(inner, Reflect.get(Object(value), field), fakes);
  }

  #nameOf(name: string, value: string): string {
    if (name === "mark") return recordedMark;
    return name === "target" ? recordedTarget : this.#text(value);
  }

  #text(text: string): string {
    const sent = this.#sent.get(text);
    if (sent !== undefined) return sent;
    if (apiWords.has(text) && !this.#isSecret(text)) return text;
    const replaced = this.#replaced.get(text) ?? this.#replacement(text);
    this.#replaced.set(text, replaced);
    return replaced;
  }

  #isSecret(text: string): boolean {
    return this.known.secrets.has(text);
  }

  #replacement(text: string): string {
    const number = String(++this.#count);
    const [, prefix = ""] = /^([a-z]{3}_)?[0-9a-f]{24}$/.exec(text) ?? [undefined, undefined];
    if (/^([a-z]{3}_)?[0-9a-f]{24}$/.test(text)) return `${prefix}65a00000${number.padStart(16, "0")}`;
    if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text)) return `2020-01-01T00:00:00.${number.padStart(3, "0")}Z`;
    if (/^https?:\/\//.test(text)) return `https://host-${number}.example/`;
    if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(text)) return `header.payload.signature-${number}`;
    if (/^\+?\d+$/.test(text)) return text.replace(/\d+/, (digits) => number.padStart(digits.length, "1"));
    if (/^[\w-]{16,}$/.test(text)) return `secret-${number}-`.padEnd(text.length, "x");
    return `text-${number}`;
  }

  /** Names of fields are words of the API, unless they look otherwise. */
  #field(field: string): string {
    return /^_?[A-Za-z]{1,40}$/.test(field) && !this.#isSecret(field) ? field : this.#text(field);
  }

  /** Small numbers count something; others may be a telephone number, say. */
  #number(value: number): number {
    if (Number.isInteger(value) && Math.abs(value) <= 100) return value;
    return Number.isInteger(value) ? 1000 : 0.5;
  }
}

/** Throws if a text contains anything that must not leave this process. */
export function assertClean(text: string, { names, secrets }: Known, hosts: readonly string[]): void {
  const private_ = [...secrets, ...names.values(), ...hosts].filter((value) => value.length >= 6);
  // As it is, and as JSON and URLs write it.
  const forms = private_.flatMap((value) => [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
  ]);
  if (forms.some((form) => text.includes(form)))
    throw new Error(
      "The recording would have contained a secret, so it was not written. Please report this.",
    );
}
