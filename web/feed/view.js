/** The feed: everything, one community, or one person; the newest first. */

import { h, setText } from "../core/dom.js";
import { ApiError, isAbort, sentence } from "../core/errors.js";
import { feedHash } from "../core/router.js";
import { announce, toast } from "../ui/announce.js";
import { notice, problemNotice } from "../ui/notice.js";
import { PostsApi } from "./api.js";
import { Composer } from "./composer.js";
import { KnownCommunities } from "./known-communities.js";
import { openNewCommunity } from "./new-community.js";
import { PostCard } from "./post-card.js";

/** @typedef {import("./types.js").Post} Post */

const SKELETONS = 3;

export class FeedView {
  #app;
  #me;
  #posts;
  #which;
  #known;
  #stop = new AbortController();
  /** @type {string | null} */ #cursor = null;
  /** @type {Map<string, PostCard>} */ #cards = new Map();
  #heading = h("h1", { class: "page-title", tabIndex: -1, dir: "auto" });
  #places = h("ul", { class: "filters__list", role: "list" });
  #list = h("ul", { class: "feed__list", role: "list", "aria-busy": "true" });
  #state = h("div", { class: "feed__state" });
  #more = h("button", { type: "button", class: "button", on: { click: () => void this.#loadMore() } }, "Load more");
  #foot = h("div", { class: "gallery__foot", hidden: true }, this.#more);
  element;

  /** @param {import("../app.js").App} app @param {{communityId: string, userId: string}} which */
  constructor(app, { communityId, userId }) {
    this.#app = app;
    this.#me = /** @type {import("../core/claims.js").Claims} */ (app.session.claims);
    this.#posts = new PostsApi(app.api);
    this.#which = { communityId, userId };
    this.#known = new KnownCommunities(this.#me.sub);
    const others = userId && userId !== this.#me.sub;
    const composer = others ? null : new Composer(app, this.#posts, communityId, (post) => this.#onPosted(post));
    this.element = h(
      "div",
      { class: "feed" },
      h("div", { class: "feed__head" }, this.#heading, h("button", { type: "button", class: "button", on: { click: () => this.#newCommunity() } }, "New community")),
      h("nav", { class: "feed__places", "aria-label": "Feeds" }, this.#places),
      composer?.element,
      h("section", { "aria-labelledby": "posts-heading" }, h("h2", { id: "posts-heading", class: "visually-hidden" }, "Posts"), this.#list, this.#state),
      this.#foot,
    );
    this.#name(userId === this.#me.sub ? "Your posts" : communityId ? (this.#known.all().find(({ id }) => id === communityId)?.name ?? "Community") : userId ? "Posts" : "Feed");
    this.#showPlaces();
  }

  open() {
    void this.#load();
    if (this.#which.communityId) void this.#readCommunity(this.#which.communityId);
  }

  close() {
    this.#stop.abort();
    for (const card of this.#cards.values()) card.close();
  }

  focus() {
    this.#heading.focus({ preventScroll: true });
  }

  /** @param {string} name */
  #name(name) {
    setText(this.#heading, name);
    this.#heading.title = name;
    document.title = `${name} · Sluice`;
  }

  #showPlaces() {
    const { communityId, userId } = this.#which;
    const place = (/** @type {string} */ label, /** @type {string} */ href, /** @type {boolean} */ here) => h("li", {}, h("a", { class: "chip", href, dir: "auto", "aria-current": here ? "true" : null }, label));
    this.#places.replaceChildren(
      place("Everything", feedHash(), !communityId && !userId),
      place("Your posts", feedHash({ userId: this.#me.sub }), userId === this.#me.sub),
      ...this.#known.all().map(({ id, name }) => place(name, feedHash({ communityId: id }), id === communityId)),
    );
  }

  /** @param {string} id */
  async #readCommunity(id) {
    try {
      const community = await this.#posts.community(id, this.#stop.signal);
      this.#known.learn(community);
      this.#name(community.name);
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) this.#known.forget(id);
      // Anything else the list of posts says.
    }
    this.#showPlaces();
  }

  async #load() {
    const skeletons = Array.from({ length: SKELETONS }, skeleton);
    this.#list.append(...skeletons);
    this.#state.replaceChildren();
    try {
      const page = await this.#posts.list(this.#which, this.#stop.signal);
      this.#take(page); // below what was posted here meanwhile
      if (this.#which.userId && page.posts[0] && this.#which.userId !== this.#me.sub) this.#name(`Posts of ${page.posts[0].author.name}`);
    } catch (error) {
      if (isAbort(error)) return;
      this.#state.replaceChildren(problemNotice("The posts could not be loaded", sentence(error), () => void this.#load()));
    } finally {
      for (const one of skeletons) one.remove();
    }
    this.#list.setAttribute("aria-busy", "false");
  }

  /** @param {{posts: Post[], nextCursor: string | null}} page @returns {PostCard[]} */
  #take({ posts, nextCursor }) {
    this.#cursor = nextCursor;
    const cards = posts.filter((post) => !this.#cards.has(post.id)).map((post) => this.#card(post));
    this.#list.append(...cards.map((card) => h("li", {}, card.element)));
    this.#foot.hidden = nextCursor === null;
    this.#showEmpty();
    return cards;
  }

  #showEmpty() {
    if (this.#cards.size) this.#state.replaceChildren();
    else this.#state.replaceChildren(notice({ icon: "comment", title: "No posts yet", words: "What is posted here, everybody who signs in can read." }));
  }

  async #loadMore() {
    this.#more.disabled = true;
    try {
      const cards = this.#take(await this.#posts.list({ ...this.#which, cursor: this.#cursor }, this.#stop.signal));
      cards[0]?.focus();
      announce(cards.length === 1 ? "1 more post" : `${cards.length} more posts`);
    } catch (error) {
      if (!isAbort(error)) toast(sentence(error), { kind: "error" });
    } finally {
      this.#more.disabled = false;
    }
  }

  /** @param {Post} post */
  #card(post) {
    const card = new PostCard(this.#app, this.#posts, post, { onGone: () => this.#drop(post.id) });
    this.#cards.set(post.id, card);
    return card;
  }

  /** @param {Post} post */
  #onPosted(post) {
    if (this.#cards.has(post.id)) return;
    const item = h("li", {}, this.#card(post).element);
    this.#list.prepend(item);
    this.#showEmpty();
    announce("Posted");
  }

  /** @param {string} id */
  #drop(id) {
    const card = this.#cards.get(id);
    card?.close();
    card?.element.parentElement?.remove();
    this.#cards.delete(id);
    this.#showEmpty();
    this.focus();
  }

  #newCommunity() {
    openNewCommunity(this.#posts, (community) => {
      this.#known.learn(community);
      location.hash = feedHash({ communityId: community.id });
    });
  }
}

function skeleton() {
  return h("li", { class: "post post--skeleton", "aria-hidden": "true" }, h("span", { class: "skeleton-line skeleton-line--short shimmer" }), h("span", { class: "poster shimmer" }), h("span", { class: "skeleton-line shimmer" }));
}
