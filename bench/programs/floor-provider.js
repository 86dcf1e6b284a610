// Answers immediately, without API calls.
let made = 0;

const provider = {
  check: async (_olds, news) => ({ inputs: news }),
  diff: async (_id, olds, news) => ({
    changes: JSON.stringify(olds.triggers) !== JSON.stringify(news.triggers),
  }),
  create: async (inputs) => ({ id: `floor-${++made}`, outs: inputs }),
  read: async (id, props) => ({ id, props }),
  update: async (_id, olds, news) => ({ outs: { ...olds, ...news } }),
  delete: async () => {},
};

module.exports = { app: provider, webhook: provider };
