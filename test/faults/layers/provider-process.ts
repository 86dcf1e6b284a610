import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { kindNames, pluginType } from "../../../src/kinds";
import type { Properties } from "../../../src/provider/kind";
import { type Plugin, PluginError, providerText } from "./plugin";

// The SDK's own grpc and protobuf, the same ones that the provider process uses.
const sdkFolder = dirname(require.resolve("@pulumi/pulumi/package.json"));
const fromSdk = createRequire(join(sdkFolder, "package.json"));

/** A generated protobuf message. */
type Message = Record<string, (...args: unknown[]) => unknown>;
type MessageClass = { new (): Message; deserializeBinary(bytes: unknown): Message };
type Client = Record<
  string,
  (request: Message, callback: (error: GrpcError | null, answer: Message) => void) => void
>;
interface GrpcError extends Error {
  details?: string;
  metadata?: { get(name: string): unknown[] };
}

/** Who serves the calls: Pulumi's dynamic-provider process, or our plugin. */
export type Door = "dynamic" | "plugin";

/** A real provider process, driven like the engine drives it. */
export class ProviderProcess implements Plugin {
  #printed = "";
  readonly #messages = fromSdk("./proto/provider_pb.js") as Record<string, MessageClass>;
  readonly #struct = (fromSdk("google-protobuf/google/protobuf/struct_pb.js") as { Struct: unknown })
    .Struct as {
    fromJavaScript(value: Properties): Message;
  };

  private constructor(
    private readonly child: ChildProcess,
    private readonly client: Client,
    private readonly engine: Engine,
    private readonly door: Door,
  ) {
    engine.log = (line) => {
      this.#printed += `${line}\n`;
    };
    child.stderr?.on("data", (text) => {
      this.#printed += text;
    });
    child.stdout?.on("data", (text) => {
      this.#printed += text;
    });
  }

  static async start(
    folder: string,
    environment: Record<string, string>,
    door: Door = "dynamic",
  ): Promise<ProviderProcess> {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(PULUMI|SMOOCH)_/.test(name));
    const engine = await startEngine();
    const program =
      door === "plugin"
        ? join(process.cwd(), "dist", "plugin", "start.js")
        : join(sdkFolder, "cmd", "dynamic-provider");
    const child = spawn(process.execPath, [program, `127.0.0.1:${engine.port}`], {
      cwd: folder,
      env: { ...Object.fromEntries(inherited), ...environment, PULUMI_NODEJS_PROJECT: "faults" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const port = await firstLine(child);
    const grpc = fromSdk("@grpc/grpc-js") as { credentials: { createInsecure(): unknown } };
    const { ResourceProviderClient } = fromSdk("./proto/provider_grpc_pb.js") as {
      ResourceProviderClient: new (address: string, credentials: unknown) => Client;
    };
    const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
    const plugin = new ProviderProcess(child, client, engine, door);
    await plugin.#call("configure", "ConfigureRequest", { args: {} });
    return plugin;
  }

  stop(): void {
    this.client.close?.(undefined as never, undefined as never);
    this.child.kill("SIGKILL");
    this.engine.stop();
  }

  async check(olds: Properties, news: Properties) {
    const answer = await this.#call("check", "CheckRequest", { olds, news });
    const failures = ((answer.getFailuresList?.() ?? []) as Message[]).map(
      (failure) => `property ${failure.getProperty?.()} has a problem: ${failure.getReason?.()}`,
    );
    return { inputs: this.#answer(answer.getInputs?.(), news), failures };
  }

  async diff(id: string, olds: Properties, news: Properties) {
    const answer = await this.#call("diff", "DiffRequest", { id, olds, news });
    return {
      changes: [undefined, false, true][Number(answer.getChanges?.())],
      replaces: answer.getReplacesList?.() as string[],
      deleteBeforeReplace: answer.getDeletebeforereplace?.() === true,
    };
  }

  async create(inputs: Properties) {
    const answer = await this.#call("create", "CreateRequest", { properties: inputs });
    const id = String(answer.getId?.());
    if (id === "") throw new PluginError("provider returned empty resource id");
    return { id, outputs: this.#answer(answer.getProperties?.(), inputs) };
  }

  async read(id: string, outputs: Properties) {
    const answer = await this.#call("read", "ReadRequest", { id, properties: outputs });
    const found = answer.getId?.();
    const inputs = answer.getInputs?.();
    return {
      ...(typeof found === "string" && found !== "" && { id: found }),
      outputs: this.#answer(answer.getProperties?.(), outputs),
      ...(inputs !== undefined && { inputs: this.#answer(inputs, outputs) }),
    };
  }

  async update(id: string, olds: Properties, news: Properties) {
    const answer = await this.#call("update", "UpdateRequest", { id, olds, news });
    return this.#answer(answer.getProperties?.(), news);
  }

  async delete(id: string, outputs: Properties) {
    await this.#call("delete", "DeleteRequest", { id, properties: outputs });
  }

  /** What it has printed since the last call. */
  printed(): string {
    const text = this.#printed;
    this.#printed = "";
    return text;
  }

  /** A plugin gets a URN instead of the input that names the provider, which only a dynamic resource has. */
  #fieldsFor(fields: Properties): Properties {
    const { __provider: provider, __resource: resource } = Object(fields.news ?? fields.properties);
    const kind = kindNames.find((name) => providerText(name) === provider);
    if (this.door === "dynamic" || kind === undefined) return fields;
    const [stack, name] = String(resource).split("/");
    const without = Object.entries(fields).map(([field, value]) => [
      field,
      typeof value === "object" ? { ...value, __provider: undefined } : value,
    ]);
    return {
      ...Object.fromEntries(without),
      urn: `urn:pulumi:${stack}::faults::${pluginType(kind)}::${name}`,
    };
  }

  #call(method: string, type: string, given: Properties): Promise<Message> {
    const request = this.#make(type);
    const fields = this.#fieldsFor(given);
    for (const [name, value] of Object.entries(fields)) {
      const setter = `set${name[0]?.toUpperCase()}${name.slice(1)}`;
      request[setter]?.(
        typeof value === "string" ? value : this.#struct.fromJavaScript(JSON.parse(JSON.stringify(value))),
      );
    }
    return new Promise((resolve, reject) => {
      this.client[method]?.(request, (error, answer) => {
        if (error === null) resolve(answer);
        else reject(this.#toPluginError(error, Object(given.news ?? given.properties)));
      });
    });
  }

  #make(type: string): Message {
    const Type = this.#messages[type];
    if (Type === undefined) throw new Error(`the SDK has no message ${type}`);
    return new Type();
  }

  /** The properties in an answer; the model of the engine names the provider in each state. */
  #answer(struct: unknown, { __provider }: Properties): Properties {
    return { ...propertiesOf(struct), ...(this.door === "plugin" && { __provider }) };
  }

  #toPluginError(error: GrpcError, about: Properties): PluginError {
    const text = error.details ?? error.message;
    const packed = error.metadata?.get("grpc-status-details-bin")[0];
    if (packed === undefined) return new PluginError(text);
    const { Status } = fromSdk("./proto/status_pb.js") as { Status: MessageClass };
    const details = Status.deserializeBinary(packed).getDetailsList?.() as Message[] | undefined;
    const InitFailed = this.#messages.ErrorResourceInitFailed;
    const failed = details?.[0]?.unpack?.(
      InitFailed?.deserializeBinary,
      "pulumirpc.ErrorResourceInitFailed",
    ) as Message | undefined;
    return new PluginError(text, {
      id: String(failed?.getId?.()),
      outputs: this.#answer(failed?.getProperties?.(), about),
      reasons: (failed?.getReasonsList?.() ?? []) as string[],
    });
  }
}

function propertiesOf(struct: unknown): Properties {
  return struct === undefined ? {} : ((struct as Message).toJavaScript?.() as Properties);
}

/** What the process sees of the engine: an address at which it listens, and a log, which only the plugin uses. */
interface Engine {
  port: number;
  log: (line: string) => void;
  stop(): void;
}

async function startEngine(): Promise<Engine> {
  const grpc = fromSdk("@grpc/grpc-js") as typeof import("@grpc/grpc-js");
  const { EngineService } = fromSdk("./proto/engine_grpc_pb.js") as { EngineService: never };
  const { Empty } = fromSdk("google-protobuf/google/protobuf/empty_pb.js") as { Empty: new () => Message };
  const server = new grpc.Server();
  const engine: Engine = { port: 0, log: () => {}, stop: () => server.forceShutdown() };
  server.addService(EngineService, {
    log: (call: { request: Message }, callback: (error: null, answer: Message) => void) => {
      engine.log(String(call.request.getMessage?.()));
      callback(null, new Empty());
    },
  });
  engine.port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) =>
      error === null ? resolve(port) : reject(error),
    );
  });
  return engine;
}

/** The server prints its port once it listens. */
function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = "";
    const read = (part: Buffer) => {
      text += part;
      if (!text.includes("\n")) return;
      child.stdout?.off("data", read);
      resolve(text.trim());
    };
    child.stdout?.on("data", read);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the provider process exited with ${code}: ${text}`)));
  });
}
