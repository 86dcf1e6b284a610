type Table = { readonly [Setting: string]: readonly unknown[] };
type Row<Settings extends Table> = { -readonly [Setting in keyof Settings]: Settings[Setting][number] };

/** Few rows in which any two values of different settings meet in at least one. */
export function pairwise<Settings extends Table>(settings: Settings): Row<Settings>[] {
  const names = Object.keys(settings);
  const open = new Set<string>();
  const pair = (one: string, other: string) => [one, other].sort().join(" ");
  const label = (name: string, value: unknown) => `${name}=${value}`;
  const labels = names.map((name) => settings[name]?.map((value) => label(name, value)) ?? []);
  for (const [index, some] of labels.entries())
    for (const others of labels.slice(index + 1))
      for (const one of some) for (const other of others) open.add(pair(one, other));

  const rows: Row<Settings>[] = [];
  while (open.size > 0) {
    const [first = ""] = open;
    const chosen = new Map(
      first.split(" ").map((item): [string, string] => [item.split("=")[0] ?? "", item]),
    );
    for (const [index, name] of names.entries()) {
      if (chosen.has(name)) continue;
      const gain = (item: string) =>
        [...chosen.values()].filter((other) => open.has(pair(item, other))).length;
      const [best = ""] = (labels[index] ?? []).toSorted((one, other) => gain(other) - gain(one));
      chosen.set(name, best);
    }
    for (const one of chosen.values()) for (const other of chosen.values()) open.delete(pair(one, other));
    const entries = names.map((name) => [
      name,
      settings[name]?.find((value) => label(name, value) === chosen.get(name)),
    ]);
    rows.push(Object.fromEntries(entries));
  }
  return rows;
}
