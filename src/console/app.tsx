import { useEffect, useRef } from "preact/hooks";
import type { Control, Overview } from "../emulator/console/contract";
import { get } from "./api";
import { ChatView } from "./chat/view";
import { ControlsView } from "./controls/view";
import { onKey } from "./keyboard";
import { connected, useLive } from "./live";
import { ObjectsView } from "./objects/view";
import { Problem } from "./parts/problem";
import { address, route } from "./route";
import { DeliveriesView } from "./traffic/deliveries";
import { RequestsView } from "./traffic/requests";

const sections = [
  { name: "objects", label: "Objects", parts: [] },
  { name: "requests", label: "Requests", parts: ["requests"] },
  { name: "deliveries", label: "Deliveries", parts: ["deliveries"] },
  { name: "chat", label: "Chat", parts: ["chat"] },
  { name: "controls", label: "Controls", parts: ["controls"] },
] as const;

type Section = (typeof sections)[number]["name"];

export function App() {
  const parts = route.value;
  const section = sections.find(({ name }) => name === parts[0])?.name ?? "objects";
  const main = useRef<HTMLElement>(null);
  useEffect(() => {
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  const label = sections.find(({ name }) => name === section)?.label;
  useEffect(() => {
    document.title = `${label} · Smooch emulator`;
  }, [label]);
  const skip = () => main.current?.focus();
  return (
    <>
      <header>
        <button type="button" class="skip" onClick={skip}>
          Skip to content
        </button>
        <h1>
          <a href={address()}>Smooch emulator</a>
        </h1>
        <nav aria-label="Sections">
          {sections.map(({ name, label, parts }) => (
            <a key={name} href={address(...parts)} aria-current={name === section ? "page" : undefined}>
              {label}
            </a>
          ))}
        </nav>
        <ActiveFaults />
        <Connection />
      </header>
      <main ref={main} tabIndex={-1} class={section}>
        <View section={section} parts={parts} />
      </main>
    </>
  );
}

function View({ section, parts: [first, second, third] }: { section: Section; parts: readonly string[] }) {
  const { data, problem } = useLive(["objects"], "", () => get<Overview>("overview"));
  switch (section) {
    case "requests":
      return <RequestsView seq={second} />;
    case "deliveries":
      return <DeliveriesView seq={second} overview={data} />;
    case "controls":
      return <ControlsView overview={data} />;
  }
  if (data === undefined) return <Problem>{problem}</Problem>;
  if (section === "chat") return <ChatView overview={data} appId={second} conversationId={third} />;
  const ownerId = first === "apps" || first === "accounts" ? second : undefined;
  return <ObjectsView overview={data} ownerId={ownerId} />;
}

/** A sign in every view, because faults explain what is odd in it. */
function ActiveFaults() {
  const { data } = useLive(["control"], "", () => get<Control>("control"));
  if (!data?.activeFaults.length) return null;
  return (
    <a class="status bad" href={address("controls")}>
      Faults active
    </a>
  );
}

function Connection() {
  const isLost = connected.value === false;
  return (
    <p class="connection" role="status" data-lost={isLost}>
      {isLost ? "Not connected" : connected.value ? "Live" : ""}
      {isLost && (
        <button type="button" class="small" onClick={() => location.reload()}>
          Reload
        </button>
      )}
    </p>
  );
}
