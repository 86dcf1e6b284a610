import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { type AddressInfo, createServer, type Server } from "node:net";
import { dirname, join } from "node:path";
import type { Properties } from "../../../src/provider/kind";
import { type Plugin, PluginError } from "./plugin";

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

/** Pulumi's real dynamic-provider process, driven like the engine drives it. */
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
    private readonly engine: Server,
  ) {
    child.stderr?.on("data", (text) => {
      this.#printed += text;
    });
    child.stdout?.on("data", (text) => {
      this.#printed += text;
    });
  }

  static async start(folder: string, environment: Record<string, string>): Promise<ProviderProcess> {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(PULUMI|SMOOCH)_/.test(name));
    const engine = await listen();
    const { port: enginePort } = engine.address() as AddressInfo;
    const args = [join(sdkFolder, "cmd", "dynamic-provider"), `127.0.0.1:${enginePort}`];
    const child = spawn(process.execPath, args, {
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
    const plugin = new ProviderProcess(child, client, engine);
    await plugin.#call("configure", "ConfigureRequest", { args: {} });
    return plugin;
  }

  stop(): void {
    this.client.close?.(undefined as never, undefined as never);
    this.child.kill("SIGKILL");
    this.engine.close();
  }

  async check(olds: Properties, news: Properties) {
    const answer = await this.#call("check", "CheckRequest", { olds, news });
    const failures = ((answer.getFailuresList?.() ?? []) as Message[]).map(
      (failure) => `property ${failure.getProperty?.()} has a problem: ${failure.getReason?.()}`,
    );
    return { inputs: propertiesOf(answer.getInputs?.()), failures };
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
    return { id, outputs: propertiesOf(answer.getProperties?.()) };
  }

  async read(id: string, outputs: Properties) {
    const answer = await this.#call("read", "ReadRequest", { id, properties: outputs });
    const found = answer.getId?.();
    const inputs = answer.getInputs?.();
    return {
      ...(typeof found === "string" && found !== "" && { id: found }),
      outputs: propertiesOf(answer.getProperties?.()),
      ...(inputs !== undefined && { inputs: propertiesOf(inputs) }),
    };
  }

  async update(id: string, olds: Properties, news: Properties) {
    return propertiesOf((await this.#call("update", "UpdateRequest", { id, olds, news })).getProperties?.());
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

  #call(method: string, type: string, fields: Properties): Promise<Message> {
    const request = this.#make(type);
    for (const [name, value] of Object.entries(fields)) {
      const setter = `set${name[0]?.toUpperCase()}${name.slice(1)}`;
      request[setter]?.(typeof value === "string" ? value : this.#struct.fromJavaScript(value as Properties));
    }
    return new Promise((resolve, reject) => {
      this.client[method]?.(request, (error, answer) => {
        if (error === null) resolve(answer);
        else reject(this.#toPluginError(error));
      });
    });
  }

  #make(type: string): Message {
    const Type = this.#messages[type];
    if (Type === undefined) throw new Error(`the SDK has no message ${type}`);
    return new Type();
  }

  #toPluginError(error: GrpcError): PluginError {
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
      outputs: propertiesOf(failed?.getProperties?.()),
      reasons: (failed?.getReasonsList?.() ?? []) as string[],
    });
  }
}

function propertiesOf(struct: unknown): Properties {
  return struct === undefined ? {} : ((struct as Message).toJavaScript?.() as Properties);
}

/** Replaces the engine: the provider sends it no requests, but exits when nothing listens at its address. */
function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", reject).listen(0, "127.0.0.1", () => resolve(server));
  });
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
