import type { handleUnaryCall, UntypedServiceImplementation } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import {
  CheckFailure as CheckFailureMessage,
  type CheckRequest,
  CheckResponse,
  type ConfigureRequest,
  ConfigureResponse,
  type CreateRequest,
  CreateResponse,
  type DeleteRequest,
  type DiffRequest,
  DiffResponse,
  GetSchemaResponse,
  type InvokeRequest,
  InvokeResponse,
  type ReadRequest,
  ReadResponse,
  type UpdateRequest,
  UpdateResponse,
} from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { byKind } from "../kinds";
import { withoutValue } from "../provider/calls";
import type { Connection } from "../provider/connection";
import type { Run } from "../provider/crash/run";
import type { DiffResult } from "../provider/diff";
import { PartialFailure } from "../provider/failures";
import type { CheckFailure, Properties } from "../provider/kind";
import { readSettings } from "../provider/settings";
import { canonical } from "../provider/values";
import { initFailure, serviceError } from "./failures";
import { callFunction } from "./functions";
import { type PluginResource, pluginResource } from "./resource";
import { fromStruct, toStruct } from "./struct";
import { kindOfType, parseUrn, type Urn } from "./urn";

/** What the service needs from its process. */
export interface PluginProcess {
  connection: Connection;
  run: Run;
  environment: Readonly<Record<string, string | undefined>>;
  /** The package's schema as JSON. */
  schema(): string;
  version: string;
}

/** Pulumi's gRPC service `ResourceProvider` over the lifecycle. What is missing here, the package does not support. */
export function pluginService(plugin: PluginProcess): UntypedServiceImplementation {
  const { connection, version } = plugin;
  const resources = byKind((name) => pluginResource(name, connection));

  /** What serves a resource, and its URN; every call about one names the project that this process serves. */
  function find(request: { getUrn(): string }): { resource: PluginResource; urn: Urn } {
    const urn = parseUrn(request.getUrn());
    plugin.run.project = urn.project;
    return { resource: resources[kindOfType(urn.type, version)], urn };
  }

  return {
    getPluginInfo: unary(() => new PluginInfo().setVersion(version)),

    getSchema: unary(() => new GetSchemaResponse().setSchema(plugin.schema())),

    checkConfig: unary((request: CheckRequest) => {
      const news = fromStruct(request.getNews());
      const settings = readSettings(reader(news), plugin.environment);
      return toCheckResponse(news, "failures" in settings ? settings.failures.map(withoutValue) : []);
    }),

    // A change of the settings replaces nothing, but the state must get the new ones. Equal ones are left to the engine,
    // which also compares whether they are secret.
    diffConfig: unary((request: DiffRequest) => {
      const isSame = canonical(fromStruct(request.getOlds())) === canonical(fromStruct(request.getNews()));
      return isSame ? new DiffResponse() : toDiffResponse({ changes: true });
    }),

    configure: unary((request: ConfigureRequest) => {
      connection.configure(reader(fromStruct(request.getArgs())));
      return new ConfigureResponse().setSupportspreview(true);
    }),

    invoke: unary(async (request: InvokeRequest) => {
      const result = await callFunction(request.getTok(), fromStruct(request.getArgs()), connection);
      return new InvokeResponse().setReturn(toStruct(result));
    }),

    check: unary((request: CheckRequest) => {
      const { resource, urn } = find(request);
      const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
      const { inputs, failures } = resource.check(urn, olds, news);
      return toCheckResponse(inputs, failures);
    }),

    diff: unary((request: DiffRequest) => {
      const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
      return toDiffResponse(find(request).resource.diff(request.getId(), olds, news));
    }),

    create: unary(async (request: CreateRequest) => {
      const { resource } = find(request);
      const inputs = fromStruct(request.getProperties());
      if (request.getPreview())
        return new CreateResponse().setProperties(toStruct(resource.previewCreate(inputs)));
      const { id, outputs } = await reportingPartial(resource, () => resource.create(inputs));
      return new CreateResponse().setId(id).setProperties(toStruct(outputs));
    }),

    read: unary(async (request: ReadRequest) => {
      const { resource, urn } = find(request);
      const state = fromStruct(request.getProperties());
      // For a resource in the state and for `get`, the engine names what it knows.
      const isImport = Object.keys(state).length === 0 && !request.hasInputs();
      const found = await reportingPartial(resource, () =>
        isImport ? resource.import(urn, request.getId()) : resource.read(request.getId(), state),
      );
      if (found === undefined) return new ReadResponse();
      const { id, outputs, inputs } = found;
      return new ReadResponse().setId(id).setProperties(toStruct(outputs)).setInputs(toStruct(inputs));
    }),

    update: unary(async (request: UpdateRequest) => {
      const { resource } = find(request);
      const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
      const outputs = request.getPreview()
        ? resource.previewUpdate(olds, news)
        : await reportingPartial(resource, () => resource.update(request.getId(), olds, news));
      return new UpdateResponse().setProperties(toStruct(outputs));
    }),

    delete: unary(async (request: DeleteRequest) => {
      const { resource } = find(request);
      const state = fromStruct(request.getProperties());
      await reportingPartial(resource, () => resource.delete(request.getId(), state));
      return new Empty();
    }),

    // Calls in progress finish, so that their results reach the state.
    cancel: unary(() => new Empty()),
  };
}

/** Answers one request; a thrown error becomes the call's. */
function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    const answered = (async () => answer(call.request))();
    answered.then(
      (response) => callback(null, response),
      (error: unknown) => callback(serviceError(error)),
    );
  };
}

/** Passes on what exists although the call failed. */
async function reportingPartial<T>(resource: PluginResource, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    if (!(error instanceof PartialFailure)) throw error;
    throw initFailure(error, resource.toWire(error.id, error.outputs));
  }
}

/** Looks up a setting by its full name in a provider's configuration, where names lack the package. */
function reader(configuration: Properties): (name: string) => string | undefined {
  return (name) => {
    const value = configuration[name.replace("smooch:", "")];
    return value === undefined ? undefined : String(value);
  };
}

function toCheckResponse(inputs: Properties, failures: readonly CheckFailure[]): CheckResponse {
  const messages = failures.map(({ property, reason }) =>
    new CheckFailureMessage().setProperty(property).setReason(reason),
  );
  return new CheckResponse().setInputs(toStruct(inputs)).setFailuresList(messages);
}

function toDiffResponse({ changes, replaces = [], deleteBeforeReplace = false }: DiffResult): DiffResponse {
  // If it is unknown, the engine compares the inputs, and applies the resource option `replaceOnChanges`.
  const { DIFF_NONE, DIFF_SOME, DIFF_UNKNOWN } = DiffResponse.DiffChanges;
  return new DiffResponse()
    .setChanges(changes === undefined ? DIFF_UNKNOWN : changes ? DIFF_SOME : DIFF_NONE)
    .setReplacesList(replaces)
    .setDeletebeforereplace(deleteBeforeReplace);
}
