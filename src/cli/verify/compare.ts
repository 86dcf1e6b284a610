import { saysGone } from "../../smooch/foreign";
import { codeOf, describe, isSuccess } from "./answers";
import { matches } from "./match";
import type { Observations } from "./runner";
import { differences } from "./shape";
import type { Answer, Documented, Part, Step } from "./step";

/**
 * `contradicts docs`: the API did something else than docs/api says. `emulator stricter`, `emulator looser`: the API
 * accepted what the emulator refuses, or the other way round. `shape`: both accepted or refused it, with another
 * response. `unknown answered`: what docs/api leaves open. `not answered`: no usable response.
 */
export type Mark =
  | "contradicts docs"
  | "emulator stricter"
  | "emulator looser"
  | "shape"
  | "unknown answered"
  | "not answered";

export interface Finding {
  step: string;
  mark: Mark;
  /** The question, or what differs. */
  about: string;
  api: string;
  /** What the emulator does or, for `contradicts docs`, what the page says. */
  other: string;
  /** Whether the emulator gives the same answer; only for `unknown answered`. */
  agrees?: boolean;
  /** The page of docs/api. */
  source?: string;
}

/** What the service and the emulator did, step by step. `isApi404`: a 404 of the service has the API's own form. */
export function compare(
  parts: readonly Part[],
  api: Observations,
  emulator: Observations,
  isApi404: boolean,
): Finding[] {
  const [answers, emulated] = [api.answers, emulator.answers];
  return parts.flatMap(({ steps, source }) =>
    steps.flatMap((step): Finding[] => {
      const answer = answers.get(step.name);
      const lost = api.lost.get(step.name);
      if (answer === undefined) return lost === undefined ? [] : [unanswered(step, lost)];
      if (answer.status >= 500) return [unanswered(step, describe(answer))];
      const documented = withSource(step.documented, source);
      const contradiction =
        documented && contradict(step, documented, answer, { names: api.names, isApi404 });
      const reference = emulated.get(step.name);
      const found = reference === undefined ? [] : compareOne(step, answer, reference);
      return contradiction === undefined ? found : [contradiction, ...found];
    }),
  );
}

function withSource(documented: Documented | undefined, source: string): Documented | undefined {
  return documented && { source, ...documented };
}

function unanswered({ name }: Step, why: string): Finding {
  return { step: name, mark: "not answered", about: "the response", api: why, other: "a response" };
}

function contradict(
  { name }: Step,
  documented: Documented,
  answer: Answer,
  { names, isApi404 }: { names: ReadonlyMap<string, string>; isApi404: boolean },
): Finding | undefined {
  const problem =
    statusProblem(documented, answer) ??
    codeProblem(documented, answer, isApi404) ??
    bodyProblem(documented, answer, names);
  if (problem === undefined) return undefined;
  const { source } = documented;
  return { step: name, mark: "contradicts docs", ...problem, ...(source !== undefined && { source }) };
}

type Problem = Pick<Finding, "about" | "api" | "other">;

function statusProblem({ status }: Documented, answer: Answer): Problem | undefined {
  const isAsSaid = status === "deleted" ? isSuccess(answer) : status.includes(answer.status);
  if (isAsSaid) return undefined;
  const other = status === "deleted" ? "success" : `HTTP ${status.join(" or ")}`;
  return { about: "the status", api: describe(answer), other };
}

function codeProblem({ code }: Documented, answer: Answer, isApi404: boolean): Problem | undefined {
  if (code === undefined || !isApi404) return undefined;
  const found = codeOf(answer) ?? "no code";
  const isAsSaid = code === "gone" ? saysGone(found) : code.test(found);
  if (isAsSaid) return undefined;
  return {
    about: "the code",
    api: found,
    other: code === "gone" ? "not_found or …_not_found" : String(code),
  };
}

function bodyProblem(
  { body }: Documented,
  answer: Answer,
  names: ReadonlyMap<string, string>,
): Problem | undefined {
  if (body === undefined) return undefined;
  const path = matches(body, answer.body, names);
  return path === undefined ? undefined : { about: path, api: "another value", other: "what was documented" };
}

function compareOne(step: Step, api: Answer, emulator: Answer): Finding[] {
  const { name: at, question } = step;
  if (question !== undefined) {
    const [answer, other] = [question.answer(api), question.answer(emulator)];
    const agrees = answer === other;
    const { about } = question;
    const found: Finding = { step: at, mark: "unknown answered", about, api: answer, other, agrees };
    return agrees ? [found, ...compareShapes(step, api, emulator)] : [found];
  }
  if (isSuccess(api) !== isSuccess(emulator)) {
    const mark = isSuccess(api) ? "emulator stricter" : "emulator looser";
    return [{ step: at, mark, about: "the status", api: describe(api), other: describe(emulator) }];
  }
  return compareShapes(step, api, emulator);
}

function compareShapes(step: Step, api: Answer, emulator: Answer): Finding[] {
  const found: Finding[] = [];
  const add = (about: string, one: string, other: string) =>
    found.push({ step: step.name, mark: "shape", about, api: one, other });
  const [one, other] = [describe(api), describe(emulator)];
  if (one !== other) add("the status", one, other);
  for (const { path, api: here, emulator: there } of differences(api, emulator, step.listsOthers === true))
    add(path, here, there);
  return found;
}
