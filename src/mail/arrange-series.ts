/**
 * The mails of a mailbox to the patches one would apply: replies and duplicates dropped, of each
 * series the newest version, in its order, missing members named. Mails belong to one series
 * when they are one thread, or have the same version and length and different places, or share
 * a title with an older version.
 */
import type { Mail } from "./read-mail.js";
import type { PatchText } from "./patch-text.js";

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

/** Patches of one series, all its versions, in the order in which the series first appear. */
function groups(patches: readonly Candidate[], mails: readonly Mail[]): Candidate[][] {
  const threads = threadNames(mails);
  const found: { members: Candidate[]; thread: Set<string>; titles: Set<string> }[] = [];
  for (const one of patches) {
    const thread = one.mail.messageId === null ? null : (threads.get(one.mail.messageId) ?? null);
    const group = found.find(
      ({ members, thread: known, titles }) =>
        (thread !== null && known.has(thread) && one.patch.total > 1) ||
        titles.has(one.patch.subject) ||
        (members.some((member) => areNeighbours(member, one)) &&
          !members.some((member) => areRivals(member, one))),
    );
    const target = group ?? { members: [], thread: new Set<string>(), titles: new Set<string>() };
    if (group === undefined) found.push(target);
    target.members.push(one);
    target.titles.add(one.patch.subject);
    if (thread !== null) target.thread.add(thread);
  }
  return found.map(({ members }) => members);
}

function areNeighbours(left: Candidate, right: Candidate): boolean {
  const { total, version } = left.patch;
  return (
    total > 1 &&
    total === right.patch.total &&
    version === right.patch.version
  );
}

function areRivals(left: Candidate, right: Candidate): boolean {
  return (
    areNeighbours(left, right) &&
    left.patch.index === right.patch.index &&
    left.patch.subject !== right.patch.subject
  );
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
  const patches = members.map((one) => one.patch);
  const versions = [...new Set(patches.map((patch) => patch.version))].sort(
    (left, right) => right - left,
  );
  const newest = versions[0] as number;
  const total = patches.find((patch) => patch.version === newest)?.total ?? 1;
  if (total === 1)
    return singles(
      patches.filter((patch) => patch.version === newest),
      versions,
    );
  const notes = versionNotes(versions);
  const taken = new Map<number, PatchText>();
  for (const version of versions) {
    for (const patch of patches) {
      if (patch.version !== version || patch.total !== total || taken.has(patch.index)) continue;
      if (version !== newest) notes.push(`${patch.index}/${total} taken from v${version}`);
      taken.set(patch.index, patch);
    }
  }
  const missing = Array.from({ length: Math.min(total, 1000) }, (_, index) => index + 1).filter(
    (index) => !taken.has(index),
  );
  if (missing.length > 0)
    notes.push(
      `missing from the series: ${missing.map((index) => `${index}/${total}`).join(", ")}`,
    );
  const ordered = [...taken.values()].sort((left, right) => left.index - right.index);
  return withNotes(ordered, notes);
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
