import { useRef } from "preact/hooks";
import { post } from "../api";
import { Problem, useAction } from "../parts/problem";

/** Deletes what the emulator holds, after a question. */
export function Reset() {
  const dialog = useRef<HTMLDialogElement>(null);
  const { isBusy, problem, run } = useAction();
  const reset = async () => {
    if (await run(() => post("control/reset", {}))) dialog.current?.close();
  };
  return (
    <section>
      <h3>Reset</h3>
      <p>Accounts, their own keys, the fault plan, the profile and the clock stay.</p>
      <button type="button" class="danger" onClick={() => dialog.current?.showModal()}>
        Reset…
      </button>
      <dialog ref={dialog} aria-labelledby="reset-question">
        <h3 id="reset-question">Delete everything in this emulator?</h3>
        <p>
          All apps and service accounts are deleted with everything in them, and the logs. This cannot be
          undone.
        </p>
        <Problem>{problem}</Problem>
        <p class="buttons">
          <button type="button" onClick={() => dialog.current?.close()}>
            Cancel
          </button>
          <button type="button" class="danger" disabled={isBusy} onClick={() => void reset()}>
            Delete everything
          </button>
        </p>
      </dialog>
    </section>
  );
}
