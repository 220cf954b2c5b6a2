/** What happens to an object on a path, noted among the path's steps. */
import type { Frame } from "../dataflow/frame.js";
import type { State } from "../dataflow/state.js";
import type { TermId } from "../dataflow/term-kinds.js";
import { type Event, extend } from "../dataflow/witness.js";
import type { Span } from "../text/source-file.js";

export function note(
  state: State,
  { procedure, depth }: Frame,
  span: Span,
  kind: Event["kind"],
  term: TermId,
  more: Partial<Pick<Event, "holds" | "name">> = {},
): void {
  const event: Event = { kind, procedure, depth, span, holds: true, term, name: "", ...more };
  state.witness = extend(state.witness, event);
}
