const link = { type: "link", text: "Menu", uri: "https://shop.example/menu" };
const postback = { type: "postback", text: "Order", payload: "ORDER" };
const elsewhere = "https://shop.example/tea.png";

/** A message of a bot of every type, with every action. */
export const contents: readonly object[] = [
  { type: "text", text: "**Hello** <b>Ada</b>", actions: [link, postback] },
  { type: "text", text: "Buy?", actions: [{ type: "buy", text: "Tea", amount: 999, currency: "usd" }] },
  { type: "image", mediaUrl: elsewhere, altText: "Tea" },
  { type: "file", mediaUrl: "https://shop.example/prices.pdf", altText: "Prices" },
  { type: "location", coordinates: { lat: 45.5, long: -73.5 }, location: { name: "Our shop" } },
  {
    type: "carousel",
    items: [
      { title: "Green tea", description: "Fresh", mediaUrl: elsewhere, actions: [postback] },
      { title: "Black tea", actions: [link] },
    ],
  },
  { type: "list", items: [{ title: "White tea", actions: [link] }], actions: [postback] },
  {
    type: "form",
    fields: [
      { type: "text", name: "name", label: "Your name", placeholder: "Ada", minSize: 2, maxSize: 20 },
      { type: "email", name: "mail", label: "Your address" },
      {
        type: "select",
        name: "size",
        label: "Size",
        options: [
          { name: "s", label: "Small" },
          { name: "l", label: "Large" },
        ],
      },
    ],
  },
  { type: "template", template: { namespace: "greetings" } },
  {
    type: "text",
    text: "What else?",
    actions: [
      { type: "reply", text: "Milk", payload: "MILK" },
      { type: "locationRequest", text: "Where are you?" },
    ],
  },
];
