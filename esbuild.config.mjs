// `npm run bundle`: the program as one file, because loading nearly 200 modules takes longer than
// checking a patch. CommonJS, which Node.js 20 loads faster than ES modules. Names are kept, so
// that stacks can be read; tree-sitter stays outside, it looks for its binaries beside itself, and
// postal-mime, which only some mails need.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { build } from "esbuild";

const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  minifySyntax: true,
  minifyWhitespace: true,
  logLevel: "warning",
};

// V8 tells a cache of other code by its length alone.
rmSync("dist/bundle/vmalint.cache", { force: true });

await Promise.all([
  build({ ...common, entryPoints: ["src/launch.ts"], outfile: "dist/bundle/cli.cjs" }),
  build({
    ...common,
    entryPoints: ["src/cli.ts"],
    outfile: "dist/bundle/vmalint.cjs",
    format: "cjs",
    external: ["tree-sitter", "tree-sitter-c", "postal-mime"],
    // A script cannot import; what is loaded late is required.
    supported: { "dynamic-import": false },
    define: { "import.meta.url": "bundleUrl" },
    banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
  }),
  // A thread of its own; found by name, beside what starts it.
  build({
    ...common,
    entryPoints: ["src/base/blob-worker.ts"],
    outfile: "dist/bundle/blob-worker.js",
    format: "esm",
  }),
]);

// The code cache: what V8 compiled while a patch with a finding was checked. It is for this machine
// and its Node.js, and not packed.
const { status, stderr } = spawnSync(
  process.execPath,
  [
    "dist/bundle/cli.cjs",
    "--tree",
    "samples/linux",
    "samples/patches/narrower-condition.patch",
  ],
  { env: { ...process.env, VMALINT_MAKE_CODE_CACHE: "1" }, encoding: "utf8" },
);
if (status !== 1 || stderr !== "") throw new Error(`the bundle ended with ${status}: ${stderr}`);
