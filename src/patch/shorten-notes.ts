/** A patch that is off everywhere need not say so for each hunk. */
export function shortenNotes(notes: readonly string[], name: string): string[] {
  const more = notes.length - MOST;
  if (more <= 1) return [...notes];
  return [...notes.slice(0, MOST), `and ${more} more such remarks on ${name}`];
}

const MOST = 10;
