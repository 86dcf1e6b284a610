import { isId } from "../../smooch/ids";
import type { KeyPair } from "../../smooch/jwt";
import { at, describe, isSuccess } from "./answers";
import { type Connection, LostError } from "./connection";
import type { Entry, Journal } from "./journal";
import type { Answer, Caller, Json, Part, Step, Words } from "./step";

/** Going on would tell nothing. */
export class PointlessError extends Error {}

/** A call as it was sent, and its response. */
export interface Exchange {
  step: Step;
  path: string;
  body: unknown;
  answer: Answer;
}

/** What a run saw. */
export class Observations {
  readonly exchanges: Exchange[] = [];
  /** Steps that got no response, and why. */
  readonly lost = new Map<string, string>();
  /** The values that steps remembered, by name. */
  readonly names: Map<string, string>;

  constructor(names: Iterable<readonly [string, string]>) {
    this.names = new Map(names);
  }

  get answers(): Map<string, Answer> {
    return new Map(this.exchanges.map(({ step, answer }) => [step.name, answer]));
  }

  keyOf(caller: Caller): KeyPair | undefined {
    const name =
      { "app key": "key", "app key as account": "key", "integration key": "integrationKey" }[
        String(caller)
      ] ?? "serviceKey";
    const [keyId, secret] = [this.names.get(name), this.names.get(`${name}.secret`)];
    return keyId === undefined || secret === undefined ? undefined : { keyId, secret };
  }

  /** Remembers what the step's response has. */
  absorb({ makes, keeps = {} }: Step, { id }: Words, answer: Answer): string | undefined {
    if (!isSuccess(answer)) return undefined;
    for (const [name, path] of Object.entries(keeps)) this.#remember(name, at(answer.body, path));
    if (makes === undefined) return undefined;
    const made = at(answer.body, makes.envelope);
    this.#remember(makes.as, at(made, id));
    this.#remember(`${makes.as}.secret`, at(made, "secret"));
    const found = at(made, id);
    return typeof found === "string" && isId(found) ? found : undefined;
  }

  #remember(name: string, value: unknown): void {
    if (typeof value === "string" && (name.endsWith(".secret") || isId(value))) this.names.set(name, value);
  }
}

/** Runs steps one after the other and notes what they create. */
export class Runner {
  #isStopped = false;

  constructor(
    private readonly connection: Connection,
    private readonly journal: Pick<Journal, "open" | "note" | "named" | "done">,
    private readonly words: Words,
    readonly seen: Observations,
    private readonly onStep: (step: Step) => void = () => {},
  ) {}

  /** Ends after the current step. */
  stop(): void {
    this.#isStopped = true;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  async run(parts: readonly Part[]): Promise<void> {
    for (const step of parts.flatMap(({ steps }) => steps)) {
      if (this.#isStopped) return;
      await this.#runStep(step);
    }
  }

  async #runStep(step: Step): Promise<void> {
    const { method, as = "configured" } = step;
    const path = fill(step.path, this.seen.names);
    const body = fill(step.body, this.seen.names);
    const lacks = hasBlank(path) || hasBlank(body) || !this.connection.canCallAs(as);
    if (lacks) return;
    this.onStep(step);
    const entry = this.#note(step, String(path));
    try {
      const answer = await this.connection.send({ method, path: String(path), body, as });
      const answered = step.listsOthers ? withoutOthers(answer, this.seen.names, this.words) : answer;
      const id = this.seen.absorb(step, this.words, answer);
      this.#learn(answered);
      if (entry !== undefined) this.#noteResult(entry, answer, id);
      this.seen.exchanges.push({ step, path: String(path), body, answer: answered });
      this.#requireSense(step, answer);
    } catch (error) {
      if (!(error instanceof LostError)) throw error;
      this.seen.lost.set(step.name, error.message);
      if (step.makes?.as === "app")
        throw new PointlessError(`the app could not be created: ${error.message}`);
    }
  }

  /** Without an app or with refused credentials, the rest of the suite would tell nothing. */
  #requireSense({ makes, as = "configured", documented }: Step, answer: Answer): void {
    if (makes?.as === "app" && !this.seen.names.has("app"))
      throw new PointlessError(`the app could not be created: ${describe(answer)}`);
    const isExpected =
      documented !== undefined && documented.status !== "deleted" && documented.status.includes(401);
    if (as === "configured" && answer.status === 401 && !isExpected)
      throw new PointlessError(`the credentials were refused: ${describe(answer)}`);
  }

  #note({ makes }: Step, path: string): Entry | undefined {
    if (makes === undefined) return undefined;
    const isNoted = (entry: Entry) => entry.isSingleton === true && entry.path === path;
    if (this.journal.open.some(isNoted)) return undefined;
    const { as: _, ...rest } = makes;
    const entry: Entry = { ...rest, path };
    this.journal.note(entry);
    return entry;
  }

  #noteResult(entry: Entry, answer: Answer, id: string | undefined): void {
    if (id !== undefined) this.journal.named(entry, id);
    // It was refused, so it created nothing. A timeout of a gateway is no refusal.
    else if (answer.status >= 400 && answer.status < 500 && answer.status !== 408) this.journal.done(entry);
  }

  /** Everything in the response that could be a secret. */
  #learn({ body }: Answer): void {
    for (const [name, text] of stringsIn(body, ""))
      if (/secret|jwt|token/i.test(name) && text.length >= 8) this.connection.secrets.add(text);
  }
}

/** Fills `{name}` in all strings; a value that is not known stays as it is. */
export function fill(value: Json, names: ReadonlyMap<string, string>): Json {
  if (typeof value === "string") return value.replace(blank, (all, name) => names.get(name) ?? all);
  if (Array.isArray(value)) return value.map((item) => fill(item, names));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, fill(inner, names)]));
}

const blank = /\{([A-Za-z]\w*)\}/g;

function hasBlank(value: Json): boolean {
  return [...stringsIn(value, "")].some(([, text]) => text.search(blank) >= 0);
}

/** All strings in a value, each with the name of the property that holds it. */
export function* stringsIn(value: unknown, name: string): Generator<[string, string]> {
  if (typeof value === "string") yield [name, value];
  else if (Array.isArray(value)) for (const item of value) yield* stringsIn(item, name);
  else if (typeof value === "object" && value !== null)
    for (const [inner, held] of Object.entries(value)) yield* stringsIn(held, inner);
}

/** Drops other people's objects, and the cursors and links that name them. */
function withoutOthers(answer: Answer, names: ReadonlyMap<string, string>, { id }: Words): Answer {
  const { body } = answer;
  if (!isSuccess(answer) || typeof body !== "object" || body === null) return answer;
  const own = new Set(names.values());
  const isOwn = (item: unknown) => own.has(String(at(item, id)));
  const kept = Object.entries(body).flatMap(([name, value]): [string, unknown][] => {
    if (Array.isArray(value)) return [[name, value.filter(isOwn)]];
    if (name === "meta") return [[name, { hasMore: at(value, "hasMore") }]];
    return ["hasMore", "offset"].includes(name) ? [[name, value]] : [];
  });
  return { ...answer, body: Object.fromEntries(kept) };
}
