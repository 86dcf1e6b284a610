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

export class NotFoundError extends Error {
  constructor(label: string, id: string) {
    super(
      `Smooch has no ${label} ${id}, or these credentials cannot see it (HTTP 404). Check the id and the account.`,
    );
  }
}

/** There is none although the program refers to the only one there. */
export class NoneToAdoptError extends Error {
  constructor(label: string) {
    super(`Smooch has no ${label} there: create it instead of adopting it, or check its app.`);
  }
}

/** There are several although there should be one at most. */
export class SeveralError extends Error {
  constructor(label: string, ids: readonly string[]) {
    super(`Smooch has several ${label}s there: ${ids.join(", ")}. Name the one that you mean by its id.`);
  }
}

/** A 404 from Smooch that does not prove that the object is gone. */
export class UnprovenGoneError extends Error {
  constructor(label: string, id: string, why: string) {
    super(`Smooch cannot find ${label} ${id} (HTTP 404), but ${why}. Nothing was changed.`);
  }
}

export class StillThereError extends Error {
  constructor(label: string, id: string) {
    super(`Smooch was asked several times to delete ${label} ${id}, but it still exists.`);
  }
}

export class ExistingObjectError extends Error {
  constructor(label: string, id: string) {
    super(
      `Smooch already has ${label} ${id}, and does not create a second one. Nothing was changed. Delete that ${label} if nothing uses it, or adopt it, then run the same command again. If another resource of this stack manages it, declare it only once.`,
    );
  }
}

export class UnresolvedError extends Error {
  constructor(label: string, id: string) {
    super(
      `It is unknown whether this ${label} (${id}) exists: run \`pulumi up\` without --target, which looks for it and creates it if it does not exist.`,
    );
  }
}

/**
 * An interrupted or lost create may have made an object, or one that now differs from the program: the user must
 * decide.
 */
export class InterruptedCreateError extends Error {}

export class DamagedStateError extends Error {
  constructor(label: string, id: string, names: string) {
    super(
      `The state of ${label} ${id} is damaged: ${names} is missing or unreadable. Nothing was done. Repair it with \`pulumi stack export\` and \`pulumi stack import\`.`,
    );
  }
}

/** An object that is only read cannot be found without them. */
export class MissingAddressError extends Error {
  constructor(label: string, id: string, names: string) {
    super(`${label} ${id} cannot be read without a valid ${names}: pass it to \`get\`.`);
  }
}

/** For an id in a state, or one passed to `get`. */
export class NotAnIdError extends Error {
  constructor(label: string) {
    super(
      `The id given for this ${label} is not valid: ids contain ${idForm} only. Nothing was done. Correct it in the program; in a state, with \`pulumi stack export\` and \`pulumi stack import\`.`,
    );
  }
}

/** The existing object differs from what the program declares, so it is not adopted. */
export class MismatchError extends Error {
  constructor(label: string, id: string, differences: readonly string[]) {
    super(
      `${label} ${id} cannot be adopted, because it is not as the program declares it: ${differences.join("; ")}. Nothing was changed. Make the program match it (\`npx pulumi-smooch export\` writes it); change it after it is adopted.`,
    );
  }
}

/** The webhook in a v2 custom integration was deleted, but not the integration. */
export class DeletedWebhookError extends Error {
  constructor(integrationId: string) {
    super(
      `The webhook of custom integration ${integrationId} was deleted in Smooch. Run \`pulumi refresh\` and then \`pulumi up\`, which replaces the integration.`,
    );
  }
}

export class MissingOutputError extends Error {
  constructor(label: string, id: string, names: string, consequence: string) {
    super(`Smooch does not return the ${names} of ${label} ${id}, ${consequence}`);
  }
}

export class NoCreationTimeError extends Error {
  constructor(input: string) {
    super(`${input} cannot be used: the object's id does not tell when it was created`);
  }
}
