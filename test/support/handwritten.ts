/** A stack written before this package existed: its provider is serialized into the state. */
export const handwritten = `
  const provider = {
    async create({ appId, name }) {
      const keyid = process.env.SMOOCH_ACCOUNT_KEY_ID;
      const token = require("jsonwebtoken").sign({ scope: "account" }, process.env.SMOOCH_ACCOUNT_KEY_SECRET, { keyid });
      const headers = { authorization: "Bearer " + token, "content-type": "application/json" };
      const url = process.env.SMOOCH_BASE_URL + "/v1/apps/" + appId + "/keys";
      const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify({ name }) });
      const { key } = await answer.json();
      return { id: key._id, outs: { appId, name, secret: key.secret } };
    },
    async delete() {
      throw new Error("the serialized provider was called");
    },
  };
  class Key extends pulumi.dynamic.Resource {
    constructor(name, props) {
      super(provider, name, { secret: undefined, ...props }, { additionalSecretOutputs: ["secret"] });
    }
  }`;
