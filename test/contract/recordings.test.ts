import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Recording, recordingFile } from "../../src/cli/verify/recording";
import { suiteFor } from "../../src/cli/verify/suite";
import { apiVersions } from "../../src/smooch/api-version";
import { Service, tidyUp } from "../cli/verify/support";
import { differences } from "./recordings/differences";
import { compareWithEmulator, expectUnderstood, replay } from "./replay";

tidyUp();

const folder = join(__dirname, "recordings");
const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
const read = (file: string): Recording =>
  recordingFile.parse(JSON.parse(readFileSync(join(folder, file), "utf8")));

describe.each(files)("the recording %s", (file) => {
  const recording = read(file);

  it("is understood by the client", async () => {
    for (const exchange of recording.exchanges) await expectUnderstood(recording, exchange);
  });

  it("is what the emulator does, except for the differences that are listed with a reason", async () => {
    const found = await compareWithEmulator(recording);
    const wrong = found.filter(({ agrees }) => agrees !== true);
    const listed = differences.filter((row) => row.recording === file);
    expect(wrong.map(({ step, mark, about, api, other }) => [step, mark, about, api, other])).toEqual(
      listed.map(({ step, mark, about, api, emulator }) => [step, mark, about, api, emulator]),
    );
  });
});

it("every listed difference belongs to a recording", () => {
  expect(differences.filter(({ recording }) => !files.includes(recording))).toEqual([]);
});

describe.each(apiVersions)("a recording of the emulator in %s", (version) => {
  it("is understood by the client, and repeated by the emulator", async () => {
    const service = new Service(version, { profile: { metadata: "merge", secrets: "masked" } });
    const verification = service.verification({ limits: true });
    await verification.run();
    const recording = recordingFile.parse(JSON.parse(verification.record()));
    for (const exchange of recording.exchanges) await expectUnderstood(recording, exchange);
    const found = await compareWithEmulator(recording);
    expect(found.filter(({ agrees }) => agrees !== true)).toEqual([]);
    expect(found.length).toBeGreaterThan(20);
  });
});

it("a step that the suite does not have is an error", () => {
  const [first] = files;
  const recording = read(String(first));
  const renamed = recording.exchanges.map((exchange) => ({ ...exchange, step: "apps: invent" }));
  const suite = suiteFor(recording.apiVersion, recording.options);
  expect(() => replay({ ...recording, exchanges: renamed }, suite)).toThrow(
    'The suite has no step "apps: invent".',
  );
});
