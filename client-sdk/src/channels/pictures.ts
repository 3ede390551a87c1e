/** Where pictures are, as paths on the server: every one is kept in several widths. */

export type AvatarWidth = 64 | 128 | 256
export type EmoteWidth = 28 | 56 | 112

/** Another width of an avatar: `pictureAt(channel.avatarUrl, 64)`. */
export function pictureAt(url: string, width: AvatarWidth): string {
  return url.replace(/-\d+\.webp$/, `-${width}.webp`)
}

/** Where the picture of an emote is: by `id` of an `Emote`, or of a chat line's `emotes`. */
export function emoteUrl(id: string, width: EmoteWidth = 56): string {
  return `/v1/media/${id}-${width}.webp`
}
