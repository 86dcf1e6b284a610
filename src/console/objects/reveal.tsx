import { useState } from "preact/hooks";
import type { Revealed } from "../../emulator/console/contract";
import { path, post } from "../api";
import { useAction } from "../parts/problem";

/** The secrets of one object, which the page has only while they are shown, and the button that shows and hides them. */
export function useReveal(id: string) {
  const [secrets, setSecrets] = useState<Revealed["secrets"] | undefined>(undefined);
  const { problem, run } = useAction();
  const toggle = () =>
    run(async () => {
      const shown =
        secrets === undefined ? await post<Revealed>(path("objects", id, "reveal"), {}) : undefined;
      setSecrets(shown?.secrets);
    });
  const button = (
    <button type="button" class="small" onClick={() => void toggle()}>
      {secrets === undefined ? "Reveal secrets" : "Hide secrets"}
    </button>
  );
  return { secrets, button, problem };
}
