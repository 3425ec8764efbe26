/** Protocol `put`: the whole file in one request. Nothing is kept of a half-sent one, so it begins again. */

import { standing } from "./standing.js";
import { transfer, withRetries } from "./transfer.js";

/** @type {import("./protocols.js").Protocol} */
export const put = {
  resumable: false,
  async send(job) {
    await withRetries(
      async (previous) => {
        // The bytes may have got through without the answer; and 403 says that the URL's time is over.
        if ((job.resumed || previous) && (await standing(job)) === null) return;
        const { uploadUrl, method, headers } = job.ticket;
        await job.lanes.run(
          () => transfer({ method, url: uploadUrl, headers, body: job.file, signal: job.signal, onProgress: job.onProgress }),
          job.signal,
        );
      },
      { signal: job.signal, onWait: job.onWait, mayRetry: (error) => error.status === 403 },
    );
  },
};
