import { Text, visible } from "./text";

/** Deeper values are shown as JSON. */
const deepest = 8;

/** Any JSON value, as people read it. */
export function Tree({ value, depth = 0 }: { value: unknown; depth?: number }) {
  if (typeof value === "string") return value === "" ? <i class="quiet">empty</i> : <Text>{value}</Text>;
  if (typeof value !== "object" || value === null) return <span class="literal">{String(value)}</span>;
  if (depth === deepest) return <code>{visible(JSON.stringify(value))}</code>;
  if (Array.isArray(value)) return <Items values={value} depth={depth} />;
  return <Properties properties={value} depth={depth} />;
}

/** An object's properties, by name. */
export function Properties({ properties, depth = 0 }: { properties: object; depth?: number }) {
  const entries = Object.entries(properties);
  if (entries.length === 0) return <i class="quiet">none</i>;
  return (
    <dl class="properties">
      {entries.map(([name, value]) => (
        <div key={name}>
          <dt>
            <Text>{name}</Text>
          </dt>
          <dd>
            <Tree value={value} depth={depth + 1} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Items({ values, depth }: { values: readonly unknown[]; depth: number }) {
  if (values.length === 0) return <i class="quiet">none</i>;
  return (
    <ul class="items">
      {values.map((value, index) => (
        <li key={index}>
          <Tree value={value} depth={depth + 1} />
        </li>
      ))}
    </ul>
  );
}
