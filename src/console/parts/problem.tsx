import { useState } from "preact/hooks";
import { Text } from "./text";

/** What went wrong, read aloud when it appears. */
export function Problem({ children }: { children: string | undefined }) {
  return (
    <p class="problem" role="alert" hidden={children === undefined}>
      {children !== undefined && <Text>{children}</Text>}
    </p>
  );
}

/** An action that may fail: while it runs, `isBusy`; afterwards the reason if it failed. */
export function useAction() {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  /** Returns whether it succeeded. */
  const run = async (act: () => Promise<unknown>): Promise<boolean> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await act();
      return true;
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, problem, run };
}

/** What a form does with its submission, instead of the browser's loading another page. */
export const submitting = (act: () => unknown) => (event: Event) => {
  event.preventDefault();
  void act();
};
