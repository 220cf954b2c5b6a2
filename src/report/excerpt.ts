/**
 * Draws quoted source: line numbers, underlined marks with labels, lines that a patch removed.
 *
 *      1025 |   vma_start_write(vma);
 *           |   -------------------- locks vma, never next
 *         - |           vma_start_write(next);        <- removed by this patch
 *
 * Indentation that all lines share is taken off; a line that is too wide is cut to the part
 * around its mark. Knows nothing of findings.
 */
import type { Paint, Role } from "./paint.js";
import { quotedLine } from "./plain.js";
import { WIDTH } from "./wrap.js";

/** A part of a line, from 1 in UTF-16 units, with what is to be said about it. */
export interface Mark {
  readonly column: number;
  readonly length: number;
  readonly label: string;
  /** A primary mark is what the report is about: carets, and the colour of its severity. */
  readonly kind: "primary" | "secondary";
}

export interface ExcerptLine {
  /** Null for a line that is not there any more; its `note` stands at the right, else below. */
  readonly number: number | null;
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly note?: string;
}

/** Columns of indentation that are left when the shared part is taken off. */
const INDENT = 2;
/** Column at which notes start, when the line leaves room. */
const NOTE_COLUMN = 42;
const DOTS = "...";

/** The lines of a drawing; none when nothing was given. `role` colours the primary marks. */
export function drawExcerpt(lines: readonly ExcerptLine[], role: Role, paint: Paint): string[] {
  const quoted = lines.map((line) => ({ line, ...quotedLine(line.text) }));
  const shared = Math.min(...quoted.map(({ shown }) => indentation(shown)));
  const shift = Math.max(0, shared - INDENT);
  const digits = Math.max(4, ...lines.map((line) => String(line.number ?? "").length));
  const room = WIDTH - digits - 4;

  return quoted.flatMap(({ line, shown, columnOf }) => {
    const text = shown.slice(shift).trimEnd();
    const spans = line.marks.map((mark) => displaySpan(mark, columnOf, shift, text.length));
    const view = cutToFit(text, spans, room);
    const gutter = paint("frame", ` ${String(line.number ?? "-").padStart(digits)} |`);
    const blank = paint("frame", ` ${" ".repeat(digits)} |`);
    const [noted = "", ...below] = withNote(view.text, line.note ?? "", room);
    const rows = [`${gutter} ${noted}`, ...below.map((row) => `${blank} ${row}`)];
    line.marks.forEach((mark, index) => {
      const span = spans[index] as DisplaySpan;
      for (const row of underline(mark, moved(span, view, room), room)) {
        rows.push(`${blank} ${paint(mark.kind === "primary" ? role : "frame", row)}`);
      }
    });
    return rows;
  });
}

interface DisplaySpan {
  readonly start: number;
  readonly end: number;
}

function indentation(shown: string): number {
  return shown.trim() === "" ? Number.POSITIVE_INFINITY : shown.search(/[^ ]/);
}

function displaySpan(
  mark: Mark,
  columnOf: readonly number[],
  shift: number,
  width: number,
): DisplaySpan {
  const last = columnOf.length - 1;
  const from = columnOf[Math.min(mark.column - 1, last)] ?? 0;
  const to = columnOf[Math.min(mark.column - 1 + mark.length, last)] ?? from;
  const start = Math.max(0, from - shift);
  return { start, end: Math.max(start + 1, Math.min(to - shift, width)) };
}

/** What is left of a line: `from` is the first column kept, `lead` the dots put before it. */
interface View {
  readonly text: string;
  readonly from: number;
  readonly lead: number;
}

/** Keeps the first span in sight: from the line's start if that is enough, else in the middle. */
function cutToFit(text: string, spans: readonly DisplaySpan[], room: number): View {
  if (text.length <= room) return { text, from: 0, lead: 0 };
  const span = spans[0] ?? { start: 0, end: 0 };
  const keep = room - DOTS.length;
  if (span.end <= keep) return { text: text.slice(0, keep) + DOTS, from: 0, lead: 0 };
  const inner = keep - DOTS.length;
  const margin = Math.max(0, Math.floor((inner - (span.end - span.start)) / 2));
  const from = Math.min(Math.max(0, span.start - margin), Math.max(0, text.length - inner));
  const tail = from + inner < text.length ? DOTS : "";
  return { text: DOTS + text.slice(from, from + inner) + tail, from, lead: DOTS.length };
}

function moved(span: DisplaySpan, view: View, room: number): DisplaySpan {
  const start = Math.min(Math.max(0, span.start - view.from + view.lead), room - 1);
  const end = span.end - view.from + view.lead;
  return { start, end: Math.min(Math.max(start + 1, end), Math.max(view.text.length, start + 1)) };
}

/** One row, or two when the label does not fit beside the line. */
function underline(mark: Mark, span: DisplaySpan, room: number): string[] {
  const stroke = mark.kind === "primary" ? "^" : "-";
  const row = " ".repeat(span.start) + stroke.repeat(span.end - span.start);
  if (mark.label === "") return [row];
  if (row.length + 1 + mark.label.length <= room) return [`${row} ${mark.label}`];
  const indent = Math.max(0, Math.min(span.start, room - mark.label.length));
  return [row, " ".repeat(indent) + mark.label];
}

/** The note beside the text, or flush right on a row of its own. */
function withNote(text: string, note: string, room: number): string[] {
  if (note === "") return [text];
  const column = Math.max(NOTE_COLUMN, text.length + 2);
  if (column + note.length <= room) return [text.padEnd(column) + note];
  return [text, note.padStart(room)];
}
