/** The addresses of Smooch's own API, by region. */
export const regions: Readonly<Record<string, string>> = {
  us: "https://api.smooch.io",
  "eu-1": "https://api.eu-1.smooch.io",
};

/** The region of an address; undefined for any other host, such as Zendesk's or an emulator's. */
export function regionOf(baseUrl: string): string | undefined {
  return Object.keys(regions).find((region) => regions[region] === baseUrl);
}
