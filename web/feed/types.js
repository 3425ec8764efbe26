/** Shapes of the API that the feed speaks of. Types only: nothing here runs. */

/**
 * @typedef {{likes: number, comments: number, shares: number, views: number, isLiked: boolean, isSaved: boolean}} Standing
 *
 * @typedef {{id: string, name: string, username?: string | null, avatar?: string | null}} Author
 *
 * @typedef {{id: string, name: string}} Community
 *
 * @typedef {Standing & {
 *   id: string,
 *   content: string,
 *   type: string,
 *   author: Author,
 *   media: {type: string, videoId: string, url: string | null, thumbnail: string | null, duration: number | null} | null,
 *   community: Community | null,
 *   timestamp: string,
 * }} Post
 *
 * @typedef {{id: string, content: string, author: Author, timestamp: string}} Comment
 */

export {};
