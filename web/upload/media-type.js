/** The media type to declare. Browsers leave it empty for containers they do not know. Pure. */

/** @type {Record<string, string>} */
const BY_ENDING = {
  "3gp": "video/3gpp",
  avi: "video/x-msvideo",
  flv: "video/x-flv",
  m2ts: "video/mp2t",
  m4v: "video/x-m4v",
  mkv: "video/x-matroska",
  mov: "video/quicktime",
  mp4: "video/mp4",
  mpeg: "video/mpeg",
  mpg: "video/mpeg",
  mts: "video/mp2t",
  mxf: "video/mxf",
  ogv: "video/ogg",
  ts: "video/mp2t",
  webm: "video/webm",
  wmv: "video/x-ms-wmv",
};

/** @param {{name: string, type: string}} file @returns {string} */
export function mediaType(file) {
  if (file.type.startsWith("video/")) return file.type;
  const ending = file.name.toLowerCase().split(".").at(-1) ?? "";
  return BY_ENDING[ending] ?? (file.type || "application/octet-stream");
}
