/** The plugin `pulumi-resource-smooch`: serves Pulumi programs in every language. Pulumi starts it with its engine's address. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { connectToEngine } from "../provider/process";
import { engineLog } from "./log";
import { pluginService } from "./service";

const { connection, run } = connectToEngine(engineLog);

const schema = () => readFileSync(join(__dirname, "schema.json"), "utf8");
const { version } = JSON.parse(schema()) as { version: string };

const server = new Server({
  // A state may hold large metadata.
  "grpc.max_receive_message_length": -1,
  "grpc.max_send_message_length": -1,
});
server.addService(
  ResourceProviderService,
  pluginService({ connection, run, environment: process.env, schema, version }),
);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  // The engine reads the port from the first line.
  process.stdout.write(`${port}\n`);
});
