import { idForm } from "../smooch/ids";
import type { Properties } from "./kind";

/** The operation failed, but the object exists or may exist: Pulumi keeps it in the state with the reason. */
export class PartialFailure extends Error {
  constructor(
    readonly id: string,
    readonly outputs: Properties,
    reason: string,
  ) {
    super(reason);
  }
}

export function notFoundError(label: string, id: string): Error {
  return new Error(
    `Smooch has no ${label} ${id}, or these credentials cannot see it (HTTP 404). Check the id and the account.`,
  );
}

/** There is none although the program refers to the only one there. */
export function noneToAdoptError(label: string): Error {
  return new Error(`Smooch has no ${label} there: create it instead of adopting it, or check its app.`);
}

/** There are several although there should be one at most. */
export function severalError(label: string, ids: readonly string[]): Error {
  return new Error(
    `Smooch has several ${label}s there: ${ids.join(", ")}. Name the one that you mean by its id.`,
  );
}

/** A 404 from Smooch that does not prove that the object is gone. */
export class UnprovenGoneError extends Error {
  constructor(label: string, id: string, why: string) {
    super(`Smooch cannot find ${label} ${id} (HTTP 404), but ${why}. Nothing was changed.`);
  }
}

export function stillThereError(label: string, id: string): Error {
  return new Error(`Smooch was asked several times to delete ${label} ${id}, but it still exists.`);
}

export function existingObjectError(label: string, id: string): Error {
  return new Error(
    `Smooch already has ${label} ${id}, and does not create a second one. Nothing was changed. Delete that ${label} if nothing uses it, or adopt it, then run the same command again. If another resource of this stack manages it, declare it only once.`,
  );
}

export function unresolvedError(label: string, id: string): Error {
  return new Error(
    `It is unknown whether this ${label} (${id}) exists: run \`pulumi up\` without --target, which looks for it and creates it if it does not exist.`,
  );
}

/**
 * An interrupted or lost create may have made an object, or one that now differs from the program: the user must
 * decide.
 */
export class InterruptedCreateError extends Error {}

export function damagedStateError(label: string, id: string, names: string): Error {
  return new Error(
    `The state of ${label} ${id} is damaged: ${names} is missing or unreadable. Nothing was done. Repair it with \`pulumi stack export\` and \`pulumi stack import\`.`,
  );
}

/** An object that is only read cannot be found without them. */
export function missingAddressError(label: string, id: string, names: string): Error {
  return new Error(`${label} ${id} cannot be read without a valid ${names}: pass it to \`get\`.`);
}

/** For an id in a state, or one passed to `get`. */
export function notAnIdError(label: string): Error {
  return new Error(
    `The id given for this ${label} is not valid: ids contain ${idForm} only. Nothing was done. Correct it in the program; in a state, with \`pulumi stack export\` and \`pulumi stack import\`.`,
  );
}

/** The existing object differs from what the program declares, so it is not adopted. */
export function mismatchError(label: string, id: string, differences: readonly string[]): Error {
  return new Error(
    `${label} ${id} cannot be adopted, because it is not as the program declares it: ${differences.join("; ")}. Nothing was changed. Make the program match it (\`npx pulumi-smooch export\` writes it); change it after it is adopted.`,
  );
}

/** The webhook in a v2 custom integration was deleted, but not the integration. */
export function deletedWebhookError(integrationId: string): Error {
  return new Error(
    `The webhook of custom integration ${integrationId} was deleted in Smooch. Run \`pulumi refresh\` and then \`pulumi up\`, which replaces the integration.`,
  );
}

export function missingOutputError(label: string, id: string, names: string, consequence: string): Error {
  return new Error(`Smooch does not return the ${names} of ${label} ${id}, ${consequence}`);
}

export function noCreationTimeError(input: string): Error {
  return new Error(`${input} cannot be used: the object's id does not tell when it was created`);
}
