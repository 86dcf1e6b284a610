import type { Mark } from "../../../src/cli/verify/compare";

/** Where the emulator does not do what a recording shows. */
export const differences: {
  recording: string;
  step: string;
  mark: Mark;
  about: string;
  /** In the recording, and in the emulator or, for `contradicts docs`, in docs/api. */
  api: string;
  emulator: string;
  /** Why it stays so. */
  reason: string;
}[] = [
  ...["apps: create", "apps: rename"].map((step) => ({
    recording: "v1-2018.json",
    step,
    mark: "shape" as const,
    about: "app.settings.useAnimalNames",
    api: "absent",
    emulator: "false",
    reason: "Settings may be absent from responses; the emulator always returns those that have a default.",
  })),
  ...[
    { about: "app.settings.attachmentsAccess", api: "a string" },
    { about: "app.settings.attachmentsTokenExpirationSeconds", api: "a number" },
    { about: "app.subdomain", api: "a string" },
  ].map((row) => ({
    ...row,
    recording: "v2-zendesk-host.json",
    step: "apps: read",
    mark: "shape" as const,
    emulator: "absent",
    reason: "Only accounts of Zendesk have it, and those cannot create apps. The client ignores it.",
  })),
];
