import type { Control, Overview } from "../../emulator/console/contract";
import { get } from "../api";
import { useLive } from "../live";
import { Id } from "../parts/copy";
import { Problem } from "../parts/problem";
import { Properties } from "../parts/tree";
import { Clock } from "./clock";
import { Faults } from "./faults";
import { Reset } from "./reset";

export function ControlsView({ overview }: { overview: Overview | undefined }) {
  const { data, problem } = useLive(["control"], "", () => get<Control>("control"));
  return (
    <div class="page">
      <h2>Controls</h2>
      <Problem>{problem}</Problem>
      {data !== undefined && (
        <div class="panels">
          <Faults control={data} />
          <div>
            <Clock offsetMs={data.clockOffsetMs} />
            <Reset />
            <section>
              <h3>Profile</h3>
              <Properties properties={data.profile} />
            </section>
            {overview !== undefined && (
              <section>
                <h3>Emulator</h3>
                <p>
                  Version {overview.version}, base URL <Id>{overview.url}</Id>
                </p>
              </section>
            )}
          </div>
        </div>
      )}
    </div>
  );
}
