/** The program as it is installed: what `bin` in package.json names. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const PACKAGE = new URL("../../", import.meta.url);
const { bin } = JSON.parse(readFileSync(new URL("package.json", PACKAGE), "utf8"));

export const PROGRAM = fileURLToPath(new URL(bin.vmalint, PACKAGE));
