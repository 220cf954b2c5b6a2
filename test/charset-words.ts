/** Words in charsets that Node.js reads and does not write, with their bytes. */

const WORDS: Readonly<Record<string, readonly (readonly [word: string, bytes: string])[]>> = {
  "utf-8": [
    ["Kästchen", ""],
    ["коробка", ""],
    ["箱子…", ""],
  ],
  "iso-8859-1": [
    ["Kästchen", "4be473746368656e"],
    ["Größe", "4772f6df65"],
    ["boîte", "626fee7465"],
  ],
  "iso-8859-15": [
    ["Kästchen", "4be473746368656e"],
    ["5€", "35a4"],
  ],
  "windows-1252": [
    ["Größe", "4772f6df65"],
    ["„so“", "84736f93"],
  ],
  "iso-8859-2": [
    ["šuplík", "b975706ced6b"],
    ["łódź", "b3f364bc"],
  ],
  "koi8-r": [
    ["коробка", "cbcfd2cfc2cbc1"],
    ["ёж", "a3d6"],
  ],
  "windows-1251": [
    ["коробка", "eaeef0eee1eae0"],
    ["полка", "efeeebeae0"],
  ],
  // The bytes of 模 are a letter in UTF-8, too.
  gb2312: [
    ["箱子", "cfe4d7d3"],
    ["模式", "c4a3cabd"],
    ["模", "c4a3"],
  ],
  gbk: [
    ["箱子", "cfe4d7d3"],
    ["鎖", "e669"],
    ["模", "c4a3"],
  ],
  gb18030: [
    ["盒子", "bad0d7d3"],
    ["模式", "c4a3cabd"],
  ],
  big5: [
    ["箱子", "bd63a46c"],
    ["記憶體", "b04fbed0c5e9"],
  ],
  "euc-jp": [
    ["ページ", "a5daa1bca5b8"],
    ["記憶", "b5adb2b1"],
  ],
  // The second byte of ソ is a backslash.
  shift_jis: [
    ["ソート", "835c815b8367"],
    ["記憶", "8b4c89af"],
  ],
  "iso-2022-jp": [
    ["ページ", "1b2442255a213c25381b2842"],
    ["記憶", "1b2442352d32311b2842"],
  ],
  "euc-kr": [
    ["상자", "bbf3c0da"],
    ["메모리", "b8deb8f0b8ae"],
  ],
  "utf-16": [
    ["Kästchen", ""],
    ["箱子", ""],
  ],
};

export const CHARSETS = Object.keys(WORDS);

export function wordsOf(charset: string): string[] {
  return (WORDS[charset] ?? []).map(([word]) => word);
}

/** `text`: ASCII and words of the charset. */
export function encode(text: string, charset: string): Buffer {
  if (charset === "utf-8") return Buffer.from(text);
  if (charset === "utf-16") return Buffer.from(`\uFEFF${text}`, "utf16le");
  let latin = text;
  for (const [word, bytes] of WORDS[charset] ?? [])
    latin = latin.replaceAll(word, Buffer.from(bytes, "hex").toString("latin1"));
  return Buffer.from(latin, "latin1");
}
