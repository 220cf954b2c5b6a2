/** C arithmetic on two small integers; null where the result depends on C's types. */
export function fold(op: string, a: number, b: number): number | null {
  switch (op) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0 ? null : Math.trunc(a / b);
    case "%":
      return b === 0 ? null : a % b;
    case "&":
      return a & b;
    case "|":
      return a | b;
    case "^":
      return a ^ b;
    case "<<":
      return b >= 0 && b < 31 ? a << b : null;
    case ">>":
      return b >= 0 && b < 31 ? a >> b : null;
    default:
      return null;
  }
}
