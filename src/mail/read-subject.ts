/** `[RFC PATCH v2 mm 3/7] mm: do things` taken apart. */

export interface Subject {
  /** Without the brackets and `Re:` in front. */
  readonly title: string;
  readonly index: number;
  readonly total: number;
  readonly version: number;
  /** `Re:`, `Fwd:` or the like stood in front. */
  readonly isReply: boolean;
  /** A bracket says PATCH. */
  readonly isPatch: boolean;
}

/** More of a subject is not read. */
const LONGEST = 10_000;

const REPLY = /^(?:re|aw|sv|fwd?|antw)(?:\[\d+\])?:\s*/i;
const BRACKET = /^\[([^\]]*)\]\s*/;

export function readSubject(text: string): Subject {
  let title = text.slice(0, LONGEST).replace(/\s+/g, " ").trim();
  const isReply = REPLY.test(title);
  let tags = "";
  for (;;) {
    const match = REPLY.exec(title) ?? BRACKET.exec(title);
    if (match === null) break;
    if (match[1] !== undefined) tags += ` ${match[1]}`;
    title = title.slice(match[0].length);
  }
  const place = /(?:^|\s)(\d{1,4})\/(\d{1,4})(?=\s|$)/.exec(tags);
  const version = /(?:^|\s|PATCH)v(\d{1,3})(?=[\s,.]|$)/i.exec(tags);
  return {
    title,
    index: place === null ? 1 : Number(place[1]),
    total: place === null ? 1 : Number(place[2]),
    version: version === null ? 1 : Number(version[1]),
    isReply,
    isPatch: /\bPATCH/i.test(tags),
  };
}
