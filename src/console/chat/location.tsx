import { useId, useRef, useState } from "preact/hooks";
import { submitting } from "../parts/problem";
import { Text } from "../parts/text";
import type { Act } from "./act";

/** Asks for coordinates and sends them. */
export function LocationButton({ act, children }: { act: Act; children: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [latitude, setLatitude] = useState("48.8566");
  const [longitude, setLongitude] = useState("2.3522");
  const send = async () => {
    const action = { type: "location", latitude: Number(latitude), longitude: Number(longitude) } as const;
    if (await act(action)) dialog.current?.close();
  };
  return (
    <>
      <button type="button" onClick={() => dialog.current?.showModal()}>
        <Text>{children}</Text>
      </button>
      <dialog ref={dialog} aria-labelledby={id}>
        <h3 id={id}>Send a location</h3>
        <form onSubmit={submitting(send)}>
          <label>
            Latitude
            <input
              type="number"
              step="any"
              min={-90}
              max={90}
              required
              value={latitude}
              onInput={({ currentTarget }) => setLatitude(currentTarget.value)}
            />
          </label>
          <label>
            Longitude
            <input
              type="number"
              step="any"
              min={-180}
              max={180}
              required
              value={longitude}
              onInput={({ currentTarget }) => setLongitude(currentTarget.value)}
            />
          </label>
          <p class="buttons">
            <button type="button" onClick={() => dialog.current?.close()}>
              Cancel
            </button>
            <button type="submit" class="main">
              Send location
            </button>
          </p>
        </form>
      </dialog>
    </>
  );
}
