import { isDeepStrictEqual } from "node:util";
import { afterAll, afterEach, beforeAll } from "vitest";
import { type RunningEmulator, startEmulator } from "../../src/emulator/index";
import { program } from "./damage";
import { environmentFor, expectUsed, Stack } from "./stack";

/** Lost answers are not waited for at length. */
const quick = { SMOOCH_REQUEST_TIMEOUT: "1" };

/** A stack that is up, shared by the tests of a file: each gets it sound, whatever the one before did to its state. */
export function sharedStack(): { readonly stack: Stack } {
  let patient: Patient | undefined;
  beforeAll(async () => {
    patient = await Patient.admit();
  });
  afterEach(() => patient?.heal());
  afterAll(() => patient?.discharge());
  return {
    get stack() {
      if (patient === undefined) throw new Error("the stack did not come up");
      return patient.stack;
    },
  };
}

class Patient {
  /** The state while it was sound, and what was in Smooch then. */
  #state = "";
  #objects: object = {};

  private constructor(
    readonly stack: Stack,
    private readonly api: RunningEmulator,
  ) {}

  static async admit(): Promise<Patient> {
    const api = await startEmulator({ checkTargets: false });
    const patient = new Patient(await Stack.create(api, program()), api);
    Object.assign(patient.stack.environment, quick);
    await patient.stack.up();
    await patient.#remember();
    return patient;
  }

  /** Puts the state right, and what a test changed in Smooch. */
  async heal(): Promise<void> {
    const { stack } = this;
    this.api.emulator.setFaults(undefined);
    stack.environment = { ...environmentFor(this.api), ...quick };
    stack.program = program();
    await stack.imported(this.#state);
    if (isDeepStrictEqual(this.api.emulator.snapshot(), this.#objects)) return;
    await stack.up("--refresh");
    await this.#remember();
  }

  async discharge(): Promise<void> {
    await this.stack.destroy();
    expectUsed(this.api);
    this.stack.dispose();
    await this.api.close();
  }

  async #remember(): Promise<void> {
    this.#state = await this.stack.exported();
    this.#objects = this.api.emulator.snapshot();
  }
}
