/**
 * The mails of a mailbox to the patches one would apply: replies and duplicates dropped, of each
 * series the newest version, in its order, missing members named. Mails belong to one series
 * when they are one thread, or have the same version and length and different places, or share
 * a title with an older version.
 */

import type { PatchText } from "./patch-text.js";
import type { Mail } from "./read-mail.js";

export function arrangeSeries(mails: readonly Mail[]): PatchText[] {
  const patches = choosePatches(withoutDuplicates(mails));
  if (mails.length < 2) return patches.map((one) => one.patch);
  return groups(patches, mails).flatMap(newestVersion);
}

interface Candidate {
  readonly mail: Mail;
  readonly patch: PatchText;
}

function withoutDuplicates(mails: readonly Mail[]): Mail[] {
  const seen = new Set<string>();
  return mails.filter((mail) => {
    if (mail.messageId === null) return true;
    if (seen.has(mail.messageId)) return false;
    seen.add(mail.messageId);
    return true;
  });
}

/** Patches sent as such; without any, those that a reply brings; without any, quoted ones. */
function choosePatches(mails: readonly Mail[]): Candidate[] {
  const all = mails.flatMap((mail) => mail.patches.map((patch) => ({ mail, patch })));
  const sent = all.filter(({ mail, patch }) => !mail.subject.isReply && !patch.quoted);
  if (sent.length > 0) return sent;
  const own = all.filter(({ patch }) => !patch.quoted);
  return own.length > 0 ? own : longestQuotes(all);
}

/** Several replies quote one patch: the one that quotes most of it. */
function longestQuotes(all: readonly Candidate[]): Candidate[] {
  const best = new Map<string, Candidate>();
  for (const one of all) {
    const { subject, version, index } = one.patch;
    const key = `${subject}\n${version}\n${index}`;
    const known = best.get(key);
    if (known === undefined || one.patch.lines.length > known.patch.lines.length)
      best.set(key, one);
  }
  return [...best.values()];
}

/** A series, all its versions. `titles` by version, length and place, to tell two series apart. */
interface Series {
  readonly members: Candidate[];
  readonly titles: Map<string, string>;
}

/** In the order in which the series first appear. */
function groups(patches: readonly Candidate[], mails: readonly Mail[]): Candidate[][] {
  const threads = threadNames(mails);
  const found: Series[] = [];
  const byKey = new Map<string, Series>();
  for (const one of patches) {
    const keys = keysOf(one, threads);
    const known =
      byKey.get(keys.thread) ?? byKey.get(keys.title) ?? fitting(byKey.get(keys.length), one);
    const series: Series = known ?? { members: [], titles: new Map() };
    if (known === undefined) found.push(series);
    series.members.push(one);
    series.titles.set(placeOf(one), one.patch.subject);
    for (const key of Object.values(keys)) if (key !== "") byKey.set(key, series);
  }
  return found.map(({ members }) => members);
}

/** What members of one series have in common; empty where it says nothing. */
function keysOf({ mail, patch }: Candidate, threads: ReadonlyMap<string, string>) {
  const numbered = patch.total > 1;
  const thread = threads.get(mail.messageId ?? "");
  return {
    thread: numbered && thread !== undefined ? `thread ${thread}` : "",
    title: `${numbered ? "numbered" : "single"} ${patch.subject}`,
    length: numbered ? `length ${patch.version} ${patch.total}` : "",
  };
}

/** The series, unless it has another patch in this place already. */
function fitting(series: Series | undefined, one: Candidate): Series | undefined {
  return series?.titles.has(placeOf(one)) ? undefined : series;
}

function placeOf({ patch }: Candidate): string {
  return `${patch.version} ${patch.total} ${patch.index}`;
}

/** For each mail the id of the first known mail of its thread. */
function threadNames(mails: readonly Mail[]): Map<string, string> {
  const names = new Map<string, string>();
  const find = (id: string): string => {
    let root = id;
    for (let up = names.get(root); up !== undefined && up !== root; up = names.get(root)) root = up;
    names.set(id, root);
    return root;
  };
  for (const mail of mails) {
    if (mail.messageId === null) continue;
    for (const parent of mail.parents) names.set(find(mail.messageId), find(parent));
    find(mail.messageId);
  }
  return new Map([...names.keys()].map((id) => [id, find(id)]));
}

/** The newest version in order; what it lacks is filled from the older ones where they fit. */
function newestVersion(members: readonly Candidate[]): PatchText[] {
  const versions = [...new Set(members.map(({ patch }) => patch.version))].sort(
    (left, right) => right - left,
  );
  const newest = versions[0] as number;
  const total = members.find(({ patch }) => patch.version === newest)?.patch.total ?? 1;
  if (total === 1)
    return singles(
      members.flatMap(({ patch }) => (patch.version === newest ? [patch] : [])),
      versions,
    );
  const notes = versionNotes(versions);
  const taken = new Map<number, Candidate[]>();
  for (const version of versions) {
    for (const one of members) {
      const { patch } = one;
      if (patch.version !== version || patch.total !== total) continue;
      const known = taken.get(patch.index);
      // A mail may bring several patches, as attachments.
      if (known === undefined) taken.set(patch.index, [one]);
      else if (known[0]?.mail === one.mail) known.push(one);
      if (known === undefined && version !== newest)
        notes.push(`${patch.index}/${total} taken from v${version}`);
    }
  }
  const missing = Array.from({ length: total }, (_, index) => index + 1).filter(
    (index) => !taken.has(index),
  );
  if (missing.length > 0) notes.push(`missing from the series: ${places(missing, total)}`);
  const ordered = [...taken.entries()].sort(([left], [right]) => left - right);
  return withNotes(
    ordered.flatMap(([, ones]) => ones.map((one) => one.patch)),
    notes,
  );
}

function places(indices: readonly number[], total: number): string {
  const named = indices.slice(0, 10).map((index) => `${index}/${total}`);
  return named.join(", ") + (indices.length > 10 ? ` and ${indices.length - 10} more` : "");
}

/** Patches outside a series that share a title: all of them, unless they are the same. */
function singles(patches: readonly PatchText[], versions: readonly number[]): PatchText[] {
  const seen = new Set<string>();
  const different = patches.filter((patch) => {
    const diff = patch.lines.filter((line) => /^[-+@]/.test(line)).join("\n");
    return !seen.has(diff) && seen.add(diff);
  });
  return withNotes(different, versionNotes(versions));
}

function versionNotes(versions: readonly number[]): string[] {
  const [newest, ...older] = versions.map((version) => `v${version}`);
  return older.length === 0 ? [] : [`${newest} taken, ${older.join(" and ")} left out`];
}

/** The notes go to the first patch. */
function withNotes(patches: readonly PatchText[], notes: readonly string[]): PatchText[] {
  return patches.map((patch, index) =>
    index === 0 && notes.length > 0 ? { ...patch, notes: [...patch.notes, ...notes] } : patch,
  );
}
