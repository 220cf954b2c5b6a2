/**
 * The patch that `git mailinfo` takes out of a mail and the one that vmalint takes out are the one
 * that was put in, on mails made to order. Where git loses it, the mail has something odd that is
 * named here. `VMALINT_MAILS` says how many mails; a few by default.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { readMailbox } from "../src/mail/read-patches.js";
import { parsePatch } from "../src/patch/parse-patch.js";
import { encode } from "./charset-words.js";
import { type MadeMail, madeMails } from "./made-mails.js";

const hasGit = spawnSync("git", ["--version"]).status === 0;
const skip = hasGit ? false : "git is not installed";
const COUNT = Number(process.env.VMALINT_MAILS ?? 80);

/** What is odd about a mail, and why git loses the diff where vmalint does not. */
const LENIENCIES: Readonly<Record<string, string>> = {
  "an HTML twin":
    "git appends the text of every part; vmalint reads HTML where nothing else holds a patch",
  "multiparts in each other":
    "git misses a first boundary that follows its header at once, and leaves the parts encoded",
  "forwarded and encoded": "git takes a mail in a mail for text",
  "=? in a boundary": "git takes the boundary for an encoded word",
  "carriage returns in base64": "git keeps them and warns (--quoted-cr)",
  "base64 lines of odd length": "git decodes each line for itself",
  "two encodings named": "git believes the last, vmalint one that encodes",
  "called base64": "git decodes a diff that stands there in plain sight",
  "called flowed": "git joins lines that end in a blank",
  "a charset that nobody knows": "git gives up",
  "UTF-8 by another name": "git gives up, or recodes the message",
  "Latin-1 by another name": "git gives up",
  "UTF-16": "git looks for the ends of lines before it decodes",
};

/** Paths, hunks and lines, for comparison; null for what is no patch. */
function meaning(text: string): string | null {
  // Git joins the parts of a mail; a signature is no line of a hunk.
  const lines = text.replace(/\n-----BEGIN PGP.*/s, "\n").split("\n");
  if (lines[lines.length - 1] === "") lines.pop();
  try {
    const { files } = parsePatch({ source: "x", lines, lineNumbers: lines.map((_, at) => at + 1) });
    return JSON.stringify(
      files.map(({ oldPath, newPath, hunks }) => [
        oldPath,
        newPath,
        hunks.map((hunk) => [
          hunk.oldStart,
          hunk.newStart,
          hunk.header,
          hunk.lines.map((line) => line.kind + line.text),
        ]),
      ]),
    );
  } catch {
    return null;
  }
}

async function ours({ bytes }: MadeMail): Promise<string | null> {
  const { patches, errors } = await readMailbox([{ name: "x", bytes }]);
  const [patch, ...others] = patches;
  if (patch === undefined || others.length + errors.length > 0) return null;
  return `${patch.subject} ${meaning(patch.lines.join("\n"))}`;
}

function firstDifference(actual: string, expected: string): string {
  const at = [...expected].findIndex((char, index) => char !== actual[index]);
  return `${actual.slice(at, at + 80)} instead of ${expected.slice(at, at + 80)}`;
}

function run(folder: string, args: readonly string[], input: Buffer | string = ""): void {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" };
  spawnSync("git", args, { cwd: folder, input, env });
}

/** As `git am` reads it. */
function theirs(folder: string, mails: readonly MadeMail[]): (string | null)[] {
  for (const [at, { bytes }] of mails.entries()) writeFileSync(join(folder, `m${at}`), bytes);
  for (let at = 0; at < mails.length; at += 500) {
    const names = mails.slice(at, at + 500).map((_, index) => `m${at + index}`);
    run(folder, ["mailsplit", "-d6", `-f${at}`, "-b", "-o.", "--", ...names]);
  }
  return mails.map((_, at) => {
    writeFileSync(join(folder, "patch"), "");
    run(
      folder,
      ["mailinfo", "message", "patch"],
      readFileSync(join(folder, `${at + 1}`.padStart(6, "0"))),
    );
    return meaning(readFileSync(join(folder, "patch"), "latin1"));
  });
}

test("a patch comes out of a mail as it was put in, with git and with vmalint", {
  skip,
}, async (context) => {
  const mails = fc.sample(madeMails, { numRuns: COUNT, seed: 9 });
  const folder = mkdtempSync(join(tmpdir(), "vmalint-mails-"));
  const lost = new Map<string, number>();
  try {
    const read = theirs(folder, mails);
    for (const [at, mail] of mails.entries()) {
      const odd = [...mail.traits].join(", ");
      const own = await ours(mail);
      const truth = `${mail.subject} ${meaning(mail.diff)}`;
      assert.ok(own === truth, `mail ${at} (${odd}): ${firstDifference(own ?? "nothing", truth)}`);
      // Git leaves the bytes of a diff as they are; vmalint reads them as the mail says.
      const charset = mail.charset === "utf-16" ? "utf-8" : mail.charset;
      const bytes = encode(mail.diff, charset).toString("latin1");
      if (read[at] === meaning(bytes)) continue;
      const reason = Object.keys(LENIENCIES).find((trait) => mail.traits.has(trait));
      assert.ok(
        reason,
        `git, mail ${at} (${odd}): ${firstDifference(read[at] ?? "nothing", meaning(bytes) ?? "")}`,
      );
      lost.set(reason, (lost.get(reason) ?? 0) + 1);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  const differ = [...lost.values()].reduce((sum, count) => sum + count, 0);
  context.diagnostic(`${COUNT} mails: git agrees on ${COUNT - differ}`);
  for (const [reason, count] of lost)
    context.diagnostic(`${count} differ, ${reason}: ${LENIENCIES[reason]}`);
  assert.ok(differ < COUNT / 2, `${differ} of ${COUNT} differ`);
});
