import { afterAll, beforeAll } from "vitest";
import { type RunningEmulator, startEmulator } from "../../src/emulator/index";

/** An emulator on a loopback port for all tests of a file. */
export function useEmulator(): { readonly running: RunningEmulator } {
  let running: RunningEmulator | undefined;
  beforeAll(async () => {
    running = await startEmulator({ checkTargets: false });
  });
  afterAll(() => running?.close());
  return {
    get running() {
      if (running === undefined) throw new Error("the emulator has not started");
      return running;
    },
  };
}

/** A vendor's client with one credential. Its methods are called by name, such as `apps.keys.create`. */
export class Client {
  readonly #methods: ReadonlyMap<string, Method>;

  constructor(
    client: object,
    /** Receives the names of the called methods. */
    readonly called: Set<string>,
    readonly running: RunningEmulator,
  ) {
    this.#methods = methodsOf(client);
  }

  get names(): string[] {
    return [...this.#methods.keys()];
  }

  /** What the client resolves with, as plain JSON. Throws if that did not take exactly one request to the emulator. */
  async call(name: string, ...given: unknown[]) {
    const method = this.#methods.get(name);
    if (method === undefined) throw new Error(`the client has no method ${name}`);
    this.called.add(name);
    const { requests } = this.running.emulator;
    const before = requests.length;
    const result = (await method(...given)) ?? null;
    if (requests.length !== before + 1) throw new Error(`${name} sent ${requests.length - before} requests`);
    return JSON.parse(JSON.stringify(result));
  }

  /** The status and code of the emulator's error, as the client reports them. */
  async fail(name: string, ...given: unknown[]): Promise<[status: unknown, code: unknown]> {
    const error = await this.call(name, ...given).then(
      () => undefined,
      (reason: unknown) => Object(reason),
    );
    const { response } = Object(error);
    if (response === undefined) throw new Error(`${name} did not fail with a response: ${error}`);
    const { headers, body } = response;
    const version = typeof headers.get === "function" ? headers.get(marker) : headers[marker];
    if (!["v1", "v1.1", "v2"].includes(version)) throw new Error(`${name} did not reach the emulator`);
    return [response.status, error.code ?? (body.errors?.[0] ?? body.error).code];
  }
}

const marker = "x-smooch-emulator";

type Method = (...given: unknown[]) => unknown;

/** The calls of a client: the methods of its objects whose class is named `…Api`, without those that only validate. */
function methodsOf(client: object): Map<string, Method> {
  const groups = Object.entries(client).filter(([, group]) => /Api$/.test(group?.constructor?.name ?? ""));
  return new Map(
    groups.flatMap(([name, group]) => [
      ...Object.getOwnPropertyNames(Object.getPrototypeOf(group))
        .filter((method) => !/^constructor$|^validate|WithHttpInfo$/.test(method))
        .map((method): [string, Method] => [
          `${name}.${method}`,
          (...given: unknown[]) => group[method](...given),
        ]),
      ...[...methodsOf(group)].map(([method, call]): [string, Method] => [`${name}.${method}`, call]),
    ]),
  );
}
