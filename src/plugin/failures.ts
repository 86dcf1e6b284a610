import { status as codes, Metadata, type ServiceError } from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import type { PartialFailure } from "../provider/failures";
import type { Properties } from "../provider/kind";
import { toStruct } from "./struct";

/** An error for the engine, which prints its details: only the message. */
export function serviceError(error: unknown): Partial<ServiceError> {
  if (error instanceof FailedCall) return error.status;
  return { code: codes.UNKNOWN, details: error instanceof Error ? error.message : String(error) };
}

class FailedCall extends Error {
  constructor(readonly status: Partial<ServiceError>) {
    super(status.details);
  }
}

/** The engine stores the outputs of an object that exists, with the reason why the call failed. */
export function initFailure({ id, message }: PartialFailure, outputs: Properties): Error {
  const failure = new ErrorResourceInitFailed()
    .setId(id)
    .setProperties(toStruct(outputs))
    .setReasonsList([message]);
  const detail = new Any();
  detail.pack(failure.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status().setCode(codes.UNKNOWN).setMessage(message).setDetailsList([detail]);
  const metadata = new Metadata();
  metadata.set("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return new FailedCall({ code: codes.UNKNOWN, details: message, metadata });
}
