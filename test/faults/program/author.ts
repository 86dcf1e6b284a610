import type { KindName } from "../../../src/kinds";
import type { Properties } from "../../../src/provider/kind";
import { type ApiVersion, apiVersions } from "../../../src/smooch/api-version";
import type { Random } from "../../support/random";
import { changeField, channelTypes, type Draw, makeFields } from "./channels";
import { consistent } from "./consistent";
import { drawOther, otherKindsFor, placesFor } from "./other-kinds";
import { appOf, type Declared, type Program, without } from "./program";
import { idOf } from "./references";
import { holderInputs } from "./schema-inputs";
import { triggerChoices } from "./triggers";

/** Writes random programs for one API version, and edits them as people do. Names are never used twice. */
export class Author {
  #count = 0;
  /** The program before the edit. */
  #before: Program = [];

  constructor(
    private readonly random: Random,
    /** Programs are small if each step is expensive. */
    private readonly size: "full" | "small",
    private readonly version: ApiVersion,
    private readonly credential: "account" | "service",
  ) {}

  write(): Program {
    const apps = Array.from({ length: this.random.int(1, this.size === "full" ? 3 : 2) }, () => this.#app());
    let program: Program = [...apps, ...apps.flatMap((app) => this.#contents(app.name))];
    for (const kind of otherKindsFor(this.version, this.credential))
      for (const place of placesFor(kind, program, []))
        if (this.random.chance(0.4)) program = [...program, this.#other(kind, place, program)];
    return consistent(program);
  }

  /** The program after one to three changes. */
  edit(program: Program): Program {
    this.#before = program;
    let edited = program;
    for (let changes = this.random.int(1, 3); changes > 0; changes--) edited = this.#change(edited);
    return consistent(edited);
  }

  /** The program without one of the resources in its apps and what it holds, if there are any. */
  shorten(program: Program): Program | undefined {
    const removable = program.filter(({ kind }) => kind !== "app");
    if (removable.length === 0) return undefined;
    const { name } = this.random.pick(removable);
    return consistent(program.filter((resource) => resource.name !== name));
  }

  #contents(app: string): Declared[] {
    const [keys, webhooks, integrations] = this.size === "full" ? [3, 3, 2] : [2, 2, 1];
    let contents: Declared[] = [
      ...Array.from({ length: this.random.int(0, keys) }, () => this.#key(app)),
      ...Array.from({ length: this.random.int(0, webhooks) }, () => this.#webhook(app)),
    ];
    for (let count = this.random.int(0, integrations); count > 0; count--)
      contents = [...contents, this.#integration(app, contents)];
    return contents;
  }

  #other(kind: KindName, place: Properties, program: Program): Declared {
    const placed = { name: this.#name(kind), kind, inputs: place };
    return { ...placed, inputs: drawOther(placed, this.random, program, true) };
  }

  #app(): Declared {
    const { random } = this;
    return {
      name: this.#name("app"),
      kind: "app",
      inputs: {
        // Few names, so that some apps have the same one.
        name: random.pick(["Shop", "Support", "Sales"]),
        ...(random.chance(0.5) && { settings: this.#settings() }),
        ...(random.chance(0.5) && {
          metadata: this.#metadata(),
        }),
      },
    };
  }

  #key(app: string): Declared {
    const { random } = this;
    const keepers = random.chance(0.6) && { keepers: { rotated: random.int(1, 1000) } };
    const name = random.pick(["backend", "worker", "bot"]);
    return { name: this.#name("key"), kind: "key", inputs: { appId: idOf(app), name, ...keepers } };
  }

  #webhook(app: string): Declared {
    const { random } = this;
    const name = this.#name("webhook");
    const target = `https://${name}.example/in`;
    // When a stack moves to another API version, some webhooks move before or after it.
    const version = random.chance(0.1) ? random.pick(apiVersions) : this.version;
    const inputs = { appId: idOf(app), target, ...this.#webhookParts(version) };
    return { name, kind: "webhook", inputs };
  }

  /** All but the target. */
  #webhookParts(version: ApiVersion): Properties {
    const { random } = this;
    const flag = () => version !== "v1" && random.chance(0.3);
    return {
      ...(version !== this.version && { version }),
      ...this.#triggers(version),
      ...(flag() && { includeFullUser: random.chance(0.5) }),
      ...(flag() && { includeClient: random.chance(0.5) }),
      ...(version === "v2" && this.#displayName()),
    };
  }

  #integration(app: string, program: Program): Declared {
    const { random, version } = this;
    const name = this.#name("integration");
    const types = channelTypes(version).filter((type) => this.#hasRoom(app, type, program));
    // In v2 a webhook is a custom integration, and can be declared as one as well: only such a one has keys.
    const isCustom = version === "v2" && random.chance(0.35);
    const type = isCustom ? "custom" : random.pick(types);
    const fields = isCustom ? this.#customPart(name) : makeFields(type, version, this.#draw);
    const displayName = version !== "v1" && this.#displayName();
    return { name, kind: "integration", inputs: { appId: idOf(app), type, ...fields, ...displayName } };
  }

  /** Older API versions allow only one web integration per app, and a removed one is deleted at the end. */
  #hasRoom(app: string, type: unknown, program: Program): boolean {
    const isOne = (other: Declared) => other.inputs.type === "web" && appOf(other) === app;
    return type !== "web" || this.version === "v2" || ![...program, ...this.#before].some(isOne);
  }

  #change(program: Program): Program {
    const { random } = this;
    if (program.length === 0) return this.write();
    const one = random.pick(program);
    const apps = program.filter(({ kind }) => kind === "app");
    const roll = random.next();
    if (roll < 0.1) {
      const { name: app } = random.pick(apps);
      // Namesakes and rotations need room too, and reaching the API's limit of 10 keys is not a fault.
      const isFull =
        program.filter((resource) => resource.kind === "key" && appOf(resource) === app).length >= 4;
      return isFull ? program : [...program, this.#key(app)];
    }
    if (roll < 0.18) return [...program, this.#webhook(random.pick(apps).name)];
    if (roll < 0.26) return [...program, this.#integration(random.pick(apps).name, program)];
    if (roll < 0.3) return [...program, this.#app()];
    if (roll < 0.4) return this.#addOther(program);
    if (roll < 0.54 && (one.kind !== "app" || apps.length > 1))
      return consistent(program.filter((resource) => resource !== one));
    const changed = this.#changed(one, program, random.pick(apps).name);
    return consistent(program.map((resource) => (resource === one ? changed : resource)));
  }

  #addOther(program: Program): Program {
    const { random } = this;
    const kind = random.pick(otherKindsFor(this.version, this.credential));
    const places = placesFor(kind, program, this.#before);
    return places.length === 0 ? program : [...program, this.#other(kind, random.pick(places), program)];
  }

  #changed(one: Declared, program: Program, elsewhere: string): Declared {
    const { random } = this;
    const { inputs } = one;
    switch (one.kind) {
      case "app":
        return { ...one, inputs: { ...inputs, ...this.#appChange() } };
      case "key":
        return {
          ...one,
          inputs: random.chance(0.2)
            ? { ...inputs, name: random.pick(["backend", "worker"]) }
            : { ...inputs, keepers: { rotated: random.int(1, 1000) } },
        };
      case "webhook":
        if (random.chance(0.3)) return { ...one, inputs: { ...inputs, appId: idOf(elsewhere) } };
        return { ...one, inputs: this.#webhookChange(one) };
      case "integration":
        if (
          random.chance(0.2) &&
          (elsewhere === appOf(one) || this.#hasRoom(elsewhere, inputs.type, program))
        )
          return { ...one, inputs: { ...inputs, appId: idOf(elsewhere) } };
        return { ...one, inputs: this.#integrationChange(one) };
      default:
        return this.#otherChange(one, program);
    }
  }

  #otherChange(one: Declared, program: Program): Declared {
    const { random } = this;
    const places = placesFor(one.kind, program, this.#before);
    if (places.length === 0 || random.chance(0.8))
      return { ...one, inputs: drawOther(one, random, program, false) };
    const rest = Object.entries(one.inputs).filter(([input]) => !holderInputs(one.kind).includes(input));
    return { ...one, inputs: { ...Object.fromEntries(rest), ...random.pick(places) } };
  }

  #webhookChange(one: Declared): Properties {
    const { random } = this;
    const { appId, target, ...parts } = one.inputs;
    const version = (parts.version ?? this.version) as ApiVersion;
    if (this.version !== "v1" && random.chance(0.1)) {
      const other = apiVersions.filter((known) => known !== version);
      return { appId, target, ...this.#webhookParts(random.pick(other)) };
    }
    if (version === "v2" && (!this.#hasKey(one) || random.chance(0.2)))
      return { ...without(one.inputs, "displayName"), ...this.#displayName() };
    if (random.chance(0.4))
      return { ...parts, appId, target: `https://${one.name}.example/v${random.int(1, 1000)}` };
    if (version !== "v1" && random.chance(0.3))
      return { ...without(one.inputs, "includeClient"), ...(random.chance(0.7) && { includeClient: true }) };
    return { ...without(one.inputs, "triggers"), ...this.#triggers(version) };
  }

  #integrationChange(one: Declared): Properties {
    const { random, version } = this;
    const { type } = one.inputs;
    const isFixed = type === "custom" && !this.#hasKey(one);
    if (version !== "v1" && (isFixed || random.chance(0.4)))
      return { ...without(one.inputs, "displayName"), ...this.#displayName() };
    const change = type === "custom" ? this.#customPart(one.name) : changeField(type, version, this.#draw);
    return { ...one.inputs, ...change };
  }

  /** In v2 only a key of the app itself can change webhooks; a key declared before the edit exists by then. */
  #hasKey(one: Declared): boolean {
    const app = appOf(one);
    return this.#before.some((resource) => resource.kind === "key" && appOf(resource) === app);
  }

  #customPart(name: string): Properties {
    const [target, triggers] = [`https://${name}.example/v${this.#draw.number()}`, ["conversation:message"]];
    return { webhooks: [{ target, triggers }] };
  }

  /** Few choices, so that some objects look alike. */
  #displayName(): Properties {
    return this.random.pick([{}, { displayName: "Main" }, { displayName: "Spare" }]);
  }

  #appChange(): Properties {
    const { random } = this;
    const roll = random.next();
    if (roll < 0.4) return { name: random.pick(["Shop", "Support", "Sales", "Service"]) };
    if (roll < 0.7) return { settings: this.#settings() };
    return { metadata: this.#metadata() };
  }

  #metadata(): Properties {
    const { random } = this;
    return {
      team: random.pick(["red", "blue", "green"]),
      ...(random.chance(0.5) && { tier: random.int(1, 9) }),
    };
  }

  #settings(): Properties {
    const newer = this.version === "v1" ? [] : ["echoPostback"];
    const names = ["maskCreditCardNumbers", "useAnimalNames", ...newer];
    return { [this.random.pick(names)]: this.random.chance(0.5) };
  }

  #triggers(version: ApiVersion): Properties {
    const triggers = this.random.pick(triggerChoices[version].map((choice) => ({ choice }))).choice;
    return triggers === undefined ? {} : { triggers };
  }

  get #draw(): Draw {
    return { random: this.random, number: () => ++this.#count };
  }

  #name(kind: KindName): string {
    return `${kind}${++this.#count}`;
  }
}
