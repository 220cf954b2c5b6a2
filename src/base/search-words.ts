/** Whole words in bytes, without decoding them: what `git grep -lwF` does. */

/** Prepared once per search, because it meets tens of thousands of files. */
export function wordSearch(names: readonly string[]): (bytes: Buffer) => boolean {
  const words = [...new Set(names)].filter((name) => name !== "").map((name) => Buffer.from(name));
  return (bytes) => words.some((word) => hasWord(bytes, word));
}

function hasWord(bytes: Buffer, word: Buffer): boolean {
  for (let at = bytes.indexOf(word); at !== -1; at = bytes.indexOf(word, at + 1)) {
    if (!isWordByte(bytes[at - 1]) && !isWordByte(bytes[at + word.length])) return true;
  }
  return false;
}

function isWordByte(byte: number | undefined): boolean {
  if (byte === undefined) return false;
  return (
    (byte >= 48 && byte <= 57) ||
    (byte >= 65 && byte <= 90) ||
    byte === 95 ||
    (byte >= 97 && byte <= 122)
  );
}
