import { credentials, Metadata, Server, ServerCredentials, type ServiceError } from "@grpc/grpc-js";
import { ResourceProviderClient, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as messages from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { type JavaScriptValue, Struct } from "google-protobuf/google/protobuf/struct_pb";
import { afterEach, describe, expect, it } from "vitest";
import { secretSignature, signatureKey } from "../../src/kinds";
import { pluginService } from "../../src/plugin/service";
import { Connection } from "../../src/provider/connection";
import { MemoryJournal } from "../../src/provider/crash/journal";
import { unknownValue } from "../../src/provider/values";
import { signJwt } from "../../src/smooch/jwt";
import { World } from "../support/world";

const secret = (value: unknown) => ({ [signatureKey]: secretSignature, value });
const struct = (value: object) => Struct.fromJavaScript(value as Record<string, JavaScriptValue>);
const urn = (type: string, name: string) =>
  `urn:pulumi:dev::shop::parent:index:Type$smooch:index:${type}::${name}`;

type Method<Request, Response> = (
  request: Request,
  metadata: Metadata,
  options: object,
  callback: (error: ServiceError | null, response: Response) => void,
) => unknown;

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

/** The service behind a real socket, with an emulator behind its client. */
async function serve() {
  const world = new World();
  const run = { backend: undefined, project: "", engine: "" };
  const connection = new Connection({}, world.host, new MemoryJournal(), run);
  const server = new Server();
  const plugin = { connection, run, environment: {}, schema: () => '{"name":"smooch"}', version: "1.2.3" };
  server.addService(ResourceProviderService, pluginService(plugin));
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  open.push(() => {
    client.close();
    server.forceShutdown();
  });
  const call = <Request, Response>(method: Method<Request, Response>, request: Request) =>
    new Promise<Response>((resolve, reject) =>
      method.call(client, request, new Metadata(), {}, (error, response) =>
        error === null ? resolve(response) : reject(error),
      ),
    );
  const { accountKeyId, accountKeySecret } = world.emulator;
  const configured = new messages.ConfigureRequest().setArgs(
    struct({ accountKeyId, accountKeySecret: secret(accountKeySecret), maxConcurrency: 2 }),
  );
  const response = await call(client.configure, configured);
  expect([response.getAcceptsecrets(), response.getSupportspreview()]).toEqual([false, true]);
  const create = async (type: string, name: string, properties: object, preview = false) => {
    const request = new messages.CreateRequest().setUrn(urn(type, name)).setPreview(preview);
    return call(client.create, request.setProperties(struct(properties)));
  };
  return { world, run, client, call, create };
}

describe("the plugin's service", () => {
  it("takes a secret of its configuration, and the project from the URN", async () => {
    const { create, run } = await serve();
    const made = await create("App", "support", { name: "support" });
    expect(made.getProperties()?.toJavaScript()).toMatchObject({ name: "support" });
    expect(run.project).toBe("shop");
  });

  it("fills in names from the URN, marks secret inputs, and reports failures without a property", async () => {
    const { call, client } = await serve();
    const request = new messages.CheckRequest().setUrn(urn("Integration", "sms"));
    const news = {
      appId: "5a0b",
      type: "twilio",
      accountSid: "AC1",
      authToken: "hidden",
      phoneNumberSid: "",
    };
    const checked = await call(client.check, request.setNews(struct(news)));
    expect(checked.getInputs()?.toJavaScript()).toMatchObject({
      __resource: "dev/sms",
      authToken: secret("hidden"),
    });
    const failures = checked.getFailuresList().map((failure) => [failure.getProperty(), failure.getReason()]);
    expect(failures).toEqual([["", "phoneNumberSid must not be empty"]]);
    const app = new messages.CheckRequest().setUrn(urn("App", "support")).setNews(struct({}));
    const { name } = (await call(client.check, app)).getInputs()?.toJavaScript() ?? {};
    expect(name).toBe("support");
  });

  it("previews unknown outputs, those that are secret marked", async () => {
    const { create, world } = await serve();
    const preview = await create("Key", "backend", { appId: unknownValue, name: "backend" }, true);
    expect(preview.getProperties()?.toJavaScript()).toEqual({
      appId: unknownValue,
      name: "backend",
      secret: secret(unknownValue),
      jwt: secret(unknownValue),
    });
    expect(preview.getId()).toBe("");
    expect(world.sent).toEqual([]);
  });

  it("creates, previews an update, updates, reads and deletes", async () => {
    const { create, call, client, world } = await serve();
    const app = await create("App", "support", { name: "support" });
    const appId = app.getId();
    const made = await create("Key", "backend", { appId, name: "backend" });
    const [key] = world.emulator.snapshot().keys;
    const jwt = signJwt({ keyId: String(key?.id), secret: String(key?.secret) });
    expect(made.getProperties()?.toJavaScript()).toMatchObject({
      secret: secret(key?.secret),
      jwt: secret(jwt),
    });

    const state = { appId, name: "backend", secret: String(key?.secret), jwt };
    const change = new messages.UpdateRequest()
      .setUrn(urn("Key", "backend"))
      .setId(made.getId())
      .setOlds(struct(state))
      .setNews(struct({ appId, name: "backend", rotateAfterDays: 9 }));
    const preview = await call(client.update, change.clone().setPreview(true));
    expect(preview.getProperties()?.toJavaScript()).toEqual({
      appId,
      name: "backend",
      rotateAfterDays: 9,
      secret: secret(key?.secret),
      jwt: secret(jwt),
    });
    const updated = await call(client.update, change);
    expect(updated.getProperties()?.toJavaScript()).toMatchObject({ rotateAfterDays: 9, jwt: secret(jwt) });

    const read = new messages.ReadRequest().setUrn(urn("Key", "backend")).setId(made.getId());
    const found = await call(
      client.read,
      read.clone().setProperties(made.getProperties()).setInputs(struct({})),
    );
    expect(found.getInputs()?.toJavaScript()).toEqual({ appId, name: "backend" });
    const gotten = await call(
      client.read,
      read.clone().setProperties(struct({ appId })).setInputs(struct({ appId })),
    );
    expect(gotten.getProperties()?.toJavaScript()).toMatchObject({ __read: true, jwt: secret(jwt) });
    const remove = new messages.DeleteRequest().setUrn(urn("Key", "backend")).setId(made.getId());
    await call(client.delete, remove.setProperties(made.getProperties()));
    expect(world.emulator.snapshot().keys).toEqual([]);
    const gone = await call(
      client.read,
      read.clone().setProperties(made.getProperties()).setInputs(struct({})),
    );
    expect(gone.getId()).toBe("");
    await call(client.cancel, new Empty());
  });

  it("imports by an id that names the app", async () => {
    const { create, call, client } = await serve();
    const appId = (await create("App", "support", { name: "support" })).getId();
    const keyId = (await create("Key", "backend", { appId, name: "backend" })).getId();
    const read = new messages.ReadRequest().setUrn(urn("Key", "backend")).setId(`${appId}/${keyId}`);
    const imported = await call(client.read, read);
    expect([imported.getId(), imported.getProperties()?.toJavaScript().__imported]).toEqual([keyId, true]);
    const diff = new messages.DiffRequest().setUrn(urn("Key", "backend")).setId(keyId);
    diff.setOlds(imported.getProperties()).setNews(struct({ appId, name: "other" }));
    await expect(call(client.diff, diff)).rejects.toThrow("name differs. Nothing was changed.");
  });

  it("answers how a state of a dynamic resource differs: only by who manages it", async () => {
    const { create, call, client, world } = await serve();
    const app = await create("App", "support", { name: "support" });
    const diff = async (olds: object, news: object) => {
      const request = new messages.DiffRequest().setUrn(urn("App", "support")).setId(app.getId());
      const response = await call(client.diff, request.setOlds(struct(olds)).setNews(struct(news)));
      return [response.getChanges(), response.getReplacesList()];
    };
    const { DIFF_NONE, DIFF_SOME, DIFF_UNKNOWN } = messages.DiffResponse.DiffChanges;
    expect(await diff({ name: "support" }, { name: "support" })).toEqual([DIFF_NONE, []]);
    expect(await diff({ name: "support" }, { name: "other" })).toEqual([DIFF_UNKNOWN, []]);
    expect(world.said).toEqual([]);
    expect(await diff({ name: "support", __provider: "text" }, { name: "support" })).toEqual([DIFF_SOME, []]);
    expect(world.said).toEqual([
      `pulumi-smooch: app ${app.getId()} was a dynamic resource: this update only records that the plugin manages it`,
    ]);
  });

  it("keeps what exists although a create failed", async () => {
    const { create, call, client, world } = await serve();
    const app = await create("App", "support", { name: "support" });
    // Smooch no longer returns the secret, in no response.
    world.intercept = async (_, forward) => {
      const response = await forward();
      return { ...response, body: response.body.replace(/"secret":"[^"]*"/g, '"secret":""') };
    };
    const failure = await create("Key", "backend", { appId: app.getId(), name: "backend" }).catch(
      (error) => error,
    );
    if (!(failure instanceof Error)) throw new Error("the create succeeded");
    const { details, metadata } = failure as ServiceError;
    const [packed] = metadata.get("grpc-status-details-bin");
    const [detail] = Status.deserializeBinary(packed as Buffer).getDetailsList();
    const kept = detail?.unpack(
      messages.ErrorResourceInitFailed.deserializeBinary,
      "pulumirpc.ErrorResourceInitFailed",
    );
    expect(kept?.getReasonsList()).toEqual([details]);
    expect(kept?.getId()).toBe(world.emulator.snapshot().keys[0]?.id);
    expect(kept?.getProperties()?.toJavaScript()).toMatchObject({ name: "backend" });
    const plain = new messages.ReadRequest().setUrn(urn("Key", "backend")).setId("app_1");
    await expect(call(client.read, plain)).rejects.toThrow("this key has the form <appId>/<keyId>");
  });

  it("names what this version does not have", async () => {
    const { create, call, client } = await serve();
    await expect(create("Ribbon", "it", {})).rejects.toThrow(
      "The plugin of pulumi-smooch 1.2.3 has no resource type smooch:index:Ribbon: check its name, or install a newer plugin",
    );
    const invoke = new messages.InvokeRequest().setTok("smooch:index:getMenu").setArgs(struct({}));
    await expect(call(client.invoke, invoke)).rejects.toThrow("has no function smooch:index:getMenu");
  });

  it("calls functions, and marks what is secret in their results", async () => {
    const { create, call, client } = await serve();
    const appId = (await create("App", "support", { name: "support" })).getId();
    const key = await create("Key", "backend", { appId, name: "backend" });
    const invoke = async (name: string, args: object) => {
      const request = new messages.InvokeRequest().setTok(`smooch:index:${name}`).setArgs(struct(args));
      return (await call(client.invoke, request)).getReturn()?.toJavaScript();
    };
    expect(await invoke("getApp", { appId })).toMatchObject({ id: appId, name: "support" });
    expect(await invoke("getKeys", { appId })).toMatchObject({ keys: { [signatureKey]: secretSignature } });
    expect(await invoke("getKeyJwt", { appId, keyId: key.getId() })).toMatchObject({
      jwt: { [signatureKey]: secretSignature },
    });
    const pair = { keyId: key.getId(), secret: "s3cret" };
    expect(await invoke("signJwt", { ...pair, scope: "user", userId: "ann" })).toEqual({
      jwt: secret(signJwt(pair, { scope: "user", userId: "ann" })),
    });
    await expect(invoke("getApp", { appId: "../x" })).rejects.toThrow("appId must be an id");
  });

  it("checks its settings, and keeps new ones without replacing anything", async () => {
    const { call, client } = await serve();
    const check = new messages.CheckRequest().setNews(struct({ region: "mars", accountToken: "t" }));
    const checked = await call(client.checkConfig, check);
    expect(checked.getFailuresList().map((failure) => failure.getReason())).toEqual([
      "smooch:region is not a region; use us or eu-1",
    ]);
    const diff = (olds: object, news: object) =>
      call(client.diffConfig, new messages.DiffRequest().setOlds(struct(olds)).setNews(struct(news)));
    const same = await diff({ region: "us" }, { region: "us" });
    const other = await diff({ region: "us" }, { region: "eu-1" });
    expect([same, other].map((one) => [one.getChanges(), one.getReplacesList()])).toEqual([
      // The engine also compares which of them are secret.
      [messages.DiffResponse.DiffChanges.DIFF_UNKNOWN, []],
      [messages.DiffResponse.DiffChanges.DIFF_SOME, []],
    ]);
    expect((await call(client.getPluginInfo, new Empty())).getVersion()).toBe("1.2.3");
    expect((await call(client.getSchema, new messages.GetSchemaRequest())).getSchema()).toBe(
      '{"name":"smooch"}',
    );
  });
});
