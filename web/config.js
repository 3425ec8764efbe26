/**
 * Where this page finds the API. Change it when the page is hosted elsewhere, and list the page's
 * origin in ALLOWED_ORIGINS of the deployment, or the browser will refuse the answers.
 */
export default {
  /** The API's base URL without a trailing slash; empty means "where this page came from". */
  apiBaseUrl: "",
  /** Where changes are told as they happen (WebSocketUrl of the stack); empty: beside this page, if the API is. */
  realtimeUrl: "",
};
