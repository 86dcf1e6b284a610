export function ensureGoHost(cli: { bin: string }): Promise<void>;
