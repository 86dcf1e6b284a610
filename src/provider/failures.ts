import { idForm } from "../smooch/ids";
import type { Properties } from "./kind";

/** The object exists, or may exist, although the operation failed: Pulumi keeps it in the state with the reason. */
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
  constructor(noun: string, id: string) {
    super(
      `Smooch has no ${noun} ${id}, or these credentials do not see it (HTTP 404). Check the id and the account.`,
    );
  }
}

export class WrongAccountError extends Error {
  constructor(noun: string, id: string) {
    super(
      `Smooch does not know ${noun} ${id} (HTTP 404), but other credentials, or another API address, saw it last: it may be alive in an account that these do not see. Nothing was changed. Use the account it belongs to; if it is surely gone, remove it from the state with \`pulumi state delete\`.`,
    );
  }
}

export class ExistingObjectError extends Error {
  constructor(noun: string, id: string) {
    super(
      `Smooch answered with ${noun} ${id}, which was there before, instead of creating one. Nothing was changed. Delete that ${noun} if nothing uses it, or adopt it, then run the same command again.`,
    );
  }
}

export class UnresolvedError extends Error {
  constructor(noun: string, id: string) {
    super(
      `Nobody knows whether this ${noun} (${id}) exists: run \`pulumi up\` without --target to have it made anew.`,
    );
  }
}

export class AmbiguityError extends Error {
  constructor(noun: string, ids: string) {
    super(
      `An earlier request to create this ${noun} may have made one of ${ids}. Nothing was deleted. Delete those that nothing uses in Smooch, then run the same command again.`,
    );
  }
}

export class DamagedStateError extends Error {
  constructor(noun: string, id: string, names: string) {
    super(
      `The state of ${noun} ${id} is damaged: ${names} is missing or unreadable. Nothing was done. Mend it with \`pulumi stack export\` and \`pulumi stack import\`.`,
    );
  }
}

/** In a state, or given to `get`. */
export class NotAnIdError extends Error {
  constructor(noun: string, id: string) {
    super(
      `${JSON.stringify(id)} cannot be the id of a ${noun}: ids have ${idForm} only. Nothing was done. Correct it in the program; in a state, with \`pulumi stack export\` and \`pulumi stack import\`.`,
    );
  }
}

/** What is declared is not what is there, so it is not taken over. */
export class MismatchError extends Error {
  constructor(noun: string, id: string, differences: readonly string[]) {
    super(
      `${noun} ${id} cannot be adopted, because it is not as the program declares it: ${differences.join("; ")}. Nothing was changed. Make the program say what is there; change it after it is adopted.`,
    );
  }
}

export class NoCreationTimeError extends Error {
  constructor(input: string, id: string) {
    super(`${input} cannot be used with ${id}: that id does not tell when it was created`);
  }
}
