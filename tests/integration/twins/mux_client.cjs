// Runs Mux's own Node client for a test: one call as JSON on standard input, its outcome as JSON on standard output.
const { Mux } = require("./vendor/mux-node-15.3.0/index.js");

const calls = {
  // Does the client accept this delivery?
  async verify(mux, { body, headers }) {
    const event = await mux.webhooks.unwrap(body, headers);
    return { type: event.type };
  },
  // Which of these deliveries does the client accept?
  async judge(mux, { deliveries }) {
    const accepted = [];
    for (const { body, headers } of deliveries) {
      accepted.push(await mux.webhooks.verifySignature(body, headers).then(() => true, () => false));
    }
    return accepted;
  },
  // Tokens for a playback id, by type.
  async sign(mux, { playbackId, type, params, expiration }) {
    return { token: await mux.jwt.signPlaybackId(playbackId, { type, params, expiration }) };
  },
  // Create, read, cancel: the API through the client.
  async upload(mux, { settings }) {
    const made = await mux.video.uploads.create({ cors_origin: "*", new_asset_settings: settings });
    const found = await mux.video.uploads.retrieve(made.id);
    const cancelled = await mux.video.uploads.cancel(made.id);
    return { made, found, cancelled };
  },
};

let input = "";
process.stdin.on("data", (chunk) => { input += chunk; });
process.stdin.on("end", async () => {
  const { client, call, values } = JSON.parse(input);
  const mux = new Mux({ maxRetries: 0, ...client });
  try {
    console.log(JSON.stringify({ value: await calls[call](mux, values) }));
  } catch (error) {
    console.log(JSON.stringify({ error: error.message, status: error.status ?? null }));
  }
});
