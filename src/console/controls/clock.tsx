import { useEffect, useState } from "preact/hooks";
import { put } from "../api";
import { Problem, submitting, useAction } from "../parts/problem";
import { count } from "../parts/text";

const units = { seconds: 1_000, minutes: 60_000, hours: 3_600_000, days: 86_400_000 };
type Unit = keyof typeof units;

/** How far the emulator's clock is ahead of the real one. */
export function Clock({ offsetMs }: { offsetMs: number }) {
  const [amount, setAmount] = useState("0");
  const [unit, setUnit] = useState<Unit>("days");
  const { isBusy, problem, run } = useAction();
  useEffect(() => {
    const { amount, unit } = inUnits(offsetMs);
    setAmount(String(amount));
    setUnit(unit);
  }, [offsetMs]);
  const set = (offsetMs: number) => run(() => put("control/clock", { offsetMs }));
  return (
    <section>
      <h3>Clock</h3>
      <p>{offsetMs === 0 ? "The emulator's clock is the real one." : `It is ${describe(offsetMs)}.`}</p>
      <form class="buttons" onSubmit={submitting(() => set(Math.round(Number(amount) * units[unit])))}>
        <label for="clock-amount">Ahead by</label>
        <input
          id="clock-amount"
          type="number"
          step="any"
          required
          value={amount}
          onInput={({ currentTarget }) => setAmount(currentTarget.value)}
        />
        <select
          aria-label="Unit"
          value={unit}
          onChange={({ currentTarget }) => setUnit(currentTarget.value as Unit)}
        >
          {Object.keys(units).map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <button type="submit" class="main" disabled={isBusy}>
          Set
        </button>
        <button type="button" disabled={isBusy} onClick={() => void set(0)}>
          Real time
        </button>
      </form>
      <Problem>{problem}</Problem>
    </section>
  );
}

/** In the largest unit that leaves a whole number. */
function inUnits(offsetMs: number): { amount: number; unit: Unit } {
  const names = (Object.keys(units) as Unit[]).toReversed();
  const unit = names.find((name) => offsetMs % units[name] === 0) ?? "seconds";
  return { amount: offsetMs / units[unit], unit };
}

function describe(offsetMs: number): string {
  const { amount, unit } = inUnits(offsetMs);
  return `${count(Math.abs(amount), unit.slice(0, -1))} ${amount < 0 ? "behind" : "ahead"}`;
}
