export function sdkProblem(): Promise<string | undefined>;
export function generateSdk(language: "python" | "go" | "nodejs", folder: string): Promise<void>;
