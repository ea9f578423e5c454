/** The part of logic-solver 2.0.1 (MIT) that the tests use; it ships no types. */
declare module 'logic-solver' {
  /** A formula is opaque; a term is the name of a variable. */
  type Formula = object | string

  interface Solver {
    require(...formulas: readonly Formula[]): void
    solveAssuming(formula: Formula): object | null
  }

  const Logic: {
    readonly Solver: new () => Solver
    readonly TRUE: Formula
    readonly FALSE: Formula
    and(...formulas: readonly (Formula | readonly Formula[])[]): Formula
    or(...formulas: readonly (Formula | readonly Formula[])[]): Formula
    not(formula: Formula): Formula
    exactlyOne(...formulas: readonly (Formula | readonly Formula[])[]): Formula
  }
  export = Logic
}
