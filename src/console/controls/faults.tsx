import { useEffect, useState } from "preact/hooks";
import type { Control } from "../../emulator/console/contract";
import { put } from "../api";
import { Problem, submitting, useAction } from "../parts/problem";
import { Text } from "../parts/text";
import { Properties } from "../parts/tree";

const examples = [
  {
    label: "Lost response",
    plan: { seed: 1, rules: [{ operation: "createKey", fault: "reset-after", times: 1 }] },
  },
  {
    label: "Bot's message lost",
    plan: { seed: 1, rules: [{ operation: "postMessage", fault: "reset-after", times: 1 }] },
  },
  {
    label: "Rate limit",
    plan: { seed: 1, rules: [{ fault: "rate-limited", retryAfter: 1, probability: 0.3 }] },
  },
  {
    label: "Outage",
    plan: { seed: 1, rules: [{ fault: "status", status: 503 }] },
  },
  {
    label: "Slow",
    plan: { seed: 1, rules: [{ fault: "latency", ms: 500, jitterMs: 500 }] },
  },
];

/** The fault plan as JSON. The emulator says what is wrong with it. */
export function Faults({ control: { faults: plan, activeFaults, met } }: { control: Control }) {
  const current = write(plan);
  const [text, setText] = useState(current);
  const { isBusy, problem, run } = useAction();
  // Shows a plan that another client has started; until then, what is being edited here stays.
  useEffect(() => setText(current), [current]);
  const apply = () => run(async () => put("control/faults", parse(text)));
  const end = () =>
    run(async () => {
      await put("control/faults", {});
      setText(write({}));
    });
  return (
    <section>
      <h3>Faults</h3>
      <p role="status">
        {activeFaults.length === 0 ? (
          "No faults are active."
        ) : (
          <>
            Active: <Text>{activeFaults.join("; ")}</Text>
          </>
        )}
      </p>
      <form onSubmit={submitting(apply)}>
        <label for="fault-plan">Fault plan (JSON)</label>
        <textarea
          id="fault-plan"
          rows={14}
          spellcheck={false}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
        <Problem>{problem}</Problem>
        <p class="buttons">
          <button type="submit" class="main" disabled={isBusy}>
            Start these faults
          </button>
          <button type="button" disabled={isBusy} onClick={() => void end()}>
            End all faults
          </button>
        </p>
      </form>
      <p class="buttons">
        Examples:
        {examples.map(({ label, plan }) => (
          <button key={label} type="button" class="small" onClick={() => setText(write(plan))}>
            {label}
          </button>
        ))}
      </p>
      <h3>Faults injected</h3>
      <Properties properties={met} />
    </section>
  );
}

const write = (plan: object) => JSON.stringify(plan, undefined, 2);

function parse(text: string): object {
  const plan: unknown = JSON.parse(text.trim() === "" ? "{}" : text);
  if (typeof plan !== "object" || plan === null) throw new Error("must be a JSON object");
  return plan;
}
