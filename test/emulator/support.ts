import jwt from "jsonwebtoken";
import { z } from "zod";
import {
  Emulator,
  type EmulatorHost,
  type EmulatorOptions,
  type EmulatorResponse,
  type OutgoingRequest,
} from "../../src/emulator/index";
import { RunningClock } from "../support/clock";
import { Random } from "../support/random";

/** A host with a virtual clock and seeded random numbers, so that every run is the same. */
export class VirtualHost implements EmulatorHost {
  readonly clock = new RunningClock();
  readonly sent: OutgoingRequest[] = [];
  readonly sleeps: number[] = [];
  /** Returns the response status, or undefined to refuse the connection. */
  respond: (outgoing: OutgoingRequest) => number | undefined | Promise<number | undefined> = () => 200;
  /** Runs after every sleep. */
  onSleep: () => unknown = () => undefined;
  readonly now = this.clock.now;
  random = new Random(1).next;

  constructor() {
    this.time = Date.UTC(2018, 9, 23);
  }

  get time(): number {
    return this.clock.time;
  }

  set time(time: number) {
    this.clock.time = time;
  }

  async sleep(ms: number): Promise<void> {
    this.sleeps.push(ms);
    await this.clock.sleep(ms);
    await this.onSleep();
  }

  async send(outgoing: OutgoingRequest): Promise<{ status: number }> {
    this.sent.push(outgoing);
    const status = await this.respond(outgoing);
    if (status === undefined) throw new Error("connect ECONNREFUSED");
    return { status };
  }
}

export interface Given {
  readonly body?: unknown;
  /** Sent unchanged instead of `body`. */
  readonly text?: string;
  readonly headers?: Record<string, string>;
  /** Default: a token for the first account. `null` sends none. */
  readonly token?: string | null;
}

/** An emulator on a virtual host, with the calls that tests send to it. */
export class Bench {
  readonly host: VirtualHost;
  readonly emulator: Emulator;

  constructor(options: EmulatorOptions = {}, host = new VirtualHost()) {
    this.host = host;
    this.emulator = new Emulator(options, host);
  }

  get accountToken(): string {
    return sign(this.emulator.accountKeyId, this.emulator.accountKeySecret, { scope: "account" });
  }

  async call(method: string, url: string, given: Given = {}) {
    const { body, ...rest } = await this.send(method, url, given);
    const parsed: unknown = JSON.parse(body);
    return { ...rest, body: parsed };
  }

  /** Like `call`, but returns the body as text, JSON or not. */
  send(method: string, url: string, given: Given = {}): Promise<EmulatorResponse> {
    const token = given.token === undefined ? this.accountToken : given.token;
    const body = given.text ?? (given.body === undefined ? undefined : JSON.stringify(given.body));
    return this.emulator.handle({
      method,
      url,
      headers: {
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { "content-type": "application/json" }),
        ...given.headers,
      },
      body,
    });
  }

  /** Returns the status and error code of a refused request, in the error format of any API version. */
  async refusal(method: string, url: string, given: Given = {}): Promise<[number, string]> {
    const { status, body } = await this.call(method, url, given);
    const refused = refusalWire.parse(body);
    return [status, "error" in refused ? refused.error.code : refused.errors[0].code];
  }

  /** Returns the response body, and throws unless the status is the expected one. */
  async expect(status: number, method: string, url: string, given: Given = {}) {
    const answer = await this.call(method, url, given);
    if (answer.status !== status) {
      throw new Error(`${method} ${url} returned ${answer.status}: ${JSON.stringify(answer.body)}`);
    }
    return Object(answer.body);
  }

  async createApp(name = "Shop", token?: string): Promise<string> {
    const { body } = await this.call("POST", "/v1/apps", { body: { name }, ...(token && { token }) });
    return z.object({ app: z.object({ _id: z.string() }) }).parse(body).app._id;
  }

  async createKey(appId: string, name = "backend") {
    const { body } = await this.call("POST", `/v1/apps/${appId}/keys`, { body: { name } });
    const { key } = z.object({ key: z.object({ _id: z.string(), secret: z.string() }) }).parse(body);
    return { id: key._id, secret: key.secret, token: sign(key._id, key.secret, { scope: "app" }) };
  }

  /** Returns the service account's id. */
  async createServiceAccount(name = "reseller"): Promise<string> {
    const { serviceAccount } = await this.expect(201, "POST", "/v1/serviceaccounts", { body: { name } });
    return z.string().parse(serviceAccount._id);
  }

  async createServiceAccountKey(serviceAccountId: string, name = "backend") {
    const keys = `/v1/serviceaccounts/${serviceAccountId}/keys`;
    const { key } = await this.expect(201, "POST", keys, { body: { name } });
    const { _id: id, secret } = z.object({ _id: z.string(), secret: z.string() }).parse(key);
    return { id, secret, token: sign(id, secret, { scope: "account" }) };
  }

  async createWebhook(appId: string, body: { target: string; triggers?: string[] }) {
    const answer = await this.call("POST", `/v1/apps/${appId}/webhooks`, { body });
    const { webhook } = z
      .object({ webhook: z.object({ _id: z.string(), secret: z.string() }) })
      .parse(answer.body);
    return { id: webhook._id, secret: webhook.secret };
  }

  /** Creates a custom integration, whose webhook has its own target. */
  async createCustom(appId: string, target = "https://shop.example/custom") {
    const webhooks = [{ target, triggers: ["conversation:message"] }];
    const body = { type: "custom", webhooks };
    return (await this.expect(201, "POST", `/v2/apps/${appId}/integrations`, { body })).integration;
  }

  /** Creates the app's switchboard with one switchboard integration, `agents`. */
  async createSwitchboard(appId: string) {
    const { switchboard } = await this.expect(201, "POST", `/v2/apps/${appId}/switchboards`);
    const path = `/v2/apps/${appId}/switchboards/${switchboard.id}`;
    const body = { name: "agents", integrationType: "zd:agentWorkspace" };
    const made = await this.expect(201, "POST", `${path}/switchboardIntegrations`, { body });
    return { path, switchboard, agents: made.switchboardIntegration };
  }

  /** Creates an app with one app user, and a function that sends a message in that user's conversation. */
  async createConversation() {
    const appId = await this.createApp();
    const users = `/v1/apps/${appId}/appusers`;
    await this.call("POST", users, { body: { userId: "ann", givenName: "Ann" } });
    const say = (text: string, role = "appUser") =>
      this.call("POST", `${users}/ann/messages`, { body: { role, text } });
    return { appId, say };
  }
}

const refusalWire = z.union([
  z.strictObject({ error: z.strictObject({ code: z.string(), description: z.string().min(1) }) }),
  z.strictObject({
    errors: z.tuple([z.strictObject({ code: z.string(), title: z.string().min(1) })]),
  }),
]);

/** Basic authentication with a key's id and secret instead of a token. */
export function basic({ id, secret }: { id: string; secret: string }): Given {
  const credential = Buffer.from(`${id}:${secret}`).toString("base64");
  return { token: null, headers: { authorization: `Basic ${credential}` } };
}

export function sign(keyId: string, secret: string, claims: object): string {
  return jwt.sign(claims, secret, { keyid: keyId, noTimestamp: true });
}
