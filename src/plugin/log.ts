import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { LogRequest, LogSeverity } from "@pulumi/pulumi/proto/engine_pb";

/** Prints through the engine, which hides what a plugin prints itself. */
export function engineLog(address: string): (line: string, severity?: "info") => void {
  let engine: EngineClient | undefined;
  return (line, severity) => {
    engine ??= new EngineClient(address, credentials.createInsecure());
    const level = severity === "info" ? LogSeverity.INFO : LogSeverity.WARNING;
    // An error means that the engine has ended.
    engine.log(new LogRequest().setSeverity(level).setMessage(line), () => {});
  };
}
