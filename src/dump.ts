/**
 * `vmalint --dump`: what the layers make of one function, for those who debug vmalint or ask
 * why a verdict is what it is.
 */
import { Analysis } from "./analyze/analysis.js";
import type { KernelProcedure } from "./analyze/kernel-procedure.js";
import { formatCfg } from "./cfg/format-cfg.js";
import { eventsOf } from "./dataflow/witness.js";
import { InputError } from "./findings/input-error.js";
import { objectName } from "./locks/naming.js";
import type { FunctionRun } from "./locks/obligation.js";
import { openProgram } from "./open-program.js";

export async function dump(
  kind: "cfg" | "effects" | "states",
  name: string,
  file: string,
  tree: string | null,
  cwd: string,
): Promise<string> {
  const { program, path } = openProgram(tree, file, cwd);
  const unit = program.unit(path);
  if (unit === null) throw new InputError(file, 0, "no such file in the tree");
  const procedure = program.procedure(unit, name);
  if (procedure === null)
    throw new InputError(file, 0, `no function ${name}() in it or its headers`);
  switch (kind) {
    case "cfg":
      return `${formatCfg(procedure.cfg, procedure.syntax.text)}\n`;
    case "effects":
      return formatEffects(procedure);
    case "states":
      return (
        new Analysis(program).run([procedure]).map(formatRun).join("") ||
        `${name}: nothing relevant\n`
      );
  }
}

function formatEffects(procedure: KernelProcedure): string {
  const lines: string[] = [];
  for (const [key, effects] of procedure.effects) {
    const [start, end] = key.split(":").map(Number) as [number, number];
    for (const { kind, operand, when } of effects) {
      const object = operand === null ? "its result" : procedure.text(operand);
      const condition = when === "zero" ? ", when it returns 0" : "";
      lines.push(`${procedure.place({ start, end }).line}: ${kind} ${object}${condition}`);
    }
  }
  return lines.length === 0 ? `${procedure.name}: no effects\n` : `${lines.join("\n")}\n`;
}

function formatRun(run: FunctionRun): string {
  const { procedure, terms } = run;
  const lines = [`${procedure.name}: ${run.states} states`];
  for (const obligation of run.obligations) {
    const events = eventsOf(obligation.unlocked);
    const object = objectName(terms, procedure, obligation, events);
    const chain = obligation.chain.map(
      (link) => `${link.procedure.name}:${link.procedure.place(link.site).line}`,
    );
    const how = [
      obligation.unlocked === null ? "" : "unlocked on some path",
      obligation.lockedAt === null ? "" : `locked at depth ${obligation.lockedAt}`,
      obligation.unknown ? "of unknown origin" : "",
    ].filter((text) => text !== "");
    lines.push(`  ${chain.join(" -> ")} ${obligation.member ?? ""} ${object}: ${how.join(", ")}`);
  }
  for (const { text } of run.assumptions) lines.push(`  assumed: ${text}`);
  for (const limit of run.limits) lines.push(`  limit: ${limit}`);
  return `${lines.join("\n")}\n`;
}
