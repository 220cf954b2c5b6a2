/** Quoted hunks that lost their white space, laid over their base again: what may have happened to them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyFile } from "../src/patch/apply-file.js";
import { parseLoosePatch } from "../src/patch/parse-loose-patch.js";
import { recoverFile } from "../src/patch/recover-file.js";

const BASE = `int f(struct shelf *shelf)
{
	int box = first_box(shelf) + second_box(shelf) + third_box(shelf) +
		  fourth_box(shelf);

	if (box < 0)
		return -ENOENT;

	switch (box) {
	case 0:
		empty(shelf);		/* why not */
		break;
	default:
		fill(shelf);
	}

	while (box
	       - 1) {
		box--;
	}
	return call_with_many(shelf, box,
			      box + 1);
}
`;

/** The lines that the recovered patch adds, or the complaint; `result` may name the right text. */
function recovered(hunk: string, result?: string): string[] {
  const lines = `--- a/x.c\n+++ b/x.c\n${hunk}`.split("\n");
  const [loose] = parseLoosePatch({
    source: "x",
    lines,
    lineNumbers: lines.map((_, index) => index + 1),
  }).files;
  assert.ok(loose);
  const recognise =
    result === undefined
      ? null
      : (kept: readonly string[]) => (added: readonly string[]) =>
          kept
            .map((part, index) => part + (index < added.length ? `${added[index]}\n` : ""))
            .join("") === result;
  const { file, notes } = recoverFile(BASE, loose, { recognise, fuzz: 1, lenient: true });
  const { after, errors } = applyFile(BASE, file);
  const [error] = errors;
  if (error !== undefined) return [error.message];
  if (result !== undefined) assert.equal(after, result);
  return [
    ...file.hunks.flatMap((one) =>
      one.lines.filter((line) => line.kind !== " ").map((line) => line.kind + line.text),
    ),
    ...notes,
  ];
}

const cases: readonly (readonly [name: string, hunk: string, expected: readonly string[]])[] = [
  [
    "a statement below another",
    "@@ -6,3 +6,4 @@\nif (box < 0)\nreturn -ENOENT;\n+ look(shelf);\n\n",
    ["+\tlook(shelf);"],
  ],
  [
    "the body of a head without braces",
    "@@ -18,2 +18,4 @@\n- 1) {\n+ if (shelf)\n+ drop(shelf);\nbox--;\n",
    ["+\t\tif (shelf)", "+\t\t\tdrop(shelf);"],
  ],
  [
    "a case and its body",
    "@@ -12,2 +12,5 @@\nbreak;\n+ case 1:\n+ swap(shelf);\n+ break;\ndefault:\n",
    ["+\tcase 1:", "+\t\tswap(shelf);", "+\t\tbreak;"],
  ],
  [
    "an argument below its parenthesis",
    "@@ -21,3 +21,4 @@\nreturn call_with_many(shelf, box,\n+ box,\nbox + 1);\n}\n",
    ["+\t\t\t      box,"],
  ],
  [
    "a label and a preprocessor line",
    "@@ -20,2 +20,5 @@\n}\n+#ifdef CONFIG_SHELF\n+out:\n+#endif\nreturn call_with_many(shelf, box,\n",
    ["+#ifdef CONFIG_SHELF", "+out:", "+#endif"],
  ],
  [
    "a closing brace",
    "@@ -6,3 +6,4 @@\n-if (box < 0)\n+if (box < 0) {\nreturn -ENOENT;\n+ }\n\n",
    ["-\tif (box < 0)", "+\tif (box < 0) {", "+\t}"],
  ],
  [
    "a line that begins with a minus stays",
    "@@ -17,4 +17,4 @@\nwhile (box\n- 1) {\n- box--;\n+ box -= 1;\n}\n",
    ["-\t\tbox--;", "+\t\tbox -= 1;"],
  ],
  [
    "a line that the mailer broke",
    "@@ -2,4 +2,5 @@\n{\nint box = first_box(shelf) + second_box(shelf) + third_box(shelf)\n+\nfourth_box(shelf);\n+ int more;\n\n",
    ["+\tint more;", "hunk 1 of x.c: matched loosely, blank or broken lines differ"],
  ],
  [
    "a header that the mailer broke",
    "@@ -6,3 +6,4 @@ int f(struct shelf\n*shelf)\nif (box < 0)\nreturn -ENOENT;\n+ look(shelf);\n\n",
    ["+\tlook(shelf);", "hunk 1 of x.c: matched loosely, blank or broken lines differ"],
  ],
  [
    "blank lines lost and won",
    "@@ -4,4 +4,5 @@\nfourth_box(shelf);\n\n\nif (box < 0)\n\n+ look(shelf);\nreturn -ENOENT;\n",
    ["+\t\tlook(shelf);", "hunk 1 of x.c: matched loosely, blank or broken lines differ"],
  ],
  [
    "context cut off at the end",
    "@@ -9,5 +9,6 @@\nswitch (box) {\n+ look(shelf);\ncase 0:\nempty(shelf); /* why not */\n",
    [
      "+\t\tlook(shelf);",
      "hunk 1 of x.c: the quote ends before the hunk does, the rest is taken as unchanged",
    ],
  ],
  [
    "lines numbered for another version",
    "@@ -16,3 +16,4 @@\nif (box < 0)\nreturn -ENOENT;\n+ look(shelf);\n\n",
    ["+\tlook(shelf);", "hunk 1 of x.c: found at line 6, -10 off"],
  ],
  [
    "another file",
    "@@ -6,4 +6,5 @@\nif (box < 0)\nreturn -EINVAL;\n+ look(shelf);\n\nswitch (box) {\n",
    ['hunk 1 of x.c, quoted, does not fit: "return -EINVAL;" is not in the file near line 6'],
  ],
  [
    "added lines cut off",
    "@@ -6,3 +6,6 @@\nif (box < 0)\nreturn -ENOENT;\n+ look(shelf);\n",
    ["hunk 1 of x.c, quoted, does not fit: lines of it are missing in the quote"],
  ],
];

for (const [name, hunk, expected] of cases) {
  test(`recovered: ${name}`, () => assert.deepEqual(recovered(hunk), expected));
}

test("the result decides between guesses", () => {
  const odd = BASE.replace("\tint box =", "\t    int odd;\n\tint box =");
  assert.deepEqual(
    recovered(
      "@@ -2,2 +2,3 @@\n{\n+ int odd;\nint box = first_box(shelf) + second_box(shelf) + third_box(shelf) +\n",
    ),
    ["+\tint odd;"],
  );
  assert.notEqual(odd, BASE);
  const deeper = BASE.replace("\t\tbreak;\n", "\t\tbreak;\n\t\tlook(shelf);\t\t/* there */\n");
  assert.deepEqual(
    recovered(
      "@@ -11,3 +11,4 @@\nempty(shelf); /* why not */\nbreak;\n+ look(shelf); /* there */\ndefault:\n",
      deeper,
    ),
    ["+\t\tlook(shelf);\t\t/* there */"],
  );
});
