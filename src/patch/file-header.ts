/** What the lines above a file's first hunk say. */
import type { FileKind } from "./patch.js";

export interface FileHeader {
  readonly kind: FileKind;
  readonly style: "git" | "plain" | "combined";
  /** Names as written, prefix included; null for /dev/null. */
  readonly oldName: string | null;
  readonly newName: string | null;
  /** The names come from `rename from` and the like, which have no prefix. */
  readonly unprefixed: boolean;
  readonly oldId: string | null;
  readonly newId: string | null;
  /** Hunks must follow: `---` and `+++` were there, or ids of two different texts. */
  readonly announcesHunks: boolean;
  /** Index of the first line after the header. */
  readonly end: number;
}

export const EMPTY_HEADER: FileHeader = {
  kind: "modify",
  style: "plain",
  oldName: null,
  newName: null,
  unprefixed: false,
  oldId: null,
  newId: null,
  announcesHunks: false,
  end: 0,
};

/** Lines with names are never longer: two paths. */
export const MAX_NAMES = 16_384;

export const BINARY_REMARK = /^Binary files (.+) and (.+) differ\r?$/;
