/** Colour, only when asked for. Lay text out first and paint it last: paint has no width. */
import util from "node:util";
import type { Severity } from "../findings/finding.js";

export type Role = Severity | "strong" | "frame" | "good";
export type Paint = (role: Role, text: string) => string;

const STYLES: Record<Role, Parameters<typeof util.styleText>[0]> = {
  error: ["bold", "red"],
  warning: ["bold", "yellow"],
  check: ["bold", "cyan"],
  strong: "bold",
  frame: "blue",
  good: "green",
};

const painted: Paint = (role, text) =>
  // Whether the stream takes colour was settled by the caller.
  text === "" ? "" : util.styleText(STYLES[role], text, { validateStream: false });

const unpainted: Paint = (_role, text) => text;

/** Node before 20.12 has no styleText: no colour there. */
export function painter(options: { readonly colour: boolean }): Paint {
  return options.colour && typeof util.styleText === "function" ? painted : unpainted;
}
