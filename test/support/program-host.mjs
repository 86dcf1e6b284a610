/**
 * Runs inline programs for a test: the language host that Pulumi's Automation API has for them, in a process of its
 * own, because Node.js reports a failed registration as an unhandled rejection. Sends its port to the parent.
 *
 * Unless a program requires the package, its resources are those of the plugin, under the names of the package's
 * classes. These classes do what a generated SDK does, and are made of the plugin's schema.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import grpc from "@grpc/grpc-js";
import pulumi from "@pulumi/pulumi";

const require = createRequire(import.meta.url);
const { LanguageServer } = require("@pulumi/pulumi/automation/server.js");
const { LanguageRuntimeService } = require("@pulumi/pulumi/proto/language_grpc_pb.js");
const { grpcClientOptions } = require("@pulumi/pulumi/runtime/settings.js");
const schema = require("../../dist/plugin/schema.json");
const dist = require.resolve("pulumi-smooch").replace(/index\.js$/, "");

// Without this, clients of one process share their connections by address: an engine that has the port of one that ended
// a moment ago would count as unavailable.
grpcClientOptions["grpc.use_local_subchannel_pool"] = 1;

function classOf([type, { properties, inputProperties, aliases }]) {
  const outputs = Object.fromEntries(Object.keys(properties).map((name) => [name, undefined]));
  const additionalSecretOutputs = Object.keys(properties).filter((name) => properties[name].secret);
  const marked = ([name, value]) => [name, inputProperties[name]?.secret ? pulumi.secret(value) : value];
  return class extends pulumi.CustomResource {
    constructor(name, inputs = {}, options = {}) {
      const properties = { ...outputs, ...Object.fromEntries(Object.entries(inputs).map(marked)) };
      super(type, name, properties, pulumi.mergeOptions(options, { additionalSecretOutputs, aliases }));
    }
  };
}

class SmoochProvider extends pulumi.ProviderResource {
  constructor(name, inputs = {}, options = {}) {
    // Pulumi passes the settings of a provider as strings.
    const text = (value) => (typeof value === "string" ? value : pulumi.jsonStringify(value));
    const properties = Object.entries(inputs).map(([key, value]) => [
      key,
      pulumi.output(value).apply((known) => text(known)),
    ]);
    super("smooch", name, Object.fromEntries(properties), options);
  }
}

const smooch = { SmoochProvider };
for (const resource of Object.entries(schema.resources)) {
  const [, , type] = resource[0].split(":");
  smooch[`Smooch${type}`] = classOf(resource);
}

/** Loads this package anew for each program, as for a process of its own. */
function freshRequire(name) {
  for (const file of Object.keys(require.cache)) if (file.startsWith(dist)) delete require.cache[file];
  return require(name);
}

const service = {
  run(call, callback) {
    const text = readFileSync(join(call.request.getInfo().getRootDirectory(), "program.js"), "utf8");
    const program = async () => {
      const exports = {};
      new Function("pulumi", "smooch", "exports", "require", text)(pulumi, smooch, exports, freshRequire);
      return exports;
    };
    return new LanguageServer(program).run(call, callback);
  },
  getRequiredPlugins: LanguageServer.prototype.getRequiredPlugins,
  getPluginInfo: LanguageServer.prototype.getPluginInfo,
};

const server = new grpc.Server();
server.addService(LanguageRuntimeService, service);
server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error;
  process.send(port);
});
process.on("disconnect", () => process.exit());
