/** Screens that many visits do without: their code is loaded when one of them is first wanted. */

/** @typedef {{element: HTMLElement, open: () => void, focus: () => void, close: () => void}} Screen */

/** @param {import("./app.js").App} app @param {import("./core/router.js").Route} route @returns {Promise<Screen>} */
export async function openScreen(app, route) {
  switch (route.view) {
    case "feed":
      return new (await import("./feed/view.js")).FeedView(app, route);
    case "post":
      return new (await import("./feed/post-view.js")).PostView(app, route.postId);
    case "analytics":
      return new (await import("./analytics/view.js")).AnalyticsView(app, route.videoId);
    case "receipt":
      return new (await import("./receipt/view.js")).ReceiptView(app, route.videoId);
    default:
      throw new TypeError(`no screen is called ${route.view}`);
  }
}
