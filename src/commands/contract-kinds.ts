/** Effects whose conditions belong into a contract. */
import type { EffectKind } from "../protocol/effect.js";

export const CONTRACT_KINDS: readonly EffectKind[] = [
  "acquire",
  "require",
  "commit",
  "write",
  "insert",
  "detach",
];
