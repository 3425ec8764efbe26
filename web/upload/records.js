/**
 * Uploads that are not finished, kept in IndexedDB so that a reload does not lose them. No token and no
 * signed URL is stored: what is needed is asked of the API again.
 */

/**
 * @typedef {Object} UploadRecord
 * @property {string} videoId
 * @property {string} owner the user's id: somebody else signing in here does not see it
 * @property {string} name
 * @property {number} size
 * @property {number} lastModified
 * @property {string | null} [provider]
 * @property {{protocol: string, method: string, headers: Record<string, string>, partSize?: number}} ticket
 * @property {FileSystemFileHandle} [handle] where the browser gives one (files dropped in Chromium)
 * @property {number} at ms
 */

const NAME = "sluice";
const STORE = "uploads";

/** @type {Promise<IDBDatabase> | null} */
let database = null;

/** @returns {Promise<IDBDatabase>} */
function open() {
  database ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "videoId" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return database;
}

/**
 * Private windows may have no IndexedDB: then uploads work, and only do not outlive a reload.
 * @template T
 * @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} work @param {T} otherwise
 * @returns {Promise<T>}
 */
async function inStore(mode, work, otherwise) {
  try {
    const request = work((await open()).transaction(STORE, mode).objectStore(STORE));
    return await new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  } catch (error) {
    console.warn("Unfinished uploads cannot be remembered in this window.", error);
    return otherwise;
  }
}

/** @param {UploadRecord} record @returns {Promise<unknown>} */
export function keepRecord(record) {
  return inStore("readwrite", (store) => store.put(record), record.videoId);
}

/** @param {string} videoId @returns {Promise<unknown>} */
export function forgetRecord(videoId) {
  return inStore("readwrite", (store) => store.delete(videoId), undefined);
}

/** @param {string} owner @returns {Promise<UploadRecord[]>} oldest first */
export async function recordsOf(owner) {
  const all = await inStore("readonly", (store) => /** @type {IDBRequest<UploadRecord[]>} */ (store.getAll()), []);
  return all.filter((record) => record.owner === owner).sort((a, b) => a.at - b.at);
}

/**
 * Marks an upload as this tab's, so that another tab of the same person does not offer to resume it.
 * @param {string} videoId
 * @returns {Promise<(() => void) | null>} releases it; null if another tab has it
 */
export function claimUpload(videoId) {
  if (!navigator.locks) return Promise.resolve(() => {});
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(`sluice-upload:${videoId}`, { ifAvailable: true }, (lock) => {
        if (!lock) return resolve(null);
        return new Promise((release) => resolve(() => release(undefined)));
      })
      .catch(reject);
  });
}
