interface Property {
  description?: string;
  secret?: true;
  willReplaceOnChanges?: true;
}
type Properties = Record<string, Property>;

export function packageSchema(
  facts: object,
  manifest: { version: string; description: string; license: string },
): {
  config: { variables: Properties };
  provider: { inputProperties: Properties };
  types: Record<
    string,
    { description?: string; properties: Properties; inputProperties?: Properties; required?: string[] }
  >;
  resources: Record<
    string,
    {
      description: string;
      inputProperties: Properties;
      requiredInputs: string[];
      properties: Properties;
      aliases: { type: string }[];
    }
  >;
  functions: Record<
    string,
    { inputs: { properties: Properties; required: string[] }; outputs: { properties: Properties } }
  >;
};
