import type { Properties } from "../../src/provider/kind";
import type { Random } from "./random";

export const kindNames = ["app", "key", "webhook"] as const;
export type KindName = (typeof kindNames)[number];

/** One resource as a user's program declares it. */
export interface Declared {
  name: string;
  kind: KindName;
  /** The app it belongs to, by the name of that resource; its `appId` is that app's id. */
  app?: string;
  inputs: Properties;
}

/** A user's program: apps come before what belongs to them. */
export type Program = readonly Declared[];

/** Random programs, and what people do to them. Names are never used twice. */
export class Author {
  #count = 0;

  constructor(
    private readonly random: Random,
    /** Smaller programs where each step is expensive. */
    private readonly size: "full" | "small",
  ) {}

  write(): Program {
    const apps = Array.from({ length: this.random.int(1, this.size === "full" ? 3 : 2) }, () => this.#app());
    return arrange([...apps, ...apps.flatMap((app) => this.#contents(app.name))]);
  }

  /** The program after one to three changes. */
  edit(program: Program): Program {
    let edited = program;
    for (let changes = this.random.int(1, 3); changes > 0; changes--) edited = this.#change(edited);
    return arrange(edited);
  }

  /** The program without one of its keys or webhooks, if it has any. */
  shorten(program: Program): Program | undefined {
    const removable = program.filter(({ kind }) => kind !== "app");
    if (removable.length === 0) return undefined;
    const { name } = this.random.pick(removable);
    return program.filter((resource) => resource.name !== name);
  }

  #contents(app: string): Declared[] {
    const [keys, webhooks] = this.size === "full" ? [4, 3] : [2, 2];
    return [
      ...Array.from({ length: this.random.int(0, keys) }, () => this.#key(app)),
      ...Array.from({ length: this.random.int(0, webhooks) }, () => this.#webhook(app)),
    ];
  }

  #app(): Declared {
    const { random } = this;
    return {
      name: this.#name("app"),
      kind: "app",
      inputs: {
        // Few names, so that apps of one name are met.
        name: random.pick(["Shop", "Support", "Sales"]),
        ...(random.chance(0.5) && { settings: this.#settings() }),
        ...(random.chance(0.5) && {
          metadata: { team: random.pick(["red", "blue"]), tier: random.int(1, 3) },
        }),
      },
    };
  }

  #key(app: string): Declared {
    const { random } = this;
    const keepers = random.chance(0.6) && { keepers: { rotated: random.int(1, 1000) } };
    const name = random.pick(["backend", "worker", "bot"]);
    return { name: this.#name("key"), kind: "key", app, inputs: { name, ...keepers } };
  }

  #webhook(app: string): Declared {
    const name = this.#name("webhook");
    const inputs = { target: `https://${name}.example/in`, triggers: this.#triggers() };
    return { name, kind: "webhook", app, inputs };
  }

  #change(program: Program): Program {
    const { random } = this;
    if (program.length === 0) return this.write();
    const one = random.pick(program);
    const replace = (inputs: Properties, app = one.app): Program =>
      program.map((resource) =>
        resource === one ? { ...one, ...(app !== undefined && { app }), inputs } : resource,
      );
    const apps = program.filter(({ kind }) => kind === "app");
    const dice = random.next();
    if (dice < 0.12) {
      const { name: app } = random.pick(apps);
      // Strangers and rotations take places as well: the limit of 10 is the API's, and no fault.
      const isFull =
        program.filter((resource) => resource.kind === "key" && resource.app === app).length >= 4;
      return isFull ? program : [...program, this.#key(app)];
    }
    if (dice < 0.24) return [...program, this.#webhook(random.pick(apps).name)];
    if (dice < 0.28) return [...program, this.#app()];
    if (dice < 0.42 && (one.kind !== "app" || apps.length > 1))
      return program.filter((resource) => resource !== one && resource.app !== one.name);
    switch (one.kind) {
      case "app":
        return replace({ ...one.inputs, ...this.#appChange() });
      case "key":
        if (random.chance(0.2)) return replace({ ...one.inputs, name: random.pick(["backend", "worker"]) });
        return replace({ ...one.inputs, keepers: { rotated: random.int(1, 1000) } });
      case "webhook":
        if (random.chance(0.3)) return replace(one.inputs, random.pick(apps).name);
        if (random.chance(0.5)) return replace({ ...one.inputs, triggers: this.#triggers() });
        return replace({ ...one.inputs, target: `https://${one.name}.example/v${random.int(1, 1000)}` });
    }
  }

  #appChange(): Properties {
    const { random } = this;
    const dice = random.next();
    if (dice < 0.4) return { name: random.pick(["Shop", "Support", "Sales", "Service"]) };
    if (dice < 0.7) return { settings: this.#settings() };
    return { metadata: { team: random.pick(["red", "blue", "green"]), tier: random.int(1, 9) } };
  }

  #settings(): Properties {
    return { [this.random.pick(["maskCreditCardNumbers", "useAnimalNames"])]: this.random.chance(0.5) };
  }

  #triggers(): string[] {
    return this.random.pick([
      ["message"],
      ["*"],
      ["message:appUser", "postback"],
      ["postback", "message:appUser"],
    ]);
  }

  #name(kind: KindName): string {
    return `${kind}${++this.#count}`;
  }
}

function arrange(program: Program): Program {
  return [...program].sort((a, b) => Number(a.kind !== "app") - Number(b.kind !== "app"));
}
